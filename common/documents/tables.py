"""Tables of a document, written as XML at once: python-docx is quadratic in the number of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl

from common.documents.styles import TABLE
from common.xmltext import xml_safe

Align = Literal["left", "right", "center"]
NARROWEST, WIDEST = 5, 60
HEADER_FILL = "EEF2F7"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: ``width`` is its part relative to other columns, by default from the content."""

    title: str
    align: Align = "left"
    width: float | None = None


def as_text(value: Any) -> str:
    """Return a cell's text: no «None», digits of integers grouped by no-break spaces."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}".replace(",", "\u00a0").replace("-", "−")
    return xml_safe(str(value))


def table_xml(
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Any]],
    *,
    width: int,
    summary: str,
    has_total: bool = False,
) -> CT_Tbl:
    """Return the table element, ``width`` twips wide; the header repeats on every page.

    Rows do not break between pages; the last one is bold when ``has_total``. ValueError when a row
    has another number of cells than there are columns.
    """
    texts = [[as_text(value) for value in row] for row in rows]
    for row in texts:
        if len(row) != len(columns):
            raise ValueError(f"a row has {len(row)} cells, the table has {len(columns)} columns")
    widths = _widths(columns, texts, width)
    grid = "".join(f'<w:gridCol w:w="{part}"/>' for part in widths)
    titles = [as_text(column.title) for column in columns]
    body = [_row(titles, widths, ["center"] * len(columns), bold=True, header=True)]
    aligns = [column.align for column in columns]
    last = len(texts) - 1
    body += [
        _row(row, widths, aligns, bold=has_total and index == last, keep=has_total and index == last - 1)
        for index, row in enumerate(texts)
    ]
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        f'w:noHBand="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(as_text(summary))}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(body)}</w:tbl>"
    )


def _row(
    texts: Sequence[str],
    widths: Sequence[int],
    aligns: Sequence[Align],
    *,
    bold: bool = False,
    header: bool = False,
    keep: bool = False,
) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    cells = "".join(
        _cell(text, width, align, bold=bold, header=header, keep=keep)
        for text, width, align in zip(texts, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, align: Align, *, bold: bool, header: bool, keep: bool) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADER_FILL}"/>' if header else ""
    middle = '<w:vAlign w:val="center"/>' if header else ""
    size = int(TABLE.pt * 2)
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    next_row = "<w:keepNext/>" if keep or header else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    ).replace("\t", " ")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}{middle}</w:tcPr><w:p><w:pPr>{next_row}'
        f'<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{look}</w:rPr>{lines}</w:r></w:p></w:tc>'
    )


def _widths(columns: Sequence[TableColumn], rows: Sequence[Sequence[str]], total: int) -> list[int]:
    parts = [
        column.width if column.width is not None else _wanted(column, [row[index] for row in rows])
        for index, column in enumerate(columns)
    ]
    widths = [int(total * part / sum(parts)) for part in parts]
    widths[-1] += total - sum(widths)
    return widths


def _wanted(column: TableColumn, texts: Sequence[str]) -> float:
    """Estimate a column's part: no word is broken, long text is folded."""
    title_words = (len(word) for word in str(column.title).split())
    # A bold heading is wider than the text below it.
    heading = max(title_words, default=1) * 1.2
    words = max((len(word) for text in texts[:500] for word in text.split()), default=1)
    longest = max((len(text) for text in texts[:500]), default=1)
    folded = min(longest, max(words, longest**0.5 * 3.2))
    return min(max(heading, folded, NARROWEST), WIDEST) + 1.5
