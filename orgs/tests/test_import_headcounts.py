"""Headcounts: keyed by organization and date, nested numbers, nothing erased."""

import datetime

import pytest

from orgs.models import Headcount
from orgs.scope import Scope
from orgs.tests.factories import HeadcountFactory, MembershipFactory, OrganizationFactory, make_inn
from orgs.tests.loading import codes, figures, load, workbook

pytestmark = pytest.mark.django_db
HEADINGS = [
    "ИНН",
    "На дату",
    "Обучающихся всего",
    "Обучающихся 10–18 лет",
    "Обучающихся 15–18 лет",
    "Педагогов",
    "Молодых специалистов",
    "Источник",
]
DAY = datetime.date(2022, 9, 20)


@pytest.fixture
def school():
    return OrganizationFactory()


def test_numbers_are_stored_by_school_and_date(tmp_path, school):
    path = workbook(
        tmp_path / "numbers.xlsx",
        HEADINGS,
        [school.inn, "20.09.2022 г.", 233, "140", 33.0, 57, 7, "ОО-1"],
        [int(school.inn), datetime.date(2023, 9, 20), 240, None, None, None, None, ""],
    )

    assert figures(load(path, "headcounts")) == (2, 0, 0, 0)
    assert list(
        Headcount.objects.order_by("on_date").values_list(
            "on_date",
            "pupils_total",
            "pupils_10_18",
            "pupils_15_18",
            "teachers",
            "young_specialists",
            "source",
        )
    ) == [
        (DAY, 233, 140, 33, 57, 7, "ОО-1"),
        (datetime.date(2023, 9, 20), 240, None, None, None, None, ""),
    ]
    assert figures(load(path, "headcounts")) == (0, 0, 2, 0)


def test_a_later_file_completes_and_corrects_but_erases_nothing(tmp_path, school):
    HeadcountFactory(organization=school, on_date=DAY, pupils_total=200, pupils_10_18=100, pupils_15_18=None)
    path = workbook(tmp_path / "n.xlsx", HEADINGS, [school.inn, DAY, None, 110, 40, None, None, ""])

    assert figures(load(path, "headcounts")) == (0, 1, 0, 0)
    found = Headcount.objects.get()
    assert (found.pupils_total, found.pupils_10_18, found.pupils_15_18, found.teachers) == (200, 110, 40, 50)


@pytest.mark.parametrize(
    ("numbers", "column", "code"),
    [
        ([100, 101, None, None, None], "D", "numbers_do_not_nest"),
        ([100, 50, 51, None, None], "E", "numbers_do_not_nest"),
        ([100, None, 101, None, None], "E", "numbers_do_not_nest"),
        ([-1, None, None, None, None], "C", "number_out_of_range"),
        (["много", None, None, None, None], "C", "number_unreadable"),
        ([12.5, None, None, None, None], "C", "number_not_whole"),
        ([None, None, None, None, None], "", "numbers_missing"),
    ],
)
def test_wrong_numbers_are_errors_of_the_row(tmp_path, school, numbers, column, code):
    path = workbook(tmp_path / "n.xlsx", HEADINGS, [school.inn, DAY, *numbers, "ОО-1"])

    outcome = load(path, "headcounts")

    assert codes(outcome) == [(2, column, code)]
    assert not Headcount.objects.exists()


def test_a_number_must_nest_into_one_that_was_stored_before(tmp_path, school):
    HeadcountFactory(organization=school, on_date=DAY, pupils_total=100, pupils_10_18=50, pupils_15_18=None)
    path = workbook(tmp_path / "n.xlsx", HEADINGS, [school.inn, DAY, 40, None, None, None, None, ""])

    assert codes(load(path, "headcounts")) == [(2, "C", "numbers_do_not_nest")]


def test_more_young_specialists_than_teachers_is_a_doubt(tmp_path, school):
    path = workbook(tmp_path / "n.xlsx", HEADINGS, [school.inn, DAY, None, None, None, 5, 6, ""])

    outcome = load(path, "headcounts")

    assert [(issue.level, issue.code) for issue in outcome.issues] == [("warning", "numbers_do_not_nest")]
    assert outcome.committed


def test_two_rows_of_one_day_are_named_both(tmp_path, school):
    path = workbook(
        tmp_path / "n.xlsx",
        HEADINGS,
        [school.inn, "20.09.2022", 100, None, None, None, None, ""],
        [school.inn, DAY, 200, None, None, None, None, ""],
    )

    outcome = load(path, "headcounts")

    assert codes(outcome) == [(3, "B", "duplicate_row")]
    assert "2" in outcome.issues[0].message


def test_an_unknown_school_is_named_by_its_inn(tmp_path, school):
    path = workbook(tmp_path / "n.xlsx", HEADINGS, [make_inn(888), DAY, 100, None, None, None, None, ""])

    outcome = load(path, "headcounts")

    assert codes(outcome) == [(2, "A", "organization_unknown")]
    assert make_inn(888) in outcome.issues[0].message


def test_a_curator_cannot_write_numbers_of_another_school(tmp_path, school):
    foreign = OrganizationFactory(municipality=school.municipality)
    scope = Scope.for_user(MembershipFactory(organization=school).user)
    row = [DAY, 100, None, None, None, None, None, ""]
    path = workbook(tmp_path / "n.xlsx", HEADINGS, [foreign.inn, *row[:-1]], [school.inn, *row[:-1]])

    outcome = load(path, "headcounts", scope=scope, good_rows=True)

    assert codes(outcome) == [(2, "A", "organization_unknown")]
    assert list(Headcount.objects.values_list("organization", flat=True)) == [school.pk]


def test_a_missing_column_is_one_problem_of_the_file(tmp_path, school):
    path = workbook(tmp_path / "n.xlsx", ["ИНН", "Обучающихся всего"], [school.inn, 100])

    assert codes(load(path, "headcounts")) == [(None, "", "columns_missing")]


def test_an_administrator_of_the_municipality_brings_the_numbers_of_its_schools(tmp_path, cast):
    path = workbook(tmp_path / "n.xlsx", HEADINGS[:3], [cast.school.inn, DAY, 233])
    administrator = Scope.for_user(cast.administrator)

    run = load(path, "headcounts", scope=administrator, municipality=cast.municipality)

    assert figures(run) == (1, 0, 0, 0)
    assert Headcount.objects.get().organization == cast.school
