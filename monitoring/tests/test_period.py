"""The year, the reporting date, and the birthdays that decide an age on it."""

from datetime import date, timedelta

import pytest

from common.dates import age_on
from monitoring.period import PeriodProblem, ReportingPeriod

DAYS = [date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 1), date(2021, 2, 28), date(2021, 3, 1)]


@pytest.mark.parametrize("as_of", [*DAYS, date(2021, 12, 31), date(2021, 1, 1)])
@pytest.mark.parametrize("age", [9, 10, 11, 12, 13, 15, 18, 19])
def test_the_latest_birthday_of_an_age_agrees_with_the_age_in_full_years(as_of, age):
    period = ReportingPeriod(as_of.year, as_of)
    middle = date(as_of.year - age, as_of.month, min(as_of.day, 28))

    for shift in range(-4, 5):
        born = middle + timedelta(days=shift)
        assert (born <= period.born_to_be(age)) == (age_on(born, as_of) >= age), born


def test_a_year_ends_on_its_last_day_unless_told_otherwise():
    assert ReportingPeriod.of(2021).as_of == date(2021, 12, 31)
    assert ReportingPeriod.of(2021, date(2022, 1, 15)).last_headcount_day == date(2021, 12, 31)
    assert ReportingPeriod.of(2021, date(2021, 6, 30)).last_headcount_day == date(2021, 6, 30)


@pytest.mark.parametrize("year", [1999, 2101, 0, -1])
def test_years_out_of_range_are_refused(year):
    with pytest.raises(PeriodProblem, match=str(year)):
        ReportingPeriod.of(year)
