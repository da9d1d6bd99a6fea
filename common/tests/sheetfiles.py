"""Builders of workbooks for the tests of the reader: bytes by hand, so that broken ones can be made too."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
HEADER = ["Фамилия", "Имя", "Отчество", "Дата рождения", "Класс"]
PUPIL = ["Иванов", "Пётр", "Сергеевич", "17.05.2010", "7А"]
# Cell styles of styles.xml below: 0 general, 1 date, 2 date with time, 3 time.
DATE_STYLE, DATETIME_STYLE, TIME_STYLE = 1, 2, 3
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>'
)


def letters(index: int) -> str:
    """Return the column letters without the code under test (up to ZZ)."""
    return (chr(64 + index // 26) if index >= 26 else "") + chr(65 + index % 26)


def cell(value, address: str) -> str:
    """Return the XML of a cell; a string that starts with «<c» is taken as ready XML."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith("<c"):
        return value
    if isinstance(value, bool):
        return f'<c r="{address}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{address}"><v>{value}</v></c>'
    text = escape(value, {"\r": "&#13;"})
    return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def sheet_xml(rows, *, first: int = 1, after: str = "", before: str = "", prolog: str = "") -> str:
    """Return a worksheet; a row is a list of values, None for an absent row, or ready XML."""
    parts = []
    for number, row in enumerate(rows, start=first):
        if isinstance(row, str):
            parts.append(row)
        elif row is not None:
            cells = "".join(cell(value, f"{letters(i)}{number}") for i, value in enumerate(row))
            parts.append(f'<row r="{number}">{cells}</row>')
    body = f"<sheetData>{''.join(parts)}</sheetData>"
    return f'{DECLARATION}{prolog}<worksheet xmlns="{MAIN}">{before}{body}{after}</worksheet>'


def merge(*ranges: str) -> str:
    """Return the element that merges the ranges; goes after the rows."""
    return f"<mergeCells>{''.join(f'<mergeCell ref={quoteattr(each)}/>' for each in ranges)}</mergeCells>"


def parts_of(sheets: dict[str, str], *, hidden=(), properties: str = "") -> dict[str, str]:
    """Return the parts of a package with these sheets (name: XML)."""
    listed, relations, overrides = [], [], []
    parts = {}
    for number, (name, xml) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        listed.append(f'<sheet name={quoteattr(name)} sheetId="{number}"{state} r:id="rId{number}"/>')
        relations.append(
            f'<Relationship Id="rId{number}" Type="{RELATIONS}/worksheet" '
            f'Target="worksheets/sheet{number}.xml"/>'
        )
        overrides.append(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = xml
    relations.append(f'<Relationship Id="rId900" Type="{RELATIONS}/styles" Target="styles.xml"/>')
    return {
        "[Content_Types].xml": (
            f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType='
            '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
            f"{''.join(overrides)}</Types>"
        ),
        "_rels/.rels": (
            f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">{properties}'
            f"<sheets>{''.join(listed)}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
            f"{''.join(relations)}</Relationships>"
        ),
        "xl/styles.xml": STYLES,
        **parts,
    }


def write_parts(path: Path, parts: dict[str, str | bytes]) -> Path:
    """Write a package of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def write_book(path: Path, *rows, name: str = "Наставляемые", **options) -> Path:
    """Write a workbook with one sheet of these rows."""
    return write_parts(path, parts_of({name: sheet_xml(rows, **options)}))


def write_ods(path: Path, rows, *, content: str | None = None) -> Path:
    """Write an OpenDocument sheet of text cells."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(v)}</text:p></table:table-cell>'
            for v in row
        )
        + "</table:table-row>"
        for row in rows
    )
    namespace = "urn:oasis:names:tc:opendocument:xmlns"
    return write_parts(
        path,
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": (
                f'{DECLARATION}<manifest:manifest xmlns:manifest="{namespace}:manifest:1.0">'
                '<manifest:file-entry manifest:full-path="/" '
                'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
            ),
            "content.xml": content
            or (
                f'{DECLARATION}<office:document-content xmlns:office="{namespace}:office:1.0" '
                f'xmlns:table="{namespace}:table:1.0" xmlns:text="{namespace}:text:1.0"><office:body>'
                f'<office:spreadsheet><table:table table:name="Лист1">{cells}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
        },
    )
