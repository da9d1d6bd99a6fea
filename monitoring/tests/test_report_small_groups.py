"""Fewer than five answers never come out of a report, neither as they are nor by subtraction."""

from datetime import date

import pytest

from monitoring.period import ReportingPeriod
from monitoring.reports.wording import FEW
from monitoring.tests.reportfiles import build_report, read_letter, read_sheet
from monitoring.tests.worlds import Reply, School, World, build
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory
from surveys.tests.factories import AnswerFactory

pytestmark = pytest.mark.django_db

PERIOD = ReportingPeriod.of(2021)
DAY = date(2021, 5, 20)
TABLE = "Удовлетворённость наставляемых по организациям"


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch):
    monkeypatch.setattr("monitoring.reports.spravka.results._figure", lambda doc, picture: None)


def city(*answers: int, year: int = 2021):
    """Schools with so many satisfied mentees; the last answer of each is not satisfied."""
    replies = []
    for school, number in enumerate(answers):
        replies += [Reply(school, "mentee", DAY.replace(year=year))] * (number - 1)
        replies += [Reply(school, "mentee", DAY.replace(year=year), joint=2, result=2)]
    return build(World(2021, PERIOD.as_of, (School(),) * len(answers), replies=tuple(replies)))


def hidden_in_letter(built) -> dict[str, bool]:
    letter = read_letter(build_report("spravka", built.municipality))
    return {row["Организация"]: row["Доля, %"] == FEW for row in letter.table(TABLE)}


def test_one_small_school_takes_the_next_smallest_with_it():
    built = city(4, 9, 30)

    assert hidden_in_letter(built) == {
        "СОШ № 1": True,
        "СОШ № 2": True,
        "СОШ № 3": False,
        "Муниципалитет": False,
    }


def test_hidden_schools_together_have_five_answers_at_least():
    built = city(1, 2, 9, 30)

    assert [name for name, hidden in hidden_in_letter(built).items() if hidden] == [
        "СОШ № 1",
        "СОШ № 2",
        "СОШ № 3",
    ]


def test_workbook_hides_the_same_schools_and_gives_the_total_as_a_number():
    built = city(4, 9, 30)

    rows = read_sheet(build_report("summary", built.municipality), "По организациям", formulas=True)
    cells = [(row[6, "Удовлетворены"], row[6, "Ответили"], row[6, "Доля"]) for row in rows]
    assert cells[:2] == [(None, None, FEW)] * 2
    assert cells[2][:2] == (29, 30)
    assert cells[3][:2] == (40, 43)


def test_municipality_with_few_answers_in_all_shows_no_figure():
    built = city(2, 2)

    letter = read_letter(build_report("spravka", built.municipality))
    assert "Ответов меньше пяти, поэтому значение показателя не раскрывается." in letter.section("3.6.")
    rows = {row["Код"]: row for row in read_sheet(build_report("summary", built.municipality), "Свод")}
    row = rows["mentee_satisfaction"]
    assert (row["Числитель"], row["Знаменатель"], row["Значение"]) == (None, None, FEW)


def test_school_hidden_in_the_city_is_hidden_in_its_own_report_for_those_who_see_both():
    built = city(4, 9, 30)
    methodologist = MembershipFactory(role="methodologist", municipality=built.municipality).user

    for scope in (Scope.everything(), Scope.for_user(methodologist)):
        letter = read_letter(
            build_report("spravka", built.municipality, organization=built.schools[1], scope=scope)
        )
        assert "значение показателя не раскрывается" in letter.section("3.6.")


def test_schools_own_staff_sees_its_nine_answers_but_never_four():
    built = city(4, 9, 30)

    for school, shown in ((0, False), (1, True)):
        curator = MembershipFactory(organization=built.schools[school]).user
        letter = read_letter(
            build_report(
                "spravka",
                built.municipality,
                organization=built.schools[school],
                scope=Scope.for_user(curator),
            )
        )
        assert ("не раскрывается" not in letter.section("3.6.")) is shown


def test_few_answers_of_last_year_are_not_told_as_a_change():
    last = city(4, 9, year=2020)
    AnswerFactory.create_batch(30, organization=last.schools[0], answered_on=DAY)

    letter = read_letter(build_report("spravka", last.municipality, organization=last.schools[0]))

    assert "С 2020 годом значение не сравнивается: тогда было недостаточно ответов." in letter.section("3.6.")
    assert letter.table("Удовлетворённость наставляемых")[0]["Доля"] == FEW
