"""Files that schools mail: which are read, which are refused, and in which words (trust, part 4 b)."""

import struct
import zipfile

import pytest

from common.sheets.limits import MIB, Limits
from common.sheets.package import OLE2
from common.sheets.problems import SheetRefused
from common.sheets.reader import open_book
from common.tests.sheetfiles import (
    HEADER,
    PUPIL,
    parts_of,
    sheet_xml,
    write_book,
    write_ods,
    write_parts,
)

LIMITS = Limits()


def refusal(path, limits=LIMITS, name=None):
    """Return the problem for which the file is refused."""
    with (
        pytest.raises(SheetRefused) as caught,
        open_book(path, file_name=name or path.name, limits=limits) as book,
    ):
        for sheet in book.sheets:
            list(book.rows(sheet.name))
    problem = caught.value.problem
    assert problem.level == "error"
    assert problem.message
    assert problem.fix
    return problem


def read(path, limits=LIMITS):
    """Return the rows of all sheets as {name: [(number, values)]}."""
    with open_book(path, file_name=path.name, limits=limits) as book:
        return {sheet.name: [tuple(row) for row in book.rows(sheet.name)] for sheet in book.sheets}


def test_text_named_xlsx_is_no_workbook(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_text("hello, not a workbook\n" * 50)
    assert refusal(path).code == "not_a_workbook"


def test_empty_file_is_named_as_such(tmp_path):
    path = tmp_path / "list.xlsx"
    path.touch()
    assert refusal(path).code == "file_empty"


def test_old_excel_renamed_is_recognised_by_its_signature(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(OLE2 + bytes(4096))
    assert refusal(path).code == "old_excel"


def test_encrypted_workbook_asks_to_remove_the_password(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(OLE2 + bytes(2048) + "EncryptedPackage".encode("utf-16-le") + bytes(2048))
    assert refusal(path).code == "encrypted"


def test_binary_workbook_asks_to_save_as_xlsx(tmp_path):
    path = write_parts(
        tmp_path / "list.xlsx", {"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83"}
    )
    assert refusal(path).code == "old_excel"


def test_other_package_is_no_workbook(tmp_path):
    path = write_parts(tmp_path / "letter.xlsx", {"word/document.xml": "<document/>"})
    assert refusal(path).code == "not_a_workbook"


def test_truncated_upload_is_damaged(tmp_path):
    path = write_book(tmp_path / "list.xlsx", HEADER, PUPIL)
    path.write_bytes(path.read_bytes()[:-300])
    assert refusal(path).code == "damaged"


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.8])
def test_holes_in_the_middle_are_damage_not_a_crash(tmp_path, keep):
    path = write_book(tmp_path / "list.xlsx", HEADER, *[PUPIL] * 200)
    data = bytearray(path.read_bytes())
    at = int(len(data) * keep)
    data[at : at + 200] = bytes(200)
    path.write_bytes(data)
    try:
        read(path)
    except SheetRefused as refused:
        assert refused.problem.code in {"damaged", "not_a_workbook", "encrypted", "too_heavy"}


def test_file_above_the_size_limit_is_refused_unread(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(bytes(LIMITS.file_bytes + 1))
    problem = refusal(path)
    assert problem.code == "file_too_large"
    assert "10" in problem.message


def test_zip_bomb_is_refused_by_the_directory(tmp_path):
    path = tmp_path / "list.xlsx"
    parts = parts_of({"Лист1": sheet_xml([HEADER])})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
        with package.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(120):
                part.write(b"A" * MIB)
    assert refusal(path).code == "unpacks_too_large"


def test_part_that_packs_too_well_is_refused(tmp_path):
    parts = parts_of({"Лист1": sheet_xml([HEADER, PUPIL])}) | {"xl/media/x.xml": b" " * (3 * MIB)}
    assert refusal(write_parts(tmp_path / "list.xlsx", parts)).code == "unpacks_too_large"


def test_lying_directory_does_not_help_a_bomb(tmp_path):
    # given a sheet of 60 MB of one huge shared string whose directory entry claims 1,000 bytes
    path = tmp_path / "list.xlsx"
    parts = parts_of({"Лист1": sheet_xml([HEADER])})
    parts["xl/worksheets/sheet1.xml"] = sheet_xml([["А" * (60 * MIB)]])
    write_parts(path, parts)
    data = path.read_bytes()
    entry = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/worksheets/sheet1.xml"))
    forged = data[: entry + 24] + struct.pack("<I", 1000) + data[entry + 28 :]
    path.write_bytes(forged)
    limits = Limits(unpacked_bytes=10 * MIB, memory_bytes=300 * MIB)
    # then it is refused by what it unpacks to, not by what it says
    assert refusal(path, limits).code in {"too_heavy", "damaged"}


def test_too_many_parts_are_refused(tmp_path):
    parts = parts_of({"Лист1": sheet_xml([HEADER])}) | {f"xl/media/{n}.xml": "<x/>" for n in range(250)}
    assert refusal(write_parts(tmp_path / "list.xlsx", parts)).code == "unpacks_too_large"


def test_two_parts_of_one_name_are_damage(tmp_path):
    path = write_book(tmp_path / "list.xlsx", HEADER, PUPIL)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/worksheets/sheet1.xml", sheet_xml([HEADER, ["Злодей"]]))
    assert refusal(path).code == "damaged"


BOMB = '<!DOCTYPE lolz [<!ENTITY a "лол"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
QUADRATIC = f'<!DOCTYPE x [<!ENTITY a "{"A" * 3000}">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [BOMB, QUADRATIC, EXTERNAL], ids=["entities", "quadratic", "external"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused_as_damage(tmp_path, prolog, encoding):
    xml = sheet_xml([HEADER, ["&a;"]], prolog=prolog).replace("&amp;a;", "&a;")
    parts = parts_of({"Лист1": xml.encode(encoding)})
    assert refusal(write_parts(tmp_path / "list.xlsx", parts)).code == "damaged"


def test_document_type_in_the_workbook_part_is_refused(tmp_path):
    parts = parts_of({"Лист1": sheet_xml([HEADER, PUPIL])})
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("<workbook", f"{EXTERNAL}<workbook", 1)
    assert refusal(write_parts(tmp_path / "list.xlsx", parts)).code == "damaged"


def test_format_in_the_last_row_of_the_sheet_costs_nothing(tmp_path):
    last = '<row r="1048576"><c r="E1048576" s="1"/></row>'
    path = write_book(tmp_path / "list.xlsx", HEADER, PUPIL, last)
    assert read(path, Limits(memory_bytes=200 * MIB)) == {
        "Наставляемые": [(1, tuple(HEADER)), (2, tuple(PUPIL))]
    }


def test_value_in_the_last_row_is_still_two_rows(tmp_path):
    last = '<row r="1048576"><c r="A1048576"><v>5</v></c></row>'
    path = write_book(tmp_path / "list.xlsx", HEADER, last)
    rows = read(path)["Наставляемые"]
    assert [number for number, _values in rows] == [1, 1_048_576]
    assert rows[1][1][0] == 5


def test_false_dimension_is_ignored(tmp_path):
    path = write_book(tmp_path / "list.xlsx", HEADER, PUPIL, before='<dimension ref="A1:XFD1048576"/>')
    with open_book(path, file_name="list.xlsx", limits=Limits(memory_bytes=200 * MIB)) as book:
        assert (book.sheets[0].row_count, book.sheets[0].column_count) == (2, 5)


def test_a_million_rows_are_refused_by_the_limit(tmp_path):
    body = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 1_000_001))
    path = write_book(tmp_path / "list.xlsx", body)
    problem = refusal(path)
    assert problem.code == "too_many_rows"
    assert "5000" in problem.message


