"""Refused rows come back as their author wrote them, with what to correct."""

import datetime

import pytest

from common.importing.returned import ADVICE
from orgs.models import Headcount
from orgs.tests.factories import OrganizationFactory
from orgs.tests.loading import codes, figures, load, read, workbook

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 9, 20)


@pytest.fixture
def school():
    return OrganizationFactory()


def returned(tmp_path, outcome, source):
    path = tmp_path / "returned.xlsx"
    path.write_bytes(outcome.returned_rows(source))
    return path


def test_only_refused_rows_come_back_with_all_that_stood_in_them(tmp_path, school):
    source = workbook(
        tmp_path / "n.xlsx",
        ["№", "ИНН", "На дату", "Обучающихся всего", "Отметка школы", "Педагогов"],
        [1, school.inn, DAY, 100, "верно", 10],
        [2, school.inn, datetime.date(2023, 9, 20), "много", "=проверить", 10],
        [3, "5400000000", "20.09.2022", 100, True, -1],
    )

    outcome = load(source, "headcounts", good_rows=True)
    rows = read(returned(tmp_path, outcome, source))

    assert figures(outcome) == (1, 0, 0, 2)
    assert rows[0] == ["№", "ИНН", "На дату", "Обучающихся всего", "Отметка школы", "Педагогов", ADVICE]
    assert [row[:-1] for row in rows[1:]] == [
        [2, school.inn, datetime.date(2023, 9, 20), "много", "=проверить", 10],
        [3, "5400000000", "20.09.2022", 100, "ИСТИНА", -1],
    ]
    assert "«Обучающихся всего»" in rows[1][-1]
    assert len(rows[2][-1].splitlines()) == 2


def test_corrected_rows_come_in_and_the_advice_is_not_in_the_way(tmp_path, school):
    source = workbook(
        tmp_path / "n.xlsx", ["ИНН", "На дату", "Обучающихся всего"], [school.inn, DAY, "сто"], ["", DAY, 5]
    )
    outcome = load(source, "headcounts", good_rows=True)
    rows = read(returned(tmp_path, outcome, source))
    rows[1][2] = 100
    again = workbook(tmp_path / "again.xlsx", *rows)

    outcome = load(again, "headcounts", good_rows=True)

    assert figures(outcome) == (1, 0, 0, 1)
    assert Headcount.objects.get().pupils_total == 100
    assert read(returned(tmp_path, outcome, again))[0] == ["ИНН", "На дату", "Обучающихся всего", ADVICE]


def test_lines_above_the_headings_stay_so_that_the_school_is_found_again(tmp_path, school):
    source = workbook(
        tmp_path / "n.xlsx",
        ["Контингент", "ИНН", int(school.inn)],
        [],
        ["ИНН", "На дату", "Обучающихся всего"],
        [school.inn, DAY, "сто"],
    )
    outcome = load(source, "headcounts")
    path = returned(tmp_path, outcome, source)

    assert f"Контингент ИНН {school.inn}" in [row[0] for row in read(path)]
    assert codes(load(path, "headcounts"))[-1][2] == "number_unreadable"


def test_a_heading_of_two_rows_comes_back_as_one(tmp_path, school):
    source = workbook(
        tmp_path / "n.xlsx",
        ["ИНН", "На дату", "Обучающихся", "", "Педагогов"],
        ["", "", "всего", "10–18 лет", ""],
        [school.inn, DAY, 100, 200, 5],
    )
    outcome = load(source, "headcounts")
    path = returned(tmp_path, outcome, source)

    assert codes(outcome) == [(3, "D", "numbers_do_not_nest")]
    assert read(path)[0] == [
        "ИНН",
        "На дату",
        "Обучающихся всего",
        "Обучающихся 10–18 лет",
        "Педагогов",
        ADVICE,
    ]
    assert codes(load(path, "headcounts")) == [(2, "D", "numbers_do_not_nest")]
