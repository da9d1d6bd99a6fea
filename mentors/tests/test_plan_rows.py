"""A plan pasted from Excel or Word is understood with headings and without, terms in words of schools too."""

from __future__ import annotations

import datetime

import pytest

from mentors.plan_rows import read_rows

BEGIN = datetime.date(2026, 9, 15)


def test_rows_with_headings_go_to_their_columns_in_any_order():
    text = (
        "№ п/п\tСрок\tМероприятие\tОценка наставника\tФактический результат\tПланируемый результат\n"
        "1\t05.12.2026\tРазбор пробного экзамена\tхорошо\tРазобрали\tКарта ошибок\n"
    )
    (row,) = read_rows(text)
    assert (row.activity, row.due_on) == ("Разбор пробного экзамена", datetime.date(2026, 12, 5))
    assert (row.planned_result, row.actual_result, row.mentor_mark) == (
        "Карта ошибок",
        "Разобрали",
        "хорошо",
    )
    assert row.line == 2


def test_rows_without_headings_stand_in_the_usual_order_after_their_numbers():
    rows = read_rows("1.\tВходная беседа\t20.09.2026\tКарта запросов\n2.\tОткрытый урок\t\tАнализ\n\n")
    assert [(row.activity, row.due_on, row.planned_result) for row in rows] == [
        ("Входная беседа", datetime.date(2026, 9, 20), "Карта запросов"),
        ("Открытый урок", None, "Анализ"),
    ]


def test_one_column_is_a_list_of_activities():
    assert [row.activity for row in read_rows("Входная беседа\nОткрытый урок")] == [
        "Входная беседа",
        "Открытый урок",
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("октябрь", datetime.date(2026, 10, 31)),
        ("сентябрь – октябрь", datetime.date(2026, 10, 31)),
        ("Февраль 2027", datetime.date(2027, 2, 28)),
        ("май", datetime.date(2027, 5, 31)),
        ("до марта", datetime.date(2027, 3, 31)),
        ("1 декабря 2026", datetime.date(2026, 12, 1)),
    ],
)
def test_a_month_ends_on_its_last_day_in_the_school_year_of_the_programme(words, day):
    (row,) = read_rows(f"Беседа\t{words}", started_on=BEGIN)
    assert (row.due_on, row.notes) == (day, [])


def test_a_term_in_other_words_stays_empty_and_is_named():
    (row,) = read_rows("Беседа\tв течение года")
    assert row.due_on is None
    assert "в течение года" in row.notes[0]
    assert row.problems == []


def test_a_row_without_an_activity_says_so():
    rows = read_rows("Мероприятие\tСрок\nБеседа\t01.10.2026\n\t05.10.2026")
    assert [bool(row.problems) for row in rows] == [False, True]
    assert rows[1].line == 3


def test_a_cell_of_two_lines_is_one_cell():
    (row,) = read_rows('"Беседа\nс родителями"\t01.10.2026')
    assert row.activity == "Беседа с родителями"


@pytest.mark.parametrize("text", ["", "\n\n", "\t\t\n", '"'])
def test_text_without_a_row_gives_none(text):
    assert [row for row in read_rows(text) if not row.problems] == []
