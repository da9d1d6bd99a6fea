"""What the cells of a workbook become: types, dates, errors, formulas, merges."""

from datetime import date, datetime
from datetime import time as clock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.sheets.limits import Limits
from common.sheets.reader import open_book
from common.sheets.values import CellError, FormulaWithoutValue
from common.tests.sheetfiles import (
    DATE_STYLE,
    DATETIME_STYLE,
    HEADER,
    PUPIL,
    TIME_STYLE,
    merge,
    parts_of,
    sheet_xml,
    write_book,
    write_parts,
)

LIMITS = Limits()


def rows_of(path, sheet=None):
    with open_book(path, file_name=path.name, limits=LIMITS) as book:
        return [tuple(row) for row in book.rows(sheet or book.sheets[0].name)]


def test_values_keep_their_types(tmp_path):
    row = [
        "текст",
        7,
        7.5,
        True,
        f'<c r="E1" s="{DATE_STYLE}"><v>40315</v></c>',
        f'<c r="F1" s="{DATETIME_STYLE}"><v>40315.5</v></c>',
        f'<c r="G1" s="{TIME_STYLE}"><v>0.5</v></c>',
        None,
        '<c r="I1"><v>1E300</v></c>',
    ]
    expected = (
        "текст",
        7,
        7.5,
        True,
        date(2010, 5, 17),
        datetime(2010, 5, 17, 12),
        clock(12),
        None,
        1e300,
    )
    # then alone and among other rows, where a column may travel in another form
    for count in (1, 3):
        path = write_book(tmp_path / "list.xlsx", row, *[["текст"]] * (count - 1))
        found = rows_of(path)
        assert found[0] == (1, expected)
        assert list(map(type, found[0][1])) == list(map(type, expected))
        assert len(found) == count


def test_dates_of_1904_are_the_dates_that_excel_shows(tmp_path):
    xml = sheet_xml([[f'<c r="A1" s="{DATE_STYLE}"><v>40315</v></c>']])
    parts = parts_of({"Лист1": xml}, properties='<workbookPr date1904="1"/>')
    assert rows_of(write_parts(tmp_path / "list.xlsx", parts)) == [(1, (date(2014, 5, 18),))]


def test_cell_errors_are_told_from_text(tmp_path):
    error = '<c r="{}" t="e"><v>{}</v></c>'
    path = write_book(
        tmp_path / "list.xlsx",
        [error.format("A1", "#REF!"), "#REF!", '<c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "x"],
        [None, None, None, None, error.format("E2", "#N/A")],
    )
    assert rows_of(path) == [
        (1, (CellError("#REF!"), "#REF!", CellError("#DIV/0!"), "x", None)),
        (2, (None, None, None, None, CellError("#N/A"))),
    ]


def test_formula_with_a_result_is_its_result_and_counted(tmp_path):
    path = write_book(tmp_path / "list.xlsx", ['<c r="A1"><f>1+1</f><v>2</v></c>', "x"])
    with open_book(path, file_name="list.xlsx", limits=LIMITS) as book:
        assert book.sheets[0].formulas == 1
        assert [row.values for row in book.rows("Наставляемые")] == [(2, "x")]


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="B1"><f>A1&amp;"x"</f></c>',
        '<c r="B1"><f>A1&amp;"x"</f><v></v></c>',
        '<c r="B1"><f>A1&amp;"x"</f><v/></c>',
    ],
)
def test_formula_without_a_result_is_not_an_empty_cell(tmp_path, xml):
    path = write_book(tmp_path / "list.xlsx", ["x", xml])
    assert rows_of(path) == [(1, ("x", FormulaWithoutValue('A1&"x"')))]


def test_formula_spelled_in_numbers_is_shown_in_letters(tmp_path):
    path = write_book(tmp_path / "list.xlsx", ["x", '<c r="B1"><f>"&#1048;"&amp;"&#x432;"</f><v/></c>'])
    assert rows_of(path) == [(1, ("x", FormulaWithoutValue('"И"&"в"')))]


