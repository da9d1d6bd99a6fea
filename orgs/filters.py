"""Conditions on organizations that registers, tasks and pages share."""

from __future__ import annotations

from django.db.models import OuterRef, Q, Subquery

from common.dates import SchoolYear, today
from orgs.enums import OrganizationStatus
from orgs.models import Headcount


def without_fresh_headcount(organizations):
    """Working organizations whose newest numbers are older than the school year, or that have none."""
    newest = Headcount.objects.filter(organization=OuterRef("pk")).order_by("-on_date").values("on_date")[:1]
    return organizations.alias(newest=Subquery(newest)).filter(
        Q(newest__isnull=True) | Q(newest__lt=SchoolYear.of(today()).start), status=OrganizationStatus.ACTIVE
    )
