"""Choosing a place in a form: «organization:17», «district:3», «municipality:1»."""

from __future__ import annotations

from django.db.models.functions import Collate
from django.utils.translation import gettext as _

from common.ordering import NATURAL
from orgs.enums import OrganizationStatus
from orgs.models import District, Municipality, Organization
from orgs.scope import Scope
from orgs.users.rules import ADMINISTRATORS, Place

MODELS = {"organization": Organization, "district": District, "municipality": Municipality}


def place_choices(scope: Scope) -> list:
    """The places that the scope administers, grouped; closed organizations are left out."""
    municipalities = Municipality.objects.visible_to(scope).filter(
        pk__in=scope.overseen_municipality_ids(ADMINISTRATORS)
    )
    districts = District.objects.visible_to(scope).filter(pk__in=scope.district_ids(ADMINISTRATORS))
    organizations = Organization.objects.visible_to(scope).filter(
        pk__in=scope.organization_ids(ADMINISTRATORS), status=OrganizationStatus.ACTIVE
    )
    groups = [
        (_("Municipality"), "municipality", municipalities.values_list("pk", "name")),
        (_("Districts"), "district", districts.values_list("pk", "name")),
        (
            _("Organizations"),
            "organization",
            organizations.order_by(Collate("short_name", NATURAL)).values_list("pk", "short_name"),
        ),
    ]
    return [
        ("", _("Choose a place")),
        *((title, [(f"{kind}:{pk}", name) for pk, name in rows]) for title, kind, rows in groups if rows),
    ]


def place_of(code: str, scope: Scope) -> Place | None:
    """The place of a code, if the scope administers it."""
    kind, _colon, key = code.partition(":")
    model = MODELS.get(kind)
    if model is None or not key.isdecimal() or len(key) > 18:
        return None
    keys = {
        "organization": lambda: scope.organization_ids(ADMINISTRATORS),
        "district": lambda: scope.district_ids(ADMINISTRATORS),
        "municipality": lambda: scope.overseen_municipality_ids(ADMINISTRATORS),
    }[kind]()
    return model.objects.visible_to(scope).filter(pk__in=keys, pk=int(key)).first()


def place_code(place: Place) -> str:
    """The code of a place, as its choice has it."""
    return f"{type(place)._meta.model_name}:{place.pk}"


def as_argument(place: Place) -> dict:
    """The place as the keyword that the services of roles take."""
    return {type(place)._meta.model_name: place}
