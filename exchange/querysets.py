"""Filters of runs."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from exchange.enums import UNFINISHED, RunState
from orgs.enums import READER_ROLES, STAFF_ROLES
from orgs.querysets import ScopedQuerySet


class ColumnMemoryQuerySet(ScopedQuerySet):
    """Remembered columns; they belong to the place that the workbook was of."""

    def of_place(self, *, organization, municipality):
        """What was remembered for one school, or for a whole municipality."""
        if organization is not None:
            return self.filter(organization=organization)
        return self.filter(organization__isnull=True, municipality=municipality)


class RunQuerySet(ScopedQuerySet):
    """Runs. All times are compared on the database's clock, which every machine shares."""

    def visible_to(self, scope):
        """Runs of places whose people the user may read about, and the user's own.

        A workbook or a report names people, so an administrator sees nobody's runs but his own; and one's
        own run disappears together with the rights to its place.
        """
        if scope.sees_everything:
            return self.all()
        if scope.user_id is None:
            return self.none()
        placeless = Q(organization__isnull=True, municipality__isnull=True)
        own = Q(owner=scope.user_id) & (placeless | self._places(scope, STAFF_ROLES))
        return self.filter(own | self._places(scope, READER_ROLES))

    def unfinished(self):
        """Runs that wait or are being done."""
        return self.filter(state__in=UNFINISHED)

    def expired(self):
        """Runs whose worker has stopped renewing its lease."""
        return self.filter(state=RunState.RUNNING, lease_until__lt=Now())

    def due_for_ringing(self):
        """Waiting runs that nobody has rung for of late, the longest waiting first."""
        rung_before = Now() - timedelta(seconds=settings.RUN_RING_SECONDS)
        return self.filter(
            Q(rung_at__isnull=True) | Q(rung_at__lt=rung_before), state=RunState.WAITING
        ).order_by("created_at")

    @staticmethod
    def _places(scope, roles) -> Q:
        return Q(organization__in=scope.organization_ids(roles)) | Q(
            organization__isnull=True, municipality__in=scope.overseen_municipality_ids(roles)
        )


class ReportRunQuerySet(RunQuerySet):
    """Reports: one on a district is also for those who hold that district."""

    @staticmethod
    def _places(scope, roles) -> Q:
        return RunQuerySet._places(scope, roles) | Q(
            organization__isnull=True, district__in=scope.overseen_district_ids(roles)
        )
