"""Text files with separated columns: encodings, delimiters, quotes."""

import codecs

import pytest

from common.sheets.limits import Limits
from common.sheets.problems import SheetRefused
from common.sheets.reader import open_book
from common.tests.sheetfiles import HEADER, PUPIL

LIMITS = Limits()


def text_of(delimiter=";"):
    return "\r\n".join(delimiter.join(row) for row in (HEADER, PUPIL)) + "\r\n"


def rows_of(path, data, limits=LIMITS):
    path.write_bytes(data)
    with open_book(path, file_name=path.name, limits=limits) as book:
        [sheet] = book.sheets
        assert sheet.name == path.stem
        return [tuple(row) for row in book.rows(sheet.name)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding",
    ["cp1251", "cp866", "koi8-r", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"],
)
def test_encoding_and_delimiter_are_found(tmp_path, encoding, delimiter):
    data = text_of(delimiter).encode(encoding)
    assert rows_of(tmp_path / "Список.csv", data) == [(1, tuple(HEADER)), (2, tuple(PUPIL))]


def test_big_endian_mark_is_understood(tmp_path):
    data = codecs.BOM_UTF16_BE + text_of().encode("utf-16-be")
    assert rows_of(tmp_path / "list.csv", data)[0] == (1, tuple(HEADER))


def test_quoted_cells_keep_delimiters_and_line_breaks(tmp_path):
    data = 'ФИО;Результат\n"Иванов; Пётр";"строка 1\nстрока «2» ""да"""\n\nПетров;x\n'.encode()
    assert rows_of(tmp_path / "list.csv", data) == [
        (1, ("ФИО", "Результат")),
        (2, ("Иванов; Пётр", 'строка 1\nстрока «2» "да"')),
        (4, ("Петров", "x")),
    ]


def test_line_that_names_the_delimiter_is_not_data(tmp_path):
    assert rows_of(tmp_path / "list.csv", "sep=,\nа,б\nв,г\n".encode()) == [(2, ("а", "б")), (3, ("в", "г"))]


def test_short_and_long_records_have_one_width(tmp_path):
    assert rows_of(tmp_path / "list.csv", "а;б;в\nг\nд;е\n".encode()) == [
        (1, ("а", "б", "в")),
        (2, ("г", None, None)),
        (3, ("д", "е", None)),
    ]


def test_apostrophe_that_guards_a_formula_is_taken_off(tmp_path):
    data = "телефон;имя\n'+7 913;О'Нил\n'=1+1;'x\n".encode()
    assert rows_of(tmp_path / "list.csv", data)[1:] == [(2, ("+7 913", "О'Нил")), (3, ("=1+1", "'x"))]


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x00\x98\xff" * 50, b"\x98;\x98\n" * 20])
def test_bytes_of_no_encoding_are_refused(tmp_path, data):
    with pytest.raises(SheetRefused) as caught:
        rows_of(tmp_path / "list.csv", data)
    assert caught.value.problem.code == "not_text"


def test_endless_quote_is_damage(tmp_path):
    with pytest.raises(SheetRefused) as caught:
        rows_of(tmp_path / "list.csv", b'a;"' + b"x" * 2_000_000)
    assert caught.value.problem.code == "damaged"


def test_limits_hold_for_text_too(tmp_path):
    with pytest.raises(SheetRefused) as caught:
        rows_of(tmp_path / "list.csv", b"a;b\n" * 12, Limits(rows=10))
    assert caught.value.problem.code == "too_many_rows"
    with pytest.raises(SheetRefused) as caught:
        rows_of(tmp_path / "list.csv", b"a;b;c\n", Limits(columns=2))
    assert (caught.value.problem.code, caught.value.problem.column) == ("too_many_columns", "C")
