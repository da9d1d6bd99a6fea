"""Targets of a roadmap: percents in any usual spelling, places and codes that must exist."""

from decimal import Decimal

import pytest

from monitoring.enums import Unit
from monitoring.models import Target
from monitoring.tests.factories import IndicatorFactory, TargetFactory
from orgs.enums import Role
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory, MunicipalityFactory, OrganizationFactory
from orgs.tests.loading import codes, exported, figures, load, workbook

pytestmark = pytest.mark.django_db
HEADINGS = ["Муниципалитет", "Показатель", "Год", "Цель, %", "Документ"]


@pytest.fixture
def city():
    return MunicipalityFactory(name="Приозёрск")


@pytest.fixture(autouse=True)
def indicators():
    IndicatorFactory()
    IndicatorFactory(code="teacher_mentees", title="Доля педагогов в роли наставляемого")
    IndicatorFactory(code="programs_completed", title="Число программ", unit=Unit.COUNT)


@pytest.mark.parametrize("typed", [20, 20.0, "20", "20,0", "20%", "20 %", "20.00"])
def test_a_percent_is_read_as_people_type_it(tmp_path, city, typed):
    path = workbook(
        tmp_path / "t.xlsx", HEADINGS, ["приозерск", "pupil_mentees", 2022, typed, "Приказ № 1438"]
    )

    outcome = load(path, "targets")

    assert figures(outcome) == (1, 0, 0, 0)
    assert outcome.issues == []
    found = Target.objects.get()
    assert (found.municipality, found.indicator.code, found.year, found.value, found.document) == (
        city,
        "pupil_mentees",
        2022,
        Decimal("20.00"),
        "Приказ № 1438",
    )
    assert figures(load(path, "targets")) == (0, 0, 1, 0)


def test_a_new_value_updates_the_target_and_is_kept_in_its_history(tmp_path, city):
    target = TargetFactory(municipality=city, year=2022, value=20, document="Приказ № 1438")
    path = workbook(tmp_path / "t.xlsx", HEADINGS, ["Приозёрск", "pupil_mentees", 2022, 25.5, ""])

    assert figures(load(path, "targets")) == (0, 1, 0, 0)

    target.refresh_from_db()
    assert (target.value, target.document) == (Decimal("25.50"), "Приказ № 1438")
    latest = target.history.latest()
    assert (latest.value, latest.history_change_reason) == (Decimal("25.50"), "Файл «t.xlsx», лист «Лист1»")


@pytest.mark.parametrize(
    ("row", "level", "problem"),
    [
        (["Нигдеград", "pupil_mentees", 2022, 20], "error", (2, "A", "municipality_unknown")),
        (["Приозёрск", "pupil_mentes", 2022, 20], "error", (2, "B", "indicator_unknown")),
        (["Приозёрск", "pupil_mentees", 20222, 20], "error", (2, "C", "number_out_of_range")),
        (["Приозёрск", "pupil_mentees", 2022, 120], "error", (2, "D", "percent_above_100")),
        (["Приозёрск", "pupil_mentees", 2022, -5], "error", (2, "D", "number_out_of_range")),
        (["Приозёрск", "pupil_mentees", 2022, "двадцать"], "error", (2, "D", "number_unreadable")),
        (["Приозёрск", "pupil_mentees", 2022, None], "error", (2, "D", "value_missing")),
        (["Приозёрск", "pupil_mentees", 2022, 0.54], "warning", (2, "D", "percent_below_1")),
        (["Приозёрск", "pupil_mentees", 2022, 33.333], "warning", (2, "D", "number_rounded")),
    ],
)
def test_doubtful_and_wrong_rows_are_named(tmp_path, city, row, level, problem):
    outcome = load(workbook(tmp_path / "t.xlsx", HEADINGS, row), "targets")

    assert codes(outcome) == [problem]
    assert outcome.issues[0].level == level
    assert outcome.committed == (level == "warning")


def test_near_codes_are_proposed(tmp_path, city):
    path = workbook(tmp_path / "t.xlsx", HEADINGS, ["Приозёрск", "pupil_mentes", 2022, 20])

    assert "pupil_mentees" in load(path, "targets").issues[0].fix


def test_a_count_may_be_above_one_hundred_and_below_one(tmp_path, city):
    path = workbook(tmp_path / "t.xlsx", HEADINGS, ["Приозёрск", "programs_completed", 2022, 150])

    outcome = load(path, "targets")

    assert (figures(outcome), outcome.issues) == ((1, 0, 0, 0), [])


def test_a_curator_does_not_set_the_targets_of_the_municipality(tmp_path, city):
    school = OrganizationFactory(municipality=city)
    scope = Scope.for_user(MembershipFactory(organization=school).user)
    path = workbook(tmp_path / "t.xlsx", HEADINGS, ["Приозёрск", "pupil_mentees", 2022, 1])

    assert codes(load(path, "targets", scope=scope)) == [(2, "A", "municipality_unknown")]
    assert not Target.objects.exists()


def test_an_analyst_sets_only_the_own_municipality(tmp_path, city):
    foreign = TargetFactory(municipality=MunicipalityFactory(name="Соседск"), year=2022, value=20)
    scope = Scope.for_user(MembershipFactory(role=Role.ANALYST, municipality=city).user)
    path = workbook(
        tmp_path / "t.xlsx",
        HEADINGS,
        ["Соседск", "pupil_mentees", 2022, 1],
        ["Приозёрск", "pupil_mentees", 2022, 30],
    )

    assert figures(load(path, "targets", scope=scope, good_rows=True)) == (1, 0, 0, 1)
    foreign.refresh_from_db()
    assert foreign.value == 20


def test_an_export_imports_without_a_change(tmp_path, city):
    TargetFactory(municipality=city, year=2022, value=Decimal("33.33"), document="=1+1")
    TargetFactory(municipality=city, year=2023, value=Decimal("0.5"))

    assert figures(load(exported(tmp_path / "t.xlsx", "targets"), "targets")) == (0, 0, 2, 0)
