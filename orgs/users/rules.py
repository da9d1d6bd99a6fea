"""Who may give which role and change which account. An administrator acts inside the own place only."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import User
from orgs.enums import OVERSIGHT_ROLES, SCHOOL_ROLES, Role
from orgs.models import District, Membership, Municipality, Organization
from orgs.scope import Scope

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
# Roles of participants follow from their cards.
GIVEN_ROLES = (Role.CURATOR, Role.HEAD, Role.METHODOLOGIST, Role.ANALYST, Role.ADMINISTRATOR)

Place = Organization | District | Municipality


def fits(role: str, place: Place) -> bool:
    """Whether such a role is held at such a place at all."""
    return role in (SCHOOL_ROLES if isinstance(place, Organization) else OVERSIGHT_ROLES)


def may_give(scope: Scope, role: str, place: Place) -> bool:
    """Whether the role may be given, or ended, at the place: never above or beside the own place."""
    if not fits(role, place):
        return False
    if isinstance(place, Organization):
        return scope.holds_for(place, Role.ADMINISTRATOR)
    if isinstance(place, Municipality):
        return scope.holds_over(place, Role.ADMINISTRATOR)
    return scope.sees_everything or any(
        membership.role == Role.ADMINISTRATOR
        and (membership.district_id == place.pk or membership.municipality_id == place.municipality_id)
        for membership in scope.memberships
    )


def may_change_account(scope: Scope, user: User) -> bool:
    """Whether the whole account may be closed or opened and its second step be reset."""
    return user.pk in changeable_accounts(scope, [user])


def changeable_accounts(scope: Scope, users: Iterable[User]) -> set[int]:
    """The keys of those whose whole account may be changed; one query.

    Not by somebody who administers only a part of the places where the user works: closing the account would
    reach beyond the own place. Nor one's own account, nor that of the operator.
    """
    keys = {user.pk for user in users if not user.is_superuser and user.pk != scope.user_id}
    held = Membership.objects.filter(user__in=keys).on_date()
    beyond = held.exclude(pk__in=Membership.objects.visible_to(scope).values("pk"))
    return keys - set(beyond.values_list("user", flat=True))


def is_own_last_administration(actor: User, membership: Membership) -> bool:
    """Whether the actor is about to end the own last role of an administrator."""
    if membership.user_id != actor.pk or membership.role != Role.ADMINISTRATOR:
        return False
    others = Membership.objects.filter(user=actor, role=Role.ADMINISTRATOR).on_date()
    return not others.filter(Q(ended_on__isnull=True)).exclude(pk=membership.pk).exists()
