"""Totals and shares are live formulas with their values beside them."""

import io

import pytest
from openpyxl import load_workbook

from common.tests.workbook_files import CREATED, sheet_of, written
from common.workbooks import (
    Column,
    Formula,
    WorkbookWriter,
)


def test_totals_and_shares_are_live_formulas_with_their_value_beside_them():
    columns = [
        Column("Школа", key="name"),
        Column("Дети", key="base", kind="integer", total="sum"),
        Column("Наставляемые", key="mentees", kind="integer", total="sum"),
        Column("Доля", key="share", kind="percent", ratio=("mentees", "base")),
        Column("Отчёт", key="report", total="count"),
    ]
    rows = [
        {"name": "№ 1", "base": 412, "mentees": 83, "report": "да"},
        {"name": "№ 4", "base": 0, "mentees": 0},
        {"name": "№ 5", "base": 57, "mentees": None, "report": "да"},
    ]
    data = written(columns, rows, totals="Итого", heading_lines=["Свод", "2021 год"])

    live, cached = sheet_of(data), sheet_of(data, values=True)
    no_data = cached["D7"].value
    assert live["D5"].value == f'=IF(COUNT(C5,B5)<2,"{no_data}",IF(B5=0,"–",C5/B5))'
    assert [cached[f"D{row}"].value for row in (5, 6)] == [83 / 412, "–"]
    assert no_data and not isinstance(no_data, (int, float))
    assert [cell.value for cell in live[8]] == [
        "Итого",
        "=SUM(B5:B7)",
        "=SUM(C5:C7)",
        f'=IF(COUNT(C8,B8)<2,"{no_data}",IF(B8=0,"–",C8/B8))',
        "=COUNTA(E5:E7)",
    ]
    assert [cell.value for cell in cached[8]] == ["Итого", 469, 83, 83 / 469, 2]
    assert live.auto_filter.ref == "A4:E7"


def test_a_municipal_figure_that_is_no_sum_over_schools_is_given():
    columns = [
        Column("Школа", key="name"),
        Column("Дети", key="base", kind="integer", total="sum"),
        Column("Наставляемые", key="mentees", kind="integer", total="sum"),
        Column("Доля", key="share", kind="percent", ratio=("mentees", "base")),
    ]
    rows = [{"name": "№ 1", "base": 10, "mentees": 5}, {"name": "№ 2", "base": 10, "mentees": 5}]
    data = written(columns, rows, totals={"name": "Муниципалитет", "mentees": 9})

    assert [cell.value for cell in sheet_of(data, values=True)[4]] == ["Муниципалитет", 20, 9, 9 / 20]
    assert sheet_of(data)["C4"].value == 9


def test_totals_of_an_empty_table_are_zero_and_a_dash():
    columns = [
        Column("Школа", key="name"),
        Column("Дети", key="base", kind="integer", total="sum"),
        Column("Доля", key="share", kind="percent", ratio=("base", "base")),
    ]
    data = written(columns, [], totals="Итого")
    assert [cell.value for cell in sheet_of(data, values=True)[2]] == ["Итого", 0, "–"]


def test_a_formula_of_ours_names_columns_of_its_row_and_totals_of_another_sheet():
    columns = [
        Column("Было", key="was", kind="integer", total="sum"),
        Column("Стало", key="now", kind="integer"),
        Column("Изменение", key="change", kind="integer"),
    ]
    buffer = io.BytesIO()
    with WorkbookWriter(buffer, title="Свод", created=CREATED) as book:
        rows = [{"was": 3, "now": 10, "change": Formula("={now}-{was}", 7)}]
        schools = book.sheet("По школам", columns, rows, totals={"now": 10})
        total = Formula(f"={schools.total_ref('was')}", 3)
        book.sheet("Свод", [Column("Всего", kind="integer")], [[total]])

    workbook = load_workbook(io.BytesIO(buffer.getvalue()))
    assert workbook["По школам"]["C2"].value == "=B2-A2"
    assert workbook["Свод"]["A2"].value == "='По школам'!$A$3"
    assert load_workbook(io.BytesIO(buffer.getvalue()), data_only=True)["Свод"]["A2"].value == 3
    assert schools.cell("now", 0) == "B2"
    assert schools.cell_ref("now", 0) == "'По школам'!$B$2"
    assert schools.range_ref("now") == "'По школам'!$B$2:$B$2"


def test_mistakes_of_the_programmer_are_refused_at_once():
    with pytest.raises(ValueError, match="unknown kind"):
        Column("Что-то", kind="money")
    with pytest.raises(ValueError, match="ratio"):
        Column("Доля", ratio=("a", "b"))
    with pytest.raises(ValueError, match="does not have"):
        written([Column("А", key="a")], [{"a": Formula("={b}+1", 1)}])
    with pytest.raises(ValueError, match="1 values"):
        written([Column("А"), Column("Б")], [["только одно"]])
