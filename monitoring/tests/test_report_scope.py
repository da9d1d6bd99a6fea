"""Reports read through the scope of who asks, in few queries, from live or frozen figures."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.reporting import report_kinds
from monitoring.models import Indicator
from monitoring.period import ReportingPeriod
from monitoring.services import close_round
from monitoring.tests.factories import TargetFactory
from monitoring.tests.reportfiles import build_report, read_letter, read_sheet
from monitoring.tests.worlds import Bond, Human, Numbers, Reply, School, World, build
from orgs.models import Headcount
from orgs.scope import Scope
from orgs.tests.factories import (
    HeadcountFactory,
    MembershipFactory,
    MunicipalityFactory,
    OrganizationFactory,
)

pytestmark = pytest.mark.django_db

PERIOD = ReportingPeriod.of(2021)


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch):
    monkeypatch.setattr("monitoring.reports.spravka.results._figure", lambda doc, picture: None)


def city(schools: int):
    """Schools with one mentor, two mentees and six answers each."""
    humans, bonds, numbers, replies = [], [], [], []
    for school in range(schools):
        first = len(humans)
        humans += [Human(born=2005), Human(born=2009), Human(born=2009)]
        bonds += [Bond(school, first, first + mentee, start=date(2021, 3, 1)) for mentee in (1, 2)]
        numbers.append(Numbers(school, date(2021, 9, 20), aged=10, older=5))
        replies += [Reply(school, "mentee", date(2021, 5, 20))] * 6
    world = World(
        2021,
        PERIOD.as_of,
        (School(),) * schools,
        tuple(numbers),
        tuple(humans),
        tuple(bonds),
        tuple(replies),
    )
    return build(world)


def queries_of(kind: str, built, **options) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        build_report(kind, built.municipality, **options)
    return len(captured)


@pytest.mark.parametrize("kind", ["spravka", "summary"])
def test_number_of_queries_does_not_grow_with_the_schools(kind):
    small, large = city(2), city(30)

    assert queries_of(kind, small) == queries_of(kind, large) < 40


def test_number_of_queries_for_a_school_does_not_grow_with_its_neighbours():
    small, large = city(2), city(30)
    counts = []
    for built in (small, large):
        curator = MembershipFactory(organization=built.schools[0]).user
        counts.append(
            queries_of("summary", built, organization=built.schools[0], scope=Scope.for_user(curator))
        )

    assert counts[0] == counts[1]


@pytest.mark.parametrize("kind", ["spravka", "summary"])
def test_school_of_another_municipality_is_in_no_report(kind):
    built = city(2)
    foreign = OrganizationFactory(short_name="Чужая школа", municipality__name="Заречье")
    HeadcountFactory(organization=foreign, on_date=date(2021, 9, 20))

    content = build_report(kind, built.municipality)

    if kind == "spravka":
        assert "Чужая школа" not in read_letter(content).text
    else:
        rows = read_sheet(content, "По организациям")
        assert [row["Организация"].replace("\u00a0", " ") for row in rows] == ["СОШ № 1", "СОШ № 2", "Итого"]


def test_methodologist_of_another_municipality_reads_nothing():
    built = city(2)
    stranger = MembershipFactory(role="methodologist", municipality=MunicipalityFactory(name="Заречье")).user

    letter = read_letter(build_report("spravka", built.municipality, scope=Scope.for_user(stranger)))

    assert "СОШ № 1" not in letter.text
    assert "Действующих образовательных организаций на отчётную дату в портале нет." in letter.text


def test_closed_round_stands_in_the_report_whatever_was_edited_since():
    built = city(2)
    TargetFactory(municipality=built.municipality, indicator__code="pupil_mentees", year=2021, value=30)
    close_round(None, municipality=built.municipality, year=2021)
    Headcount.objects.filter(organization__in=built.schools).update(pupils_10_18=6)

    letter = read_letter(build_report("spravka", built.municipality))
    rows = {row["Код"]: row for row in read_sheet(build_report("summary", built.municipality), "Свод")}

    assert "Значение показателя – 20,0 % (4 из 20) при цели 30 %" in letter.section("3.1.")
    assert "Мониторинг закрыт, значения показателей зафиксированы" in letter.text
    assert (rows["pupil_mentees"]["Числитель"], rows["pupil_mentees"]["Знаменатель"]) == (4, 20)
    survey = letter.section("3.6.")
    assert "На вопросы ответили 12" not in survey  # more answers than participants: said, not divided
    assert "Ответов больше, чем участников (12 и 4)" in survey


def test_closed_round_of_last_year_is_what_this_year_is_compared_with():
    built = city(2)
    close_round(None, municipality=built.municipality, year=2021)
    Headcount.objects.filter(organization__in=built.schools).update(pupils_10_18=6)
    for school in built.schools:
        HeadcountFactory(organization=school, on_date=date(2022, 9, 20), pupils_10_18=10, pupils_15_18=5)

    letter = read_letter(build_report("spravka", built.municipality, year=2022))

    assert "По сравнению с 2021 годом значение не изменилось (20,0 %)." in letter.section("3.1.")
    assert "по закрытому мониторингу на 31 декабря 2021 г. (редакция 1)" in letter.text


def test_figure_of_another_definition_is_not_compared():
    built = city(1)
    close_round(None, municipality=built.municipality, year=2021)
    Indicator.objects.filter(code="pupil_mentees").update(version=2)
    HeadcountFactory(
        organization=built.schools[0], on_date=date(2022, 9, 20), pupils_10_18=10, pupils_15_18=5
    )

    section = read_letter(build_report("spravka", built.municipality, year=2022)).section("3.1.")

    assert "не сравнивается: изменилась методика расчёта показателя" in section


def test_report_before_its_date_says_that_it_is_preliminary(monkeypatch):
    built = city(1)
    monkeypatch.setattr("monitoring.reports.material.today", lambda: date(2021, 11, 23))

    letter = read_letter(build_report("spravka", built.municipality))

    assert "рассчитаны по данным портала на 23 ноября 2021 г. Отчётная дата ещё не наступила" in letter.text


def test_kinds_are_registered_with_russian_titles():
    titles = {kind.code: (str(kind.title), kind.formats) for kind in report_kinds.values()}

    assert titles["spravka"] == ("Аналитическая справка", ("docx",))
    assert titles["summary"] == ("Сводная таблица показателей", ("xlsx",))


def test_command_writes_both_reports(tmp_path):
    built = city(1)
    for kind, name in (("spravka", "out.docx"), ("summary", "out.xlsx")):
        call_command(
            "build_report",
            kind,
            str(tmp_path / name),
            municipality=built.municipality.name,
            year=2021,
            verbosity=0,
        )
        assert (tmp_path / name).read_bytes()[:2] == b"PK"


def test_command_says_in_one_line_that_the_year_is_out_of_range(tmp_path):
    built = city(1)
    with pytest.raises(CommandError, match="1500") as refusal:
        call_command(
            "build_report",
            "summary",
            str(tmp_path / "a.xlsx"),
            municipality=built.municipality.name,
            year=1500,
        )
    assert refusal.value.returncode == 1
    assert not list(tmp_path.iterdir())
