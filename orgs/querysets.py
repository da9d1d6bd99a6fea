"""Row scoping: the one place where a queryset is narrowed to what a person may see."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from orgs.enums import PARTICIPANT_ROLES, READER_ROLES, Role
from orgs.scope import Scope


class ScopedQuerySet(models.QuerySet):
    """A queryset whose model names its path to the organization or municipality.

    The model declares class attributes: ``org_lookup`` (path to the organization's key) or
    ``municipality_lookup``; ``reader_roles`` (who reads it at all, default: readers of people's data);
    ``person_lookups`` (paths to the user behind a person, for mentors' and mentees' own access).
    """

    def visible_to(self, scope: Scope):
        """Rows that the scope's user may see; raises ``TypeError`` for anything but a scope."""
        if not isinstance(scope, Scope):
            raise TypeError(f"visible_to() takes a Scope, not {type(scope).__name__}")
        if scope.sees_everything:
            return self.all()
        allowed = self._of_places(scope)
        if scope.user_id is not None:
            allowed |= self.about(scope.user_id)
        return self.filter(allowed)

    def of_places(self, scope: Scope):
        """Those of the visible rows that the user reads by a role; rows about the user in person are left
        out.

        For long lists: without that further «or» the database may walk an index.
        """
        if not isinstance(scope, Scope):
            raise TypeError(f"of_places() takes a Scope, not {type(scope).__name__}")
        return self.all() if scope.sees_everything else self.filter(self._of_places(scope))

    def listed_for(self, scope: Scope):
        """The rows of lists and of counts: of the own places; of participants their own rows as well.

        Staff find what is about themselves in person, if anything is, on its card.
        """
        return self.visible_to(scope) if scope.roles & PARTICIPANT_ROLES else self.of_places(scope)

    def _of_places(self, scope: Scope) -> Q:
        roles = getattr(self.model, "reader_roles", READER_ROLES)
        org_lookup = getattr(self.model, "org_lookup", None)
        municipality_lookup = getattr(self.model, "municipality_lookup", None)
        allowed = Q(pk__in=[])
        if org_lookup:
            allowed |= Q(**{f"{org_lookup}__in": scope.organization_ids(roles)})
        if municipality_lookup:
            allowed |= Q(**{f"{municipality_lookup}__in": scope.municipality_ids(roles)})
        return allowed

    def about(self, user_id: int) -> Q:
        """The condition of rows that are about the user in person, by the model's ``person_lookups``."""
        lookups = getattr(self.model, "person_lookups", ())
        return Q(*((lookup, user_id) for lookup in lookups), _connector=Q.OR) if lookups else Q(pk__in=[])


class PlacedQuerySet(models.QuerySet):
    """Rows that stand at one organization, district or municipality and that administrators keep.

    A row of a whole municipality is not seen from one of its districts.
    """

    def visible_to(self, scope: Scope):
        """Rows inside the places that the scope's user administers."""
        if not isinstance(scope, Scope):
            raise TypeError(f"visible_to() takes a Scope, not {type(scope).__name__}")
        if scope.sees_everything:
            return self.all()
        roles = (Role.ADMINISTRATOR,)
        return self.filter(
            Q(organization__in=scope.organization_ids(roles))
            | Q(district__in=scope.district_ids(roles))
            | Q(municipality__in=scope.overseen_municipality_ids(roles))
        )
