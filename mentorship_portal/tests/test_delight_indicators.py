"""Delight tasks 11 and 12 (ux.md, 14): which schools hold the city back, and who is not counted there."""

from datetime import date

import pytest

from accounts.tests.factories import PASSWORD
from common.dates import today
from mentors.tests.factories import MenteeFactory, PairFactory, PersonFactory
from mentorship_portal.tests.delight import Script
from monitoring.tests.factories import TargetFactory
from monitoring.tests.worlds import load_indicators
from orgs.tests.factories import HeadcountFactory, OrganizationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

YEAR = today().year


@pytest.fixture
def city(cast):
    """Seven schools below the target; at the worst one somebody takes part without a pair."""
    load_indicators()
    TargetFactory(municipality=cast.municipality, indicator__code="pupil_mentees", year=YEAR, value=70)
    for number in range(1, 8):
        school = OrganizationFactory(
            municipality=cast.municipality, short_name=f"Школа № {number}", type=cast.school.type
        )
        HeadcountFactory(
            organization=school, on_date=date(YEAR, 1, 20), pupils_10_18=100 * number, pupils_15_18=50
        )
        PairFactory(
            organization=school,
            mentee=MenteeFactory(organization=school, person=PersonFactory(birth_year=YEAR - 12)),
            started_on=date(YEAR, 1, 15),
        )
    MenteeFactory(
        organization=school,
        person=PersonFactory(last_name="Одинокий", first_name="Пётр", birth_year=YEAR - 12),
        population="pupil",
    )
    return cast


def enter(page, user):
    page.goto("/sign-in/")
    page.get_by_label("Эл. почта").fill(user.email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/")


def test_the_schools_that_hold_the_city_below_its_target_are_two_clicks_away(page, city):
    enter(page, city.methodologist)
    script = Script(page)

    script.click("nav .n-tabs a[href^='/indicators/']")
    script.click("a.n-ind__n >> nth=0")

    rows = page.locator("#rank tbody tr")
    assert [rows.nth(place).locator("th").inner_text() for place in range(5)] == [
        f"Школа № {number}" for number in (7, 6, 5, 4, 3)
    ]
    assert "отставания" in page.locator("#rank-title").inner_text()
    assert rows.nth(0).locator("td.n-strong").inner_text() == "489"
    script.within("11", clicks=2, seconds=15)

    # Task 12 goes on from here: one more click.
    script.click(rows.nth(0).locator("th a"))

    table = page.locator("#people-table")
    assert "Одинокий" in table.inner_text()
    assert "нет пары" in table.inner_text()
    script.within("12", clicks=3, seconds=25)
