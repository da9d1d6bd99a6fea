"""Workbooks written for a test and read back."""

import datetime as dt
import io
import zipfile

from lxml import etree
from openpyxl import load_workbook

from common.workbooks import (
    WorkbookWriter,
)

CREATED = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


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
