"""Ages on a day and the two kinds of year."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.dates import CalendarYear, SchoolYear, age_on, birthday_in, today


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(2010, 5, 17), date(2020, 5, 16), 9),
        (date(2010, 5, 17), date(2020, 5, 17), 10),
        (date(2008, 2, 29), date(2023, 2, 28), 14),
        (date(2008, 2, 29), date(2023, 3, 1), 15),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
        (date(2010, 5, 17), date(2010, 5, 17), 0),
        (date(2010, 5, 17), date(2009, 5, 17), -1),
    ],
)
def test_age_changes_on_the_birthday(birth, on, age):
    assert age_on(birth, on) == age


@given(st.dates(date(1920, 1, 1), date(2050, 12, 31)), st.integers(0, 90))
def test_age_is_reached_exactly_on_the_birthday_of_the_year(birth, years):
    assert age_on(birth, birthday_in(birth, birth.year + years)) == years


def test_calendar_year_has_its_own_edges():
    year = CalendarYear(2022)
    assert (year.start, year.end, year.title) == (date(2022, 1, 1), date(2022, 12, 31), "2022")
    assert date(2022, 12, 31) in year
    assert date(2023, 1, 1) not in year
    assert CalendarYear.of(date(2022, 8, 31)) == year


def test_school_year_begins_on_the_first_of_september():
    year = SchoolYear(2022)
    assert (year.start, year.end, year.title) == (date(2022, 9, 1), date(2023, 8, 31), "2022/23")
    assert SchoolYear.of(date(2022, 8, 31)) == SchoolYear(2021)
    assert SchoolYear.of(date(2022, 9, 1)) == year
    assert SchoolYear(1999).title == "1999/00"


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_day_lies_in_its_years(day):
    assert day in SchoolYear.of(day)
    assert day in CalendarYear.of(day)


def test_today_is_the_day_of_the_configured_zone(settings, monkeypatch):
    settings.TIME_ZONE = "Asia/Kamchatka"
    evening_in_london = datetime(2022, 8, 31, 20, tzinfo=ZoneInfo("Europe/London"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening_in_london)
    assert today() == date(2022, 9, 1)