def test_too_many_rows_are_counted_before_the_parser_holds_them_in_memory(tmp_path):
    body = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{n:040}</t></is></c></row>' for n in range(1, 600_001)
    )
    path = write_book(tmp_path / "list.xlsx", body)
    assert refusal(path, Limits(rows=200_000, memory_bytes=110 * MIB)).code == "too_many_rows"


def test_rows_of_the_whole_sheet_that_hold_only_formats_are_not_counted(tmp_path):
    body = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 100_000))
    path = write_book(tmp_path / "list.xlsx", HEADER, PUPIL, body)
    assert len(read(path)["Наставляемые"]) == 2


def test_as_many_rows_as_the_limit_are_read_beside_the_headings(tmp_path):
    path = write_book(tmp_path / "list.xlsx", *[[n] for n in range(30)], *[None] * 50, ["последняя"])
    assert len(read(path, Limits(rows=30))["Наставляемые"]) == 31
    assert refusal(path, Limits(rows=29)).code == "too_many_rows"


def test_data_beyond_the_last_column_is_refused_with_its_letter(tmp_path):
    path = write_book(tmp_path / "list.xlsx", HEADER, [*PUPIL, *[None] * 60, "далеко"])
    problem = refusal(path)
    assert (problem.code, problem.column) == ("too_many_columns", "BN")


