"""The days of the demo: it stands still on one day, so that the same seed gives the same data."""

from __future__ import annotations

import datetime
from random import Random

from common.dates import SchoolYear

DEMO_DAY = datetime.date(2026, 11, 23)
YEARS = (SchoolYear(2024), SchoolYear(2025), SchoolYear(2026))
CURRENT = len(YEARS) - 1


def some_day(rng: Random, first: datetime.date, last: datetime.date) -> datetime.date:
    """A working day between two days, never later than the day of the demo."""
    last = min(last, DEMO_DAY)
    day = first + datetime.timedelta(days=rng.randint(0, max((last - first).days, 0)))
    while day.month == 1 and day.day < 9:
        day += datetime.timedelta(days=1)
    if day.weekday() > 4:
        # A weekend becomes the Friday before it or, at the start of the period, the Monday after.
        back, ahead = day.weekday() - 4, 7 - day.weekday()
        day += datetime.timedelta(days=-back if day - datetime.timedelta(days=back) >= first else ahead)
    return min(day, DEMO_DAY)


def autumn_start(rng: Random, year: int) -> datetime.date:
    """When pairs of the school year begin: from mid-September, the last in November."""
    start_year = YEARS[year].start_year
    last = datetime.date(start_year, 11, 10) if rng.random() < 0.1 else datetime.date(start_year, 10, 20)
    return some_day(rng, datetime.date(start_year, 9, 15), last)


def spring_end(rng: Random, year: int) -> datetime.date:
    """When pairs of the school year end: the last weeks of May."""
    end_year = YEARS[year].start_year + 1
    return some_day(rng, datetime.date(end_year, 5, 18), datetime.date(end_year, 5, 29))
