"""The year and the reporting date that a figure is computed for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.dates import CalendarYear, SchoolYear

FIRST_YEAR, LAST_YEAR = 2000, 2100


class PeriodProblem(ValueError):
    """The year or the reporting date cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """A year and the day on which ages and numbers are taken.

    Targets, rounds and self-audits are of calendar years. A report may be about a ``school`` year; then
    ``year`` is the calendar year in which that one ends, whose targets it is held against.
    """

    year: int
    as_of: datetime.date
    school: bool = False

    @classmethod
    def of(cls, year: int, as_of: datetime.date | None = None, *, school: bool = False) -> ReportingPeriod:
        """The period of a year, by default as of its last day; raises :class:`PeriodProblem`."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise PeriodProblem(
                _("The year %(year)s is out of range: give a year from %(first)s to %(last)s.")
                % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
            )
        span = _span(year, school)
        as_of = as_of or span.end
        if as_of < span.start:
            raise PeriodProblem(
                _("The reporting date %(date)s is before the year %(year)s begins: choose a later date.")
                % {"date": as_of.strftime("%d.%m.%Y"), "year": year}
            )
        return cls(year, as_of, school)

    @property
    def before(self) -> ReportingPeriod | None:
        """The period a year earlier, as of its last day; None before the first year."""
        return ReportingPeriod.of(self.year - 1, school=self.school) if self.year > FIRST_YEAR else None

    @property
    def start(self) -> datetime.date:
        return _span(self.year, self.school).start

    @property
    def end(self) -> datetime.date:
        return _span(self.year, self.school).end

    @property
    def name(self) -> str:
        """«2026», or «2025/26» of a school year."""
        return SchoolYear(self.year - 1).title if self.school else str(self.year)

    @property
    def last_headcount_day(self) -> datetime.date:
        """Numbers of pupils and teachers count when dated within the year and by the reporting date."""
        return min(self.as_of, self.end)

    def born_to_be(self, age: int) -> datetime.date:
        """The latest date of birth of people who are ``age`` full years old on the reporting date.

        Who was born on 29 February turns older on 1 March of common years (``common.dates``).
        """
        try:
            return self.as_of.replace(year=self.as_of.year - age)
        except ValueError:
            return datetime.date(self.as_of.year - age, 2, 28)


def _span(year: int, school: bool) -> CalendarYear | SchoolYear:
    return SchoolYear(year - 1) if school else CalendarYear(year)
