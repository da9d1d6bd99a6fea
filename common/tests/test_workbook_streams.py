"""Long workbooks: the same cells, flat memory, no half file."""

import datetime as dt
import tempfile
import tracemalloc

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from common.tests.workbook_files import sheet_of, written
from common.workbooks import (
    Column,
    Marked,
    WorkbookLimitError,
    WorkbookWriter,
    table,
)

EVERY_KIND = [
    Column("Текст", key="text", choices=["да", "нет"], note="Подсказка"),
    Column("Целое", key="integer", kind="integer", total="sum"),
    Column("База", key="base", kind="integer", total="sum"),
    Column("Число", key="number", kind="number", places=2),
    Column("Доля", key="percent", kind="percent", ratio=("integer", "base")),
    Column("Дата", key="date", kind="date"),
    Column("Когда", key="datetime", kind="datetime"),
    Column("Ссылка", key="link", kind="link"),
    Column("Пометка", key="mark", total="count"),
]

texts = st.text(st.characters(exclude_characters="_"), max_size=60)

numbers = st.one_of(
    st.none(),
    st.integers(-(10**16), 10**16),
    st.decimals(-1000, 1000, places=3),
    st.floats(-1e9, 1e9),
    st.fractions(-9, 9, max_denominator=500),
    st.booleans(),
    texts,
)

some_row = st.fixed_dictionaries(
    {
        "text": st.one_of(st.none(), texts, st.just("Проверьте год рождения: 2101 " * 9)),
        "integer": numbers,
        "base": numbers,
        "number": numbers,
        "date": st.one_of(st.none(), st.dates(), texts),
        "datetime": st.one_of(st.none(), st.datetimes(), st.dates()),
        "link": st.one_of(st.just("https://example.org/?a=1&b=2"), texts),
        "mark": st.one_of(st.none(), texts, st.builds(Marked, texts, st.sampled_from(["bad", "ok"]))),
    }
)


@settings(max_examples=15, deadline=None, phases=set(Phase) - {Phase.shrink, Phase.explain})
@given(st.lists(some_row, max_size=5))
def test_streaming_writes_the_same_cells_as_writing_in_memory(rows):
    def cells(constant_memory):
        data = written(
            EVERY_KIND, rows, constant_memory=constant_memory, heading_lines=["Реестр"], totals="Итого"
        )
        live, cached = sheet_of(data), sheet_of(data, values=True)
        return {
            cell.coordinate: (
                cell.data_type,
                cell.value,
                cached[cell.coordinate].value,
                cell.number_format,
                cell.alignment.horizontal,
                cell.fill.start_color.rgb,
                cell.hyperlink and cell.hyperlink.target,
                live.row_dimensions[cell.row].height,
            )
            for row in live.iter_rows()
            for cell in row
        }

    streamed, in_memory = cells(True), cells(False)
    assert {place: cell for place, cell in streamed.items() if cell != in_memory[place]} == {}
    assert streamed.keys() == in_memory.keys()


def test_more_rows_than_a_sheet_holds_are_refused_and_no_file_appears(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    target = tmp_path / "export.xlsx"
    with (
        pytest.raises(WorkbookLimitError),
        WorkbookWriter(target, title="Выгрузка", constant_memory=True) as book,
    ):
        book.sheet("Лист", [Column("№")], [[number] for number in range(10)])
    assert list(tmp_path.iterdir()) == []


def test_memory_of_an_export_does_not_grow_with_its_rows():
    def peak(count):
        rows = ([number, f"Ученик {number}", dt.date(2021, 9, 1)] for number in range(count))
        columns = [Column("№", kind="integer"), Column("ФИО"), Column("Дата", kind="date")]
        with tempfile.TemporaryFile() as target:
            tracemalloc.start()
            with WorkbookWriter(target, title="Реестр", constant_memory=True) as book:
                book.sheet("Реестр", columns, rows)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    peak(100)
    assert peak(12_000) < 1.2 * peak(3_000)


def test_a_stream_of_rows_is_read_once_and_only_while_writing(tmp_path):
    seen = []

    def rows():
        for number in range(3_000):
            seen.append(number)
            yield [number, f"Ученик {number}"]

    target = tmp_path / "реестр.xlsx"
    with WorkbookWriter(target, title="Реестр", constant_memory=True) as book:
        handle = book.sheet("Реестр", [Column("№", kind="integer"), Column("ФИО")], rows())
        assert not target.exists()
    assert (len(seen), handle.row_count) == (3_000, 3_000)
    sheet = load_workbook(target, read_only=True).worksheets[0]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == seen
