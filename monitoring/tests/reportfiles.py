"""Builds reports for tests and reads them back as a person would: by captions, sheets and headings."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook

from common.reporting import BuiltFile, ReportContext, report_kinds
from orgs.scope import Scope

NBSP = "\u00a0"


def build_report(
    kind: str,
    municipality,
    *,
    year: int = 2021,
    organization=None,
    scope: Scope | None = None,
    as_of: date | None = None,
    progress=lambda done, total, text: None,
    **part,
) -> BuiltFile:
    """The file of one report, by default for the operator as of 31 December; ``part`` of a municipality."""
    report = report_kinds.get(kind)
    return report.build(
        ReportContext(
            scope=scope or Scope.everything(),
            municipality=municipality,
            organization=organization,
            year=year,
            as_of=as_of or date(year, 12, 31),
            format=report.formats[0],
            progress=progress,
            **part,
        )
    )


@dataclass(frozen=True)
class Letter:
    """A DOCX read back: paragraphs with plain spaces, tables by caption, alternative texts of pictures."""

    paragraphs: list[str]
    tables: dict[str, list[list[str]]]
    pictures: list[str]

    @property
    def text(self) -> str:
        """Everything that can be read, cells included."""
        cells = [cell for rows in self.tables.values() for row in rows for cell in row]
        return "\n".join([*self.paragraphs, *cells])

    def table(self, beginning: str) -> list[dict[str, str]]:
        """Rows by heading of the table whose caption begins so."""
        rows = next(rows for caption, rows in self.tables.items() if caption.startswith(beginning))
        return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]

    def section(self, beginning: str) -> str:
        """Paragraphs from a heading up to the next one that begins with a digit."""
        start = next(i for i, text in enumerate(self.paragraphs) if text.startswith(beginning))
        found = []
        for text in self.paragraphs[start + 1 :]:
            if text[:2].rstrip(".").isdigit() and not text[:4].isdigit():
                break
            found.append(text)
        return "\n".join(found)


def read_letter(built: BuiltFile) -> Letter:
    """The DOCX as it was written."""
    document = Document(io.BytesIO(built.content))
    paragraphs, tables, caption = [], {}, ""
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            text = part.text.replace(NBSP, " ")
            if text:
                paragraphs.append(text)
            if part.style.name == "Caption":
                caption = text.partition(" – ")[2]
        elif isinstance(part, Table):
            tables[caption] = [[cell.text.replace(NBSP, " ") for cell in row.cells] for row in part.rows]
    pictures = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    return Letter(paragraphs, tables, pictures)


def read_sheet(built: BuiltFile, name: str, *, formulas: bool = False) -> list[dict]:
    """Rows of a sheet by heading; values as cached, or the formulas themselves."""
    sheet = load_workbook(io.BytesIO(built.content), data_only=not formulas)[name]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    header = next(index for index, row in enumerate(rows) if sum(value is not None for value in row) > 2)
    if name == "По организациям":
        return _banded(rows, header)
    keys = [str(value).replace(NBSP, " ") for value in rows[header]]
    return [dict(zip(keys, row, strict=True)) for row in rows[header + 1 :] if any(row)]


def _banded(rows: list[list], band: int) -> list[dict]:
    """Keys are (number of the indicator, heading)."""
    keys, number = [], None
    for above, heading in zip(rows[band], rows[band + 1], strict=True):
        number = int(above.split(".")[0]) if above else number
        keys.append((number, heading.replace(NBSP, " ")) if number else heading)
    return [dict(zip(keys, row, strict=True)) for row in rows[band + 2 :] if any(row)]
