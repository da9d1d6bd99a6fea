"""Numbers, dates and shares are real ones in workbooks and readable ones in CSV."""

import datetime as dt
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import override_settings

from common.csvfiles import BOM, write_csv
from common.tests.workbook_files import sheet_of, written
from common.workbooks import (
    Column,
)


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


def test_a_number_that_is_none_is_refused():
    for value in (float("nan"), float("inf"), Decimal("NaN")):
        with pytest.raises(ValueError, match="Балл"):
            written([Column("Балл", kind="number")], [[value]])
