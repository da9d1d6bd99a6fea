"""What a user may see and do, answered once per request from dated roles."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property

from django.db.models import BigAutoField, DateField, Q, QuerySet

from common.dates import today
from common.statements import Given, Statement
from orgs.enums import READER_ROLES


class Scope:
    """The places and roles of one user on one day.

    Build it with :meth:`for_user`, :meth:`nobody` or, for commands of the operator,
    :meth:`everything`. No role means an empty scope.
    """

    def __init__(self, user=None, *, sees_everything: bool = False, membership=None, organization=None):
        self.user = user
        self.sees_everything = sees_everything
        self._only_membership = membership
        self._only_organization = organization

    @classmethod
    def for_user(cls, user) -> Scope:
        """The scope of a signed-in user; anonymous and switched-off users see nothing."""
        if user is None or not user.is_authenticated or not user.is_active:
            return cls(None)
        return cls(user)

    @classmethod
    def nobody(cls) -> Scope:
        """An empty scope."""
        return cls(None)

    @classmethod
    def everything(cls) -> Scope:
        """The operator's scope, for management commands that nobody reaches by a request."""
        return cls(None, sees_everything=True)

    def narrowed(self, *, membership, organization=None) -> Scope:
        """The part of this scope that one of its memberships gives, and of it one organization.

        Raises ``ValueError`` for a membership that this scope does not hold: narrowing never widens.
        """
        if membership not in self.memberships:
            raise ValueError("a scope is narrowed to a membership of its own")
        return Scope(self.user, membership=membership, organization=organization)

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @cached_property
    def identity(self) -> tuple:
        """Everything that the scope follows from: two scopes of one identity see the same places."""
        held = sorted(
            (row.pk, row.role, row.organization_id or 0, row.district_id or 0, row.municipality_id or 0)
            for row in self.memberships
        )
        place = self._only_organization.pk if self._only_organization is not None else None
        return self.user_id, self.sees_everything, place, tuple(held)

    @cached_property
    def memberships(self) -> list:
        """The user's roles that hold today, with their places."""
        if self.user is None:
            return []
        if self._only_membership is not None:
            return [self._only_membership]
        return _memberships().read(user=self.user.pk, day=today())

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of the roles held today."""
        return frozenset(membership.role for membership in self.memberships)

    def has_role(self, *roles: str) -> bool:
        """Whether one of the roles is held today; the operator holds all."""
        return self.sees_everything or bool(self.roles & set(roles))

    def organization_ids(self, roles: Iterable[str] = READER_ROLES) -> QuerySet:
        """A lazy subquery: ids of organizations where one of the roles is held."""
        from orgs.models import Organization

        if self.sees_everything:
            return Organization.objects.values("pk")
        organizations, districts, municipalities = self._places(roles)
        held = Organization.objects.filter(
            Q(pk__in=organizations) | Q(district__in=districts) | Q(municipality__in=municipalities)
        )
        if self._only_organization is not None:
            held = held.filter(pk=self._only_organization.pk)
        return held.values("pk")

    def district_ids(self, roles: Iterable[str] = READER_ROLES) -> QuerySet:
        """A lazy subquery: ids of districts held in one of the roles, or inside a municipality so held."""
        from orgs.models import District

        if self.sees_everything:
            return District.objects.values("pk")
        _organizations, districts, municipalities = self._places(roles)
        return District.objects.filter(Q(pk__in=districts) | Q(municipality__in=municipalities)).values("pk")

    def municipality_ids(self, roles: Iterable[str] = READER_ROLES) -> set[int]:
        """Ids of municipalities that the user works for at any level in one of the roles."""
        from orgs.models import Municipality

        if self.sees_everything:
            return set(Municipality.objects.values_list("pk", flat=True))
        found = set()
        for membership in self.memberships:
            if membership.role in set(roles):
                place = membership.organization or membership.district
                found.add(place.municipality_id if place else membership.municipality_id)
        return found

    def overseen_municipality_ids(self, roles: Iterable[str] = READER_ROLES) -> set[int]:
        """Ids of municipalities held as a whole, not only through one school or district."""
        if self.sees_everything:
            return self.municipality_ids(roles)
        return set(self._places(roles)[2])

    def overseen_district_ids(self, roles: Iterable[str] = READER_ROLES) -> set[int]:
        """Ids of districts that are held as such, not through their municipality."""
        return set(self._places(roles)[1])

    def holds_for(self, organization, *roles: str) -> bool:
        """Whether one of the roles is held for this organization, directly or from above."""
        if self.sees_everything:
            return True
        return any(
            membership.role in roles
            and (
                membership.organization_id == organization.pk
                or (membership.district_id is not None and membership.district_id == organization.district_id)
                or (
                    membership.municipality_id is not None
                    and membership.municipality_id == organization.municipality_id
                )
            )
            for membership in self.memberships
        )

    def holds_over(self, municipality, *roles: str) -> bool:
        """Whether one of the roles is held for the whole municipality."""
        return self.sees_everything or any(
            membership.role in roles and membership.municipality_id == municipality.pk
            for membership in self.memberships
        )

    def _places(self, roles: Iterable[str]) -> tuple[list[int], list[int], list[int]]:
        wanted = set(roles)
        organizations, districts, municipalities = [], [], []
        for membership in self.memberships:
            if membership.role not in wanted:
                continue
            if membership.organization_id:
                organizations.append(membership.organization_id)
            elif membership.district_id:
                districts.append(membership.district_id)
            else:
                municipalities.append(membership.municipality_id)
        return organizations, districts, municipalities


@cache
def _memberships() -> Statement:
    """Roles of the ``user`` that hold on the ``day``, with their places; every request reads them."""
    from orgs.models import Membership

    rows = Membership.objects.filter(user=Given("user", BigAutoField())).on_date(Given("day", DateField()))
    return Statement(rows.select_related("organization", "district", "municipality").order_by("role", "pk"))
