"""The table in a workbook: found by headings, rows that are no data left out with a notice."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.sheets.limits import Limits
from common.sheets.problems import CellProblem, Level, SheetRefused, shown
from common.sheets.reader import open_book
from common.sheets.table import HeadingSpec, column_letter, find_table, match_headings
from common.sheets.values import Row
from common.tests.sheetfiles import HEADER, PUPIL, merge, parts_of, sheet_xml, write_book, write_parts

SPECS = (
    HeadingSpec("fio", ("ФИО наставляемого", "ФИО")),
    HeadingSpec("last_name", ("Фамилия",)),
    HeadingSpec("first_name", ("Имя",)),
    HeadingSpec("patronymic", ("Отчество",)),
    HeadingSpec("birth", ("Год рождения наставляемого", "Дата рождения"), required=True),
    HeadingSpec("school_class", ("Класс",)),
    HeadingSpec("work", ("Место работы/учёбы наставника",)),
    HeadingSpec("score", ("Совместная работа (1–10)",)),
)
NAMES = (("fio",), ("last_name", "first_name"))


def found(path, sheet=None, specs=SPECS, any_of=NAMES):
    """Return the table, its data rows and the problems as (code, row, column)."""
    with open_book(path, file_name=path.name, limits=Limits()) as book:
        table = find_table(book, specs, sheet=sheet, any_of=any_of)
        rows = [(row.number, row.cells) for row in table.rows()]
        return table, rows, [(p.code, p.row, p.column) for p in table.problems]


def refusal(path, **options):
    with pytest.raises(SheetRefused) as caught:
        found(path, **options)
    problem = caught.value.problem
    assert problem.fix
    return problem


@pytest.fixture
def file(tmp_path):
    return tmp_path / "list.xlsx"


def test_header_in_row_four_keeps_true_row_numbers(file):
    write_book(file, ["МБОУ СОШ № 1"], ["Список наставляемых"], None, HEADER, PUPIL, None, PUPIL)
    table, rows, problems = found(file)
    assert (table.header_row, table.score) == (4, 5)
    assert [row.values[0] for row in table.preamble] == ["МБОУ СОШ № 1", "Список наставляемых"]
    assert [number for number, _cells in rows] == [5, 7]
    assert rows[0][1] == {
        "last_name": "Иванов",
        "first_name": "Пётр",
        "patronymic": "Сергеевич",
        "birth": "17.05.2010",
        "school_class": "7А",
    }
    assert problems == []


@pytest.mark.parametrize(
    "heading",
    [
        "Место работы/учёбы наставника",
        "МЕСТО РАБОТЫ / УЧЕБЫ НАСТАВНИКА:",
        " Место\xa0работы/учебы\nнаставника. ",
        "Mестo работы/учёбы наставника",
    ],
)
def test_heading_is_known_in_any_spelling(file, heading):
    write_book(file, [*HEADER, heading], [*PUPIL, "МБОУ СОШ № 1"])
    table, rows, _problems = found(file)
    assert rows[0][1]["work"] == "МБОУ СОШ № 1"
    assert table.letter("work") == "F"


@pytest.mark.parametrize("dash", ["-", "–", "—", " – "])
def test_kind_of_dash_does_not_count(file, dash):
    write_book(file, [*HEADER, f"Совместная работа (1{dash}10)"], [*PUPIL, 7])
    assert found(file)[1][0][1]["score"] == 7


def test_order_of_columns_does_not_count(file):
    write_book(file, HEADER[::-1], PUPIL[::-1])
    assert found(file)[1][0][1]["last_name"] == "Иванов"


def test_merged_name_heading_is_explained(file):
    header = ["ФИО", None, None, "Дата рождения", "Класс"]
    write_book(file, header, PUPIL, after=merge("A1:C1"))
    problem = refusal(file)
    assert (problem.code, problem.row, problem.column) == ("name_merged", None, "A")
    assert problem.heading == "ФИО"
    assert "Фамилия" in problem.fix


def test_merged_name_heading_with_named_parts_below_is_read(file):
    upper = ["№", "ФИО", None, None, "Дата рождения", "Класс"]
    lower = [None, "Фамилия", "Имя", "Отчество"]
    write_book(file, upper, lower, [1, *PUPIL], after=merge("A1:A2", "B1:D1", "E1:E2", "F1:F2"))
    table, rows, _problems = found(file)
    assert table.header_row == 2
    assert [cells["first_name"] for _number, cells in rows] == ["Пётр"]
    assert rows[0][1]["birth"] == "17.05.2010"


def test_heading_that_stands_twice_is_refused_with_both_columns(file):
    write_book(file, ["Фамилия", "Имя", "Дата рождения", "фамилия "], ["Иванов", "Пётр", 2010, "Петров"])
    problem = refusal(file)
    assert problem.code == "heading_twice"
    assert "A" in problem.message
    assert "D" in problem.message


def test_synonym_beside_the_canonical_heading_is_ignored_with_a_notice(file):
    header = [*HEADER, "Год рождения наставляемого"]
    write_book(file, header, [*PUPIL, 2010])
    table, rows, problems = found(file)
    assert rows[0][1]["birth"] == 2010
    assert problems == [("column_ignored", None, "D")]
    assert table.extra == [("D", "Дата рождения")]


def test_all_missing_columns_are_named_at_once(file):
    write_book(file, ["Фамилия", "Класс"], ["Иванов", "7А"])
    problem = refusal(file)
    assert problem.code == "columns_missing"
    assert problem.row is None
    for heading in ("Год рождения наставляемого", "Имя"):
        assert heading in problem.message


def test_group_of_columns_that_has_not_begun_is_offered_whole_with_its_alternative(file):
    write_book(file, ["Дата рождения", "Класс"], ["17.05.2010", "7А"])
    problem = refusal(file)
    for heading in ("«ФИО наставляемого»", "«Фамилия» + «Имя»"):
        assert heading in problem.message


def test_column_needed_only_without_another_one_is_not_asked_for_beside_it(file):
    specs = (
        HeadingSpec("fio", ("ФИО",), required=True),
        HeadingSpec("birth", ("Год рождения",), required=True, unless=("post",), alias="Дата рождения"),
        HeadingSpec("post", ("Должность",)),
    )
    write_book(file, ["ФИО", "Должность"], ["Иванов Пётр", "учитель"])
    assert len(found(file, specs=specs, any_of=())[1]) == 1
    write_book(file, ["ФИО", "Телефон"], ["Иванов Пётр", "+7"])
    assert "«Год рождения» («Дата рождения»)" in refusal(file, specs=specs, any_of=()).message


@pytest.mark.parametrize(
    "hints",
    [
        ["(полностью)", "(полностью)", "(при наличии)", "(дд.мм.гггг)", "(например, 7А)"],
        ["ФИО полностью", None, None, "дд.мм.гггг", "выберите из списка"],
        [None, None, None, "ДД.ММ.ГГГГ", None],
    ],
)
def test_row_of_hints_under_the_headings_is_skipped_with_a_notice(file, hints):
    write_book(file, HEADER, hints, PUPIL)
    _table, rows, problems = found(file)
    assert [number for number, _cells in rows] == [3]
    assert problems == [("hint_row", 2, "")]


def test_row_in_the_middle_that_says_how_to_fill_in_stays_data(file):
    write_book(file, HEADER, PUPIL, PUPIL, ["(полностью)", "(полностью)", None, "(дд.мм.гггг)", None])
    assert [number for number, _cells in found(file)[1]] == [2, 3, 4]


@pytest.mark.parametrize("title", ["7А класс", "10 «Б» класс", "5 классы", "Класс 7А"])
def test_class_over_its_pupils_is_a_section(file, title):
    write_book(file, HEADER, [title], PUPIL)
    _table, rows, problems = found(file)
    assert ([number for number, _cells in rows], problems) == ([3], [("section_row", 2, "")])


def test_hidden_columns_are_told_by_their_letters(file):
    hidden = '<cols><col min="3" max="4" hidden="1"/><col min="9" max="16384" hidden="1"/></cols>'
    write_book(file, HEADER, PUPIL, before=hidden)
    with open_book(file, file_name=file.name, limits=Limits()) as book:
        problems = find_table(book, SPECS, any_of=NAMES).problems
    assert [problem.code for problem in problems] == ["hidden_columns"]
    assert "C, D" in problems[0].message


def test_headings_alone_are_no_rows(file):
    write_book(file, HEADER)
    assert refusal(file).code == "no_rows"
    write_book(file, ["№", *HEADER], [1], [2], ["Итого", 0])
    assert refusal(file).code == "no_rows"


def test_text_without_headings_names_what_is_wanted(file):
    write_book(file, ["просто"], ["текст"])
    problem = refusal(file)
    assert problem.code == "no_headings"
    assert "Год рождения наставляемого" in problem.fix


def test_data_on_the_second_sheet_is_found(file):
    sheets = {"Лист1": sheet_xml([]), "Лист2": sheet_xml([HEADER, PUPIL])}
    write_parts(file, parts_of(sheets))
    table, rows, problems = found(file)
    assert table.sheet == "Лист2"
    assert len(rows) == 1
    assert problems == [("sheet_chosen", None, "")]


def test_first_of_several_equal_sheets_with_data_is_read(file):
    sheets = {"7А": sheet_xml([HEADER]), "7Б": sheet_xml([HEADER, PUPIL]), "7В": sheet_xml([HEADER, PUPIL])}
    write_parts(file, parts_of(sheets))
    table, _rows, problems = found(file)
    assert table.sheet == "7Б"
    assert problems == [("several_sheets", None, "")]
    assert found(file, sheet="7В")[0].sheet == "7В"


def test_unknown_sheet_is_refused_with_the_names(file):
    write_book(file, HEADER, PUPIL, name="Наставляемые")
    problem = refusal(file, sheet="Лист1")
    assert problem.code == "unknown_sheet"
    assert "Наставляемые" in problem.fix


def test_rows_that_are_no_data_are_skipped_with_one_notice_each(file):
    rows = [
        ["№", *HEADER],
        [1, 2, 3, 4, 5, 6],
        ["Форма: ученик – ученик"],
        [1, *PUPIL],
        ["учитель-учитель"],
        ["№", *HEADER],
        [2, *PUPIL],
        [3],
        ["Итого", None, None, None, 2],
        ["Примечание: список не полный"],
        ["Директор", None, "Сидорова А. А."],
    ]
    write_book(file, *rows)
    _table, data, problems = found(file)
    assert [number for number, _cells in data] == [4, 7]
    assert [(code, row) for code, row, _column in problems] == [
        ("column_numbers", 2),
        ("section_row", 3),
        ("section_row", 5),
        ("header_repeated", 6),
        ("total_row", 9),
        ("note_row", 10),
        ("note_row", 11),
    ]


def test_numbers_of_columns_are_skipped_in_a_text_file_too(tmp_path):
    lines = [["№", *HEADER], list("123456"), ["1", *PUPIL], ["2", *PUPIL]]
    file = tmp_path / "list.csv"
    file.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")

    _table, data, problems = found(file)

    assert [number for number, _cells in data] == [3, 4]
    assert problems == [("column_numbers", 2, "")]


def test_headings_repeated_with_other_marks_are_skipped(file):
    specs = (HeadingSpec("number", ("№",)), *SPECS)
    write_book(file, ["№:", *HEADER], [1, *PUPIL], ["№", *HEADER], [2, *PUPIL])

    _table, data, problems = found(file, specs=specs)

    assert [number for number, _cells in data] == [2, 4]
    assert problems == [("header_repeated", 3, "")]


def test_half_filled_row_and_a_surname_like_a_note_stay_data(file):
    write_book(file, HEADER, ["Замятин"], ["Кураторов", "Пётр"], ["Всегодин", "Пётр", None, 2010], PUPIL)
    _table, data, problems = found(file)
    assert [number for number, _cells in data] == [2, 3, 4, 5]
    assert problems == []


def test_rows_read_twice_give_the_same_notices(file):
    write_book(file, HEADER, PUPIL, ["Итого", 1])
    with open_book(file, file_name="list.xlsx", limits=Limits()) as book:
        table = find_table(book, SPECS, any_of=NAMES)
        first = [row.number for row in table.rows()]
        assert [row.number for row in table.rows()] == first == [2]
        assert [problem.code for problem in table.problems] == ["total_row"]


def test_extra_and_unnamed_columns_are_told(file):
    write_book(file, ["№ п/п", "id", *HEADER, "Телефон"], [1, 1, *PUPIL, "+7", "без заголовка"])
    table, rows, problems = found(file)
    assert "id" not in rows[0][1]
    assert problems == [
        ("id_ignored", None, "B"),
        ("column_ignored", None, "H"),
        ("column_without_heading", None, "I"),
    ]
    assert table.extra == [("A", "№ п/п"), ("B", "id"), ("H", "Телефон")]


def test_hidden_rows_formulas_and_merges_are_told(file):
    hidden = '<row r="3" hidden="1"><c r="A3" t="str"><f>A2</f><v>Котов</v></c></row>'
    write_book(file, HEADER, PUPIL, hidden, after=merge("E2:E3"))
    _table, rows, problems = found(file)
    assert rows[1][1]["school_class"] == "7А"
    assert [code for code, _row, _column in problems] == ["hidden_rows", "formulas", "merged_cells"]


def test_problem_of_a_cell_names_its_place(file):
    write_book(file, [None, *HEADER], [None, *PUPIL])
    with open_book(file, file_name="list.xlsx", limits=Limits()) as book:
        table = find_table(book, SPECS, any_of=NAMES)
        [row] = table.rows()
        problem = table.problem(CellProblem("x", "Плохо.", "Исправьте."), row, "birth")
    assert problem.as_dict() == {
        "level": Level.ERROR,
        "sheet": "Наставляемые",
        "row": 2,
        "column": "E",
        "heading": "Дата рождения",
        "value": "17.05.2010",
        "code": "x",
        "message": "Плохо.",
        "fix": "Исправьте.",
    }


@pytest.mark.parametrize(
    ("value", "seen"),
    [
        (dt.date(2040, 1, 1), "01.01.2040"),
        (dt.datetime(2010, 5, 17), "17.05.2010"),
        (dt.datetime(2010, 5, 17, 23, 59), "17.05.2010 23:59"),
        (True, "ИСТИНА"),
        ("Ива\x00нов\ud800", "Иванов"),
        ("два\nслова", "два слова"),
        (1.5, "1.5"),
        (None, ""),
    ],
)
def test_value_is_shown_as_the_sheet_shows_it_and_can_always_be_stored(value, seen):
    assert shown(value) == seen


def test_long_values_are_cut_to_sixty_characters():
    assert len(CellProblem("x", "Плохо.").at(value="я" * 500).value) == 60


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (16_383, "XFD")])
def test_letters_are_those_of_excel(index, letter):
    assert column_letter(index) == letter


def test_score_tells_kinds_of_workbooks_apart():
    head = [Row(1, tuple(HEADER))]
    other = (HeadingSpec("inn", ("ИНН",)), HeadingSpec("school_class", ("Класс",)))
    assert match_headings(head, SPECS).score == 5
    assert match_headings(head, other).score == 1
    assert match_headings(head, other[:1]) is None


TEXTS = st.text(
    st.characters(min_codepoint=32, max_codepoint=1200, exclude_categories=["Cs", "Cn"]), max_size=12
).filter(lambda text: not text.startswith("<c") and "_x" not in text)
WORDS = st.sampled_from(["Итого", "Форма: x", "Фамилия", "1", "Директор", "Класс", "–", ""])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.lists(st.one_of(TEXTS, WORDS, st.integers(0, 9)), min_size=5, max_size=5), max_size=12)
)
def test_every_row_of_any_table_is_data_or_told(tmp_path, rows):
    path = write_book(tmp_path / "list.xlsx", HEADER, *rows)
    try:
        _table, data, problems = found(path)
    except SheetRefused:
        return
    seen = [number for number, _cells in data] + [row for _code, row, _column in problems if row and row > 1]
    assert len(seen) == len(set(seen))
    for number, row in enumerate(rows, start=2):
        texts = [value for value in row if isinstance(value, int) or value.strip()]
        assert number in seen or not texts or (len(texts) == 1 and not isinstance(texts[0], str))
