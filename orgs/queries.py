"""Reads about organizations over several models."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet

from common.dates import SchoolYear, today
from common.search import holds_words, searchable
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


def found_organizations(rows: QuerySet, text: str) -> QuerySet:
    """Organizations by parts of the short or the full name, or by the beginning of the INN."""
    digits = text.replace(" ", "")
    inn = Q(inn__startswith=digits) if digits.isdecimal() and len(digits) > 3 else Q(pk__in=[])
    return rows.alias(short_key=searchable("short_name"), full_key=searchable("full_name")).filter(
        holds_words("short_key", text) | holds_words("full_key", text) | inn
    )
