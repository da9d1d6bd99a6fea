"""Filters of runs."""

from __future__ import annotations

from django.db.models import Q

from exchange.enums import UNFINISHED, RunState
from orgs.querysets import ScopedQuerySet


class RunQuerySet(ScopedQuerySet):
    """Runs; a run is visible to its owner and to those who oversee its whole place."""

    def visible_to(self, scope):
        if not scope.sees_everything and scope.user_id is None:
            return self.none()
        if scope.sees_everything:
            return self.all()
        roles = self.model.reader_roles
        places = Q(organization__in=scope.organization_ids(roles)) | Q(
            organization__isnull=True, municipality__in=scope.overseen_municipality_ids(roles)
        )
        return self.filter(places | Q(owner=scope.user_id)).filter(
            Q(organization__isnull=True) | Q(organization__in=scope.organization_ids(roles))
        )

    def unfinished(self):
        """Runs that wait or are being done."""
        return self.filter(state__in=UNFINISHED)

    def expired(self, now):
        """Runs whose worker has stopped renewing its lease."""
        return self.filter(state=RunState.RUNNING, lease_until__lt=now)
