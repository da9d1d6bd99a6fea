"""Reads about organizations over several models."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from common.dates import SchoolYear, today
from orgs.models import Headcount, Organization
from orgs.scope import Scope


def organizations(scope: Scope) -> QuerySet:
    """The register of organizations."""
    return Organization.objects.visible_to(scope).select_related("type", "district", "municipality")


def newest_headcounts(scope: Scope) -> Prefetch:
    """A prefetch of each organization's numbers into ``numbers``, the newest first."""
    rows = Headcount.objects.visible_to(scope).order_by("-on_date")
    return Prefetch("headcounts", queryset=rows, to_attr="numbers")


def numbers_are_old(headcount: Headcount | None) -> bool:
    """Whether the numbers are missing or older than the school year."""
    return headcount is None or headcount.on_date < SchoolYear.of(today()).start
