"""The place of a run as one choice of a form: a school, or a whole municipality."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orgs.models import District, Municipality, Organization
from orgs.scope import Scope

SCHOOL, PART, WHOLE = "school", "district", "municipality"


class PlaceField(forms.ChoiceField):
    """Gives an ``Organization`` or a ``Municipality``; nothing outside the scope can be chosen.

    ``school_roles`` are the roles that open a school, ``municipal_roles`` those that open a whole
    municipality.
    """

    default_error_messages = {
        "invalid_choice": _("Choose an organization that you work for."),
        "required": _("Choose the organization."),
    }

    def narrow(
        self,
        scope: Scope,
        *,
        school_roles: Iterable[str],
        municipal_roles: Iterable[str],
        district_roles: Iterable[str] = (),
    ) -> None:
        """Fills the choices for the scope; a single one is chosen and the field hidden.

        With ``district_roles`` districts can be chosen too, by those who hold them or their municipality.
        """
        whole = Municipality.objects.visible_to(scope).filter(
            pk__in=scope.overseen_municipality_ids(municipal_roles)
        )
        parts = District.objects.visible_to(scope).filter(
            Q(pk__in=scope.overseen_district_ids(district_roles))
            | Q(municipality__in=scope.overseen_municipality_ids(district_roles))
        )
        schools = Organization.objects.visible_to(scope).filter(pk__in=scope.organization_ids(school_roles))
        self.places = {f"{WHOLE}:{place.pk}": place for place in whole}
        if district_roles:
            self.places |= {f"{PART}:{place.pk}": place for place in parts.select_related("municipality")}
        self.places |= {
            f"{SCHOOL}:{place.pk}": place for place in schools.select_related("municipality", "district")
        }
        self.choices = [
            (
                code,
                _("The whole municipality: %(name)s") % {"name": place}
                if code.startswith(WHOLE)
                else str(place),
            )
            for code, place in self.places.items()
        ]
        if len(self.choices) == 1:
            self.initial = self.choices[0][0]
            self.widget = forms.HiddenInput()

    def clean(self, value):
        chosen = self.places.get(super().clean(value))
        if chosen is None and value:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return chosen


def split_place(place) -> dict:
    """The place as the keyword arguments of the services."""
    if isinstance(place, District):
        return {"organization": None, "district": place, "municipality": place.municipality}
    if isinstance(place, Organization):
        return {"organization": place, "municipality": place.municipality}
    return {"organization": None, "municipality": place}
