"""Reports on a school year: the same rules from September to August, held against the targets of its end."""

from datetime import date

import pytest

from common.reporting import report_kinds
from monitoring.period import ReportingPeriod
from monitoring.services import close_round
from monitoring.tests.factories import TargetFactory
from monitoring.tests.reportfiles import build_report, read_letter, read_sheet
from monitoring.tests.worlds import Bond, Human, Numbers, Reply, School, World, build

pytestmark = pytest.mark.django_db

SCHOOL_YEAR = {"year": 2021, "as_of": date(2021, 8, 31), "school_year": True}


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch):
    monkeypatch.setattr("monitoring.reports.spravka.results._figure", lambda doc, picture: None)


@pytest.fixture
def city():
    """Pairs and answers on both sides of the borders of 2020/21; headcounts of both Septembers."""
    humans = [Human(born=2003), *[Human(born=2009)] * 4]
    bonds = [
        Bond(0, 0, 1, start=date(2019, 9, 1), end=date(2020, 8, 31)),  # the day before it begins
        Bond(0, 0, 2, start=date(2019, 9, 1), end=date(2020, 9, 1)),
        Bond(0, 0, 3, start=date(2021, 8, 31)),
        Bond(0, 0, 4, start=date(2021, 9, 1)),  # the day after
    ]
    replies = [
        *[Reply(0, "mentee", date(2020, 8, 31))] * 5,
        *[Reply(0, "mentee", date(2020, 9, 1), joint=2, result=2)] * 6,
        *[Reply(0, "mentee", date(2021, 8, 31))] * 4,
        *[Reply(0, "mentee", date(2021, 9, 1))] * 7,
    ]
    return build(
        World(
            2021,
            date(2021, 8, 31),
            (School(),),
            (
                Numbers(0, date(2020, 9, 5), aged=20, older=8),
                Numbers(0, date(2021, 9, 5), aged=40, older=9),
            ),
            tuple(humans),
            tuple(bonds),
            tuple(replies),
        )
    )


def overview(content) -> dict[str, dict]:
    return {row["Код"]: row for row in read_sheet(content, "Свод")}


def test_pairs_headcounts_and_answers_are_those_between_september_and_august(city):
    TargetFactory(municipality=city.municipality, indicator__code="pupil_mentees", year=2021, value=20)

    rows = overview(build_report("summary", city.municipality, **SCHOOL_YEAR))

    mentees, satisfied = rows["pupil_mentees"], rows["mentee_satisfaction"]
    assert (mentees["Числитель"], mentees["Знаменатель"], mentees["Цель"]) == (2, 20, 0.2)
    assert (satisfied["Числитель"], satisfied["Знаменатель"]) == (4, 10)
    assert "2019/20 учебный год" in mentees


def test_calendar_year_of_the_same_data_counts_otherwise(city):
    rows = overview(build_report("summary", city.municipality, year=2021))

    assert (rows["pupil_mentees"]["Числитель"], rows["pupil_mentees"]["Знаменатель"]) == (2, 40)
    assert rows["mentee_satisfaction"]["Знаменатель"] == 11


def test_closed_round_of_a_calendar_year_is_never_taken_for_the_school_year(city):
    close_round(None, municipality=city.municipality, year=2021, as_of=date(2021, 8, 31))

    letter = read_letter(build_report("spravka", city.municipality, **SCHOOL_YEAR))

    assert "Мониторинг закрыт" not in letter.text


def test_letter_speaks_of_the_school_year(city):
    letter = read_letter(build_report("spravka", city.municipality, **SCHOOL_YEAR))

    assert "за 2020/21 учебный год" in letter.text
    assert "вместо 1 января и 31 декабря отчётного года в правилах стоят 1 сентября 2020 г." in letter.text
    assert "Отчётный период: 1 сентября 2020 г. – 31 августа 2021 г." in letter.text
    assert "2019/20 учебным годом" in letter.text or "за 2019/20 учебный год" in letter.text


def test_survey_report_counts_answers_of_the_school_year(city):
    content = build_report("surveys", city.municipality, **SCHOOL_YEAR)

    (row,) = read_sheet(content, "Анкеты")
    assert row["Ответов"] == 10
    assert content.file_name == f"Результаты опросов. {city.municipality}. 2020-21.xlsx"


def test_the_year_before_a_school_year_is_a_school_year():
    period = ReportingPeriod.of(2021, school=True)

    assert (period.start, period.end, period.as_of) == (
        date(2020, 9, 1),
        date(2021, 8, 31),
        date(2021, 8, 31),
    )
    assert (period.name, period.before.name) == ("2020/21", "2019/20")


def test_kinds_say_whether_they_are_made_for_a_school_year():
    assert {kind.code for kind in report_kinds.values() if kind.by_school_year} == {
        "spravka",
        "summary",
        "organizations",
        "surveys",
    }
