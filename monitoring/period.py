"""The year and the reporting date that a figure is computed for."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.dates import CalendarYear

FIRST_YEAR, LAST_YEAR = 2000, 2100


class PeriodProblem(ValueError):
    """The year or the reporting date cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """A calendar year, as roadmap targets are set, and the day on which ages and numbers are taken."""

    year: int
    as_of: datetime.date

    @classmethod
    def of(cls, year: int, as_of: datetime.date | None = None) -> ReportingPeriod:
        """The period of a year, by default as of 31 December; raises :class:`PeriodProblem`."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise PeriodProblem(
                _("The year %(year)s is out of range: give a year from %(first)s to %(last)s.")
                % {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR}
            )
        calendar = CalendarYear(year)
        as_of = as_of or calendar.end
        if as_of < calendar.start:
            raise PeriodProblem(
                _("The reporting date %(date)s is before the year %(year)s begins: choose a later date.")
                % {"date": as_of.strftime("%d.%m.%Y"), "year": year}
            )
        return cls(year, as_of)

    @property
    def start(self) -> datetime.date:
        return CalendarYear(self.year).start

    @property
    def end(self) -> datetime.date:
        return CalendarYear(self.year).end

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
