"""What part of the own places, and which school year, a page shows: read from the address alone.

Nothing is remembered between requests, so two tabs may show two schools. A part that names a place the user
does not hold, or a year that cannot be, counts as not given.
"""

from __future__ import annotations

from django.http import HttpRequest

from common.dates import SchoolYear, today
from orgs.enums import OVERSIGHT_ROLES, Role
from orgs.models import Membership, Organization
from orgs.scope import Scope

FIRST_SCHOOL_YEAR = 2015
# The first of these that a person holds leads: its sections stand above the pages.
LEADING = (
    Role.CURATOR,
    Role.METHODOLOGIST,
    Role.ANALYST,
    Role.HEAD,
    Role.ADMINISTRATOR,
    Role.MENTOR,
    Role.MENTEE,
)
PLACE_PARTS = {"organization": "org", "district": "district", "municipality": "mun"}


def leading_membership(memberships: list[Membership]) -> Membership | None:
    """The membership whose role decides the sections; None for a user without roles."""
    return min(memberships, key=lambda membership: LEADING.index(membership.role), default=None)


def place_state(membership: Membership, memberships: list[Membership]) -> dict[str, str]:
    """The parts of an address that choose this membership among all of the user's."""
    kind = next(kind for kind in PLACE_PARTS if getattr(membership, f"{kind}_id"))
    key = getattr(membership, f"{kind}_id")
    state = {PLACE_PARTS[kind]: str(key)}
    if sum(getattr(other, f"{kind}_id") == key for other in memberships) > 1:
        state["role"] = membership.role
    return state


def read_view_state(request: HttpRequest) -> None:
    """Puts ``scope``, ``membership``, ``school_year``, ``place`` and ``address_state`` on the request.

    ``scope`` is narrowed to the place that the address names; without one it is all that the user holds.
    ``place`` is an organization chosen inside the municipality or district of the role, or None.
    """
    whole = Scope.for_user(request.user)
    memberships = whole.memberships
    chosen = _chosen(request, memberships)
    place = None if chosen else _organization_from_above(request, whole)
    if place is not None:
        chosen = _overseer(whole, place)
    request.whole_scope = whole
    request.place = place
    request.membership = chosen or leading_membership(memberships)
    request.scope = whole.narrowed(membership=chosen, organization=place) if chosen else whole
    request.school_year = _school_year(request)
    request.address_state = _address_state(request, memberships, chosen)


def forget_view_state(request: HttpRequest) -> None:
    """The request of somebody who may not see anything yet: no place, no role, an empty scope."""
    request.scope = Scope.nobody()
    request.place = request.membership = None
    request.address_state = {}


def show_membership(request: HttpRequest, membership: Membership) -> None:
    """Narrows the request to one of the user's memberships, as if the address had named its place."""
    memberships = Scope.for_user(request.user).memberships
    request.scope = request.scope.narrowed(membership=membership)
    request.address_state |= place_state(membership, memberships)


def _chosen(request: HttpRequest, memberships: list[Membership]) -> Membership | None:
    found = memberships
    named = False
    for kind, part in PLACE_PARTS.items():
        if key := request.GET.get(part):
            named = True
            found = [membership for membership in found if str(getattr(membership, f"{kind}_id")) == key]
    if not named:
        return None
    role = request.GET.get("role")
    return leading_membership([membership for membership in found if membership.role == role] or found)


def _organization_from_above(request: HttpRequest, scope: Scope) -> Organization | None:
    key = request.GET.get("org", "")
    if not key.isdecimal() or len(key) > 18 or not scope.has_role(*OVERSIGHT_ROLES):
        return None
    return (
        Organization.objects.visible_to(scope)
        .filter(pk__in=scope.organization_ids(OVERSIGHT_ROLES), pk=int(key))
        .select_related("district", "municipality")
        .first()
    )


def _overseer(scope: Scope, place: Organization) -> Membership | None:
    holding = [
        membership
        for membership in scope.memberships
        if membership.role in OVERSIGHT_ROLES
        and (
            membership.municipality_id == place.municipality_id
            or (membership.district_id and membership.district_id == place.district_id)
        )
    ]
    return leading_membership(holding)


def _school_year(request: HttpRequest) -> SchoolYear:
    current = SchoolYear.of(today())
    asked = request.GET.get("y", "")
    if asked.isdecimal() and FIRST_SCHOOL_YEAR <= int(asked[:5]) <= current.start_year:
        return SchoolYear(int(asked))
    return current


def _address_state(
    request: HttpRequest, memberships: list[Membership], chosen: Membership | None
) -> dict[str, str]:
    if not memberships:
        return {}
    state = {}
    if request.place is not None:
        state["org"] = str(request.place.pk)
    elif chosen is not None or len(memberships) == 1:
        state = place_state(chosen or memberships[0], memberships)
    state["y"] = str(request.school_year.start_year)
    return state
