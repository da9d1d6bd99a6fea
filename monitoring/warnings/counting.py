"""How many rows each check finds: one query for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Value

from common.paging import bounded_counts
from monitoring.showing import Shown
from monitoring.warnings.checks import CHECKS, Check
from monitoring.warnings.ground import Ground
from monitoring.warnings.rows import figure_rows


@dataclass(frozen=True, slots=True)
class Finding:
    """A check with the number of its rows."""

    check: Check
    count: int


def findings(ground: Ground) -> list[Finding]:
    """The checks that found something, in their order."""
    counted = [
        check.rows(ground)
        .order_by()
        .values(check=Value(check.code))
        .annotate(found=Count("pk"))
        .values_list("check", "found")
        for check in CHECKS
        if check.rows
    ]
    numbers = dict(counted[0].union(*counted[1:], all=True))
    for check in CHECKS:
        if not check.rows:
            numbers[check.code] = len(figure_rows(check, ground.shown))
    return [Finding(check, numbers[check.code]) for check in CHECKS if numbers.get(check.code)]


def warning_count(shown: Shown, places) -> int:
    """How many kinds of warnings there are; no check looks further than to its first row."""
    ground = Ground(shown, places)
    found = bounded_counts([check.rows(ground) for check in CHECKS if check.rows], limit=0)
    figures = [bool(figure_rows(check, shown)) for check in CHECKS if not check.rows]
    return sum(map(bool, found)) + sum(figures)