def test_formula_that_results_in_empty_text_is_an_empty_cell(tmp_path):
    path = write_book(tmp_path / "list.xlsx", ["x", '<c r="B1" t="str"><f>""</f><v></v></c>', "y"])
    assert rows_of(path) == [(1, ("x", None, "y"))]


def test_row_that_holds_only_a_formula_without_result_is_not_lost(tmp_path):
    path = write_book(tmp_path / "list.xlsx", ["x"], None, ['<c r="A3"><f>A1</f></c>'])
    assert rows_of(path) == [(1, ("x",)), (3, (FormulaWithoutValue("A1"),))]


def test_row_numbers_are_true_after_gaps_on_all_sides(tmp_path):
    path = write_book(tmp_path / "list.xlsx", None, None, [None, "а"], None, [None, None, "б"])
    assert rows_of(path) == [(3, (None, "а", None)), (5, (None, None, "б"))]


def test_hidden_rows_are_counted_when_they_hold_cells(tmp_path):
    hidden = '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
    empty = '<row r="3" hidden="1"/>'
    path = write_book(tmp_path / "list.xlsx", ["x"], hidden, empty, ["y"])
    with open_book(path, file_name="list.xlsx", limits=LIMITS) as book:
        assert book.sheets[0].hidden_rows == 1
        assert len(list(book.rows("Наставляемые"))) == 3


def test_cell_merged_over_rows_counts_for_each_of_them(tmp_path):
    rows = [
        ["Ученик", "Наставник"],
        ["Иванов", "Белова"],
        ["Петров"],
        None,
        ["Сидоров"],
        ["Котов", "Чернова"],
    ]
    path = write_book(tmp_path / "list.xlsx", *rows, after=merge("B2:B5"))
    assert [values for _number, values in rows_of(path)] == [
        ("Ученик", "Наставник"),
        ("Иванов", "Белова"),
        ("Петров", "Белова"),
        ("Сидоров", "Белова"),
        ("Котов", "Чернова"),
    ]


def test_separator_of_the_wire_in_a_cell_does_not_shift_cells(tmp_path):
    path = write_book(tmp_path / "list.xlsx", ["а_x001E_б", "в"], ["г", "д"])
    assert [values[1] for _number, values in rows_of(path)] == ["в", "д"]


def test_rows_can_be_read_twice_and_in_turns(tmp_path):
    path = write_book(tmp_path / "list.xlsx", *[[n, "x"] for n in range(1500)])
    with open_book(path, file_name="list.xlsx", limits=LIMITS) as book:
        name = book.sheets[0].name
        one, two = book.rows(name), book.rows(name)
        pairs = [(next(one).number, next(two).number) for _ in range(1400)]
        assert all(left == right for left, right in pairs)
        assert [row.number for row in book.rows(name)] == list(range(1, 1501))


def test_reading_works_inside_a_daemonic_process(tmp_path):
    # A Celery worker is daemonic, and multiprocessing forbids children of such processes.
    import multiprocessing

    path = write_book(tmp_path / "list.xlsx", HEADER, PUPIL)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    process = context.Process(target=lambda: queue.put(rows_of(path)), daemon=True)
    process.start()
    assert queue.get(timeout=60) == [(1, tuple(HEADER)), (2, tuple(PUPIL))]
    process.join()


def test_child_ends_with_the_book(tmp_path):
    path = write_book(tmp_path / "list.xlsx", HEADER, PUPIL)
    with open_book(path, file_name="list.xlsx", limits=LIMITS) as book:
        process = book._child.process
        assert process.poll() is None
    assert process.poll() is not None


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 3)),
    st.booleans(),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), min_size=1, max_size=8).filter(
        lambda text: not text.startswith("<c") and "_x" not in text and text.strip()
    ),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=20))
def test_any_table_arrives_cell_by_cell(tmp_path, rows):
    path = write_book(tmp_path / "list.xlsx", *rows)
    width = max((i + 1 for row in rows for i, value in enumerate(row) if value is not None), default=0)
    expected = [
        (number, tuple(row[:width])) for number, row in enumerate(rows, 1) if any(v is not None for v in row)
    ]
    assert rows_of(path) == expected
