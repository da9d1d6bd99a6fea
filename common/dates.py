"""Days, ages and the two kinds of year that the portal must never mix."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone


def today() -> date:
    """Return the current day in the configured time zone."""
    # No request activates a zone of its own, and to look for one costs more than all the rest of this.
    return timezone.localdate(timezone=timezone.get_default_timezone())


def birthday_in(birth_date: date, year: int) -> date:
    """Return the day of that year on which the person turns older; 29 February is 1 March in common years."""
    try:
        return birth_date.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


def age_on(birth_date: date, on: date) -> int:
    """Return the number of full years on the day ``on``; negative before the birth."""
    return on.year - birth_date.year - (on < birthday_in(birth_date, on.year))


@dataclass(frozen=True, slots=True, order=True)
class CalendarYear:
    """1 January to 31 December: the year of roadmap targets and indicators."""

    year: int

    @property
    def start(self) -> date:
        return date(self.year, 1, 1)

    @property
    def end(self) -> date:
        return date(self.year, 12, 31)

    @property
    def title(self) -> str:
        return str(self.year)

    def __contains__(self, day: date) -> bool:
        return day.year == self.year

    @classmethod
    def of(cls, day: date) -> "CalendarYear":
        """Return the year that the day lies in."""
        return cls(day.year)


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """1 September of ``start_year`` to 31 August of the next: the year of school life."""

    start_year: int

    @property
    def start(self) -> date:
        return date(self.start_year, 9, 1)

    @property
    def end(self) -> date:
        return date(self.start_year + 1, 8, 31)

    @property
    def title(self) -> str:
        return f"{self.start_year}/{(self.start_year + 1) % 100:02d}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    @classmethod
    def of(cls, day: date) -> "SchoolYear":
        """Return the school year that the day lies in."""
        return cls(day.year if day.month >= 9 else day.year - 1)