def test_stray_space_beyond_the_last_column_is_no_data(tmp_path):
    path = write_book(tmp_path / "list.xlsx", HEADER, [*PUPIL, *[None] * 60, " "])
    rows = read(path)["Наставляемые"]
    assert rows[1][1][:5] == tuple(PUPIL)
    assert len(rows[1][1]) == 60


def test_cells_too_far_apart_for_the_memory_are_refused(tmp_path):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert refusal(write_book(tmp_path / "list.xlsx", HEADER, far)).code == "too_heavy"


def test_time_limit_ends_the_child(tmp_path):
    path = write_book(tmp_path / "list.xlsx", HEADER, PUPIL)
    assert refusal(path, Limits(seconds=0)).code == "too_heavy"


def test_macro_is_dropped_with_a_notice(tmp_path):
    parts = parts_of({"Лист1": sheet_xml([HEADER, PUPIL])}) | {"xl/vbaProject.bin": b"\xcc\x61"}
    path = write_parts(tmp_path / "list.xlsm", parts)
    with open_book(path, file_name=path.name, limits=LIMITS) as book:
        assert [problem.code for problem in book.problems] == ["macros_dropped"]
        assert len(list(book.rows("Лист1"))) == 2


def test_open_document_sheet_is_read(tmp_path):
    path = write_ods(tmp_path / "list.ods", [HEADER, PUPIL])
    assert read(path) == {"Лист1": [(1, tuple(HEADER)), (2, tuple(PUPIL))]}


def test_open_document_bomb_of_repeated_cells_is_refused_or_read_within_the_limits(tmp_path):
    path = write_ods(tmp_path / "list.ods", [["а"]])
    with zipfile.ZipFile(path) as package:
        content = package.read("content.xml").decode()
    repeats = 'table:number-columns-repeated="16384" '
    content = content.replace("<table:table-cell ", f"<table:table-cell {repeats}").replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1048576">'
    )
    write_ods(path, [], content=content)
    assert refusal(path).code in {"too_heavy", "too_many_columns", "too_many_rows", "damaged"}


def test_hidden_sheet_is_told(tmp_path):
    sheets = {"Данные": sheet_xml([HEADER, PUPIL]), "Служебный": sheet_xml([["x"]])}
    path = write_parts(tmp_path / "list.xlsx", parts_of(sheets, hidden=["Служебный"]))
    with open_book(path, file_name=path.name, limits=LIMITS) as book:
        assert [sheet.hidden for sheet in book.sheets] == [False, True]
        assert [problem.code for problem in book.problems] == ["hidden_sheets"]
        assert "Служебный" in book.problems[0].message


def test_password_of_a_zip_part_is_told(tmp_path):
    path = write_book(tmp_path / "list.xlsx", HEADER)
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert refusal(path).code == "encrypted"
