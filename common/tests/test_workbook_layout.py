"""Widths, frozen headings, drop-downs, charts, names of sheets."""

import io
import zipfile
from fractions import Fraction

import pytest
from lxml import etree
from openpyxl import load_workbook

from common.tests.workbook_files import CREATED, sheet_of, written
from common.workbooks import (
    Column,
    Marked,
    WorkbookWriter,
    safe_sheet_name,
)


def test_header_is_frozen_repeated_and_filtered_on_a_landscape_page():
    sheet = sheet_of(
        written([Column("ФИО"), Column("Класс")], [["Белов А. С.", "9Б"]], heading_lines=["Реестр"])
    )
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:B4"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
    assert "&P" in sheet.oddFooter.right.text and "&N" in sheet.oddFooter.right.text


@pytest.mark.parametrize("constant_memory", [False, True], ids=["in memory", "streaming"])
def test_widths_and_heights_follow_the_content(constant_memory):
    columns = [
        Column("№", kind="integer"),
        Column("Что исправить"),
        Column("ИНН", hidden=True),
        Column("Свой", width=33),
    ]
    rows = [[1, "Коротко", "1", ""], [2, "Проверьте год рождения: " * 12, "2", ""]]
    sheet = sheet_of(written(columns, rows, constant_memory=constant_memory, heading_lines=["Строки " * 40]))

    assert sheet.column_dimensions["A"].width < 10 < 40 < sheet.column_dimensions["B"].width < 55
    assert sheet.column_dimensions["C"].hidden
    assert sheet.column_dimensions["D"].width == pytest.approx(33, abs=1)
    assert sheet.row_dimensions[4].height is None
    assert sheet.row_dimensions[5].height >= 90
    assert sheet.row_dimensions[1].height >= 60
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:D1"]


def test_short_choices_stand_in_the_rule_and_long_ones_on_a_hidden_sheet():
    long = [f"Муниципальное учреждение № {number}, Приозёрск" for number in range(40)]
    columns = [
        Column("Ответ", choices=["достигнуто", "частично", "нет"]),
        Column("Организация", choices=long),
        Column("Снова", choices=long),
    ]
    data = written(columns, [["нет", long[0], long[1]]])

    workbook = load_workbook(io.BytesIO(data))
    sheet, lists = workbook.worksheets
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["A2:A202"].formula1 == '"достигнуто,частично,нет"'
    assert rules["B2:B202"].formula1 == rules["C2:C202"].formula1 == f"{lists.title}!$A$1:$A$40"
    assert [row[0] for row in lists.values] == long
    assert lists.sheet_state == "veryHidden"
    assert {rule.errorStyle for rule in rules.values()} == {"warning"}


def test_notes_and_tints_say_what_is_meant():
    columns = [Column("Год рождения", key="year", note="Полная дата тоже подходит")]
    sheet = sheet_of(written(columns, [{"year": Marked("2101", "bad")}, {"year": "2010"}]))
    assert "Полная дата тоже подходит" in sheet["A1"].comment.text
    assert sheet["A2"].fill.start_color.rgb == "FFFDE8EA"
    assert sheet["A3"].fill.fill_type is None


def test_native_chart_has_columns_a_target_line_and_an_alternative_text():
    columns = [
        Column("Школа", key="name"),
        Column("Доля", key="share", kind="percent"),
        Column("Цель", key="target", kind="percent"),
    ]
    buffer = io.BytesIO()
    with WorkbookWriter(buffer, title="Свод", created=CREATED) as book:
        rows = [{"name": f"№ {n}", "share": Fraction(n, 10), "target": Fraction(1, 5)} for n in range(1, 4)]
        sheet = book.sheet("Свод/2021", columns, rows)
        book.bar_chart(
            sheet,
            title="Цель 20 % & <ниже>",
            categories="name",
            values="share",
            target="target",
            description="Две школы ниже цели",
        )
        empty = book.sheet("Пусто", columns, [])
        book.bar_chart(empty, title="Нет", categories="name", values="share")

    with zipfile.ZipFile(buffer) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/")]
        chart = etree.fromstring(archive.read(charts[0]))
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
    assert charts == ["xl/charts/chart1.xml"]
    assert [len(chart.findall(f".//{{*}}{kind}")) for kind in ("barChart", "lineChart")] == [1, 1]
    assert [ref.text for ref in chart.findall(".//{*}ser/{*}val//{*}f")] == [
        "'Свод 2021'!$B$2:$B$4",
        "'Свод 2021'!$C$2:$C$4",
    ]
    assert "Цель 20 % & <ниже>" in "".join(chart.itertext())
    assert 'descr="Две школы ниже цели"' in drawing


def test_the_same_content_gives_the_same_bytes_and_names_no_person():
    columns = [Column("Имя", choices=["а", "б"]), Column("Доля", kind="percent")]
    first, second = (written(columns, [["а", Fraction(1, 3)]], heading_lines=["Свод"]) for _ in range(2))
    assert first == second

    properties = load_workbook(io.BytesIO(first)).properties
    assert (properties.title, properties.created) == ("Проба", CREATED.replace(tzinfo=None))
    assert not properties.creator and not properties.lastModifiedBy


@pytest.mark.parametrize(
    ("name", "taken", "safe"),
    [
        ("По школам: 2021/22", [], "По школам 2021 22"),
        ("'Свод'", [], "Свод"),
        ("history", [], "history_"),
        ("свод", ["СВОД", "Свод (2)"], "свод (3)"),
        ("ё" * 40, [], "ё" * 31),
        ("ё" * 40, ["ё" * 31], "ё" * 27 + " (2)"),
        ("😀" * 20, [], "😀" * 15),
        ("Лист\x00\n1", [], "Лист 1"),
    ],
)
def test_sheet_names_are_made_acceptable_and_different(name, taken, safe):
    assert safe_sheet_name(name, taken) == safe
    assert safe_sheet_name("[]:*?/\\")
