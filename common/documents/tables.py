"""Tables of a document, written as XML at once: python-docx is quadratic in the number of cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.table import CT_Tbl

from common.documents.package import readable
from common.documents.styles import TABLE

Align = Literal["left", "right", "center"]
NARROWEST, WIDEST, PADDING = 3, 40, 1.5
# Width of an average letter per point of type; Times New Roman needs less, but a
# machine without it takes a wider substitute.
TWIPS_PER_POINT = 13
SAMPLE_ROWS = 500
SIZES = (TABLE.pt, 11.0, 10.0)
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
    return readable(value)


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
    widths, size = _layout(columns, texts, width)
    grid = "".join(f'<w:gridCol w:w="{part}"/>' for part in widths)
    titles = [as_text(column.title) for column in columns]
    body = [_row(titles, widths, ["center"] * len(columns), size, bold=True, header=True)]
    aligns = [column.align for column in columns]
    last = len(texts) - 1
    body += [
        _row(
            row, widths, aligns, size, bold=has_total and index == last, keep=has_total and index == last - 1
        )
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
    size: float,
    *,
    bold: bool = False,
    header: bool = False,
    keep: bool = False,
) -> str:
    repeated = "<w:tblHeader/>" if header else ""
    cells = "".join(
        _cell(text, width, align, size, bold=bold, header=header, keep=keep)
        for text, width, align in zip(texts, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, align: Align, size: float, *, bold: bool, header: bool, keep: bool) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{HEADER_FILL}"/>' if header else ""
    middle = '<w:vAlign w:val="center"/>' if header else ""
    halves = int(size * 2)
    look = f'{"<w:b/>" if bold else ""}<w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/>'
    next_row = "<w:keepNext/>" if keep or header else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    ).replace("\t", " ")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}{middle}</w:tcPr><w:p><w:pPr>{next_row}'
        f'<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/><w:ind w:firstLine="0"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>{look}</w:rPr>{lines}</w:r></w:p></w:tc>'
    )


def _layout(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[str]], total: int
) -> tuple[list[int], float]:
    """Return the widths in twips and the type size: smaller type where words would break otherwise."""
    needed = [_needed(column, rows, index) for index, column in enumerate(columns)]
    least = sum(low for low, _ in needed)
    size = next((size for size in SIZES if least * size * TWIPS_PER_POINT <= total), SIZES[-1])
    if any(column.width is not None for column in columns):
        parts = [column.width if column.width is not None else 1.0 for column in columns]
    else:
        parts = _fitted(needed, total / (size * TWIPS_PER_POINT))
    widths = [int(total * part / sum(parts)) for part in parts]
    widths[-1] += total - sum(widths)
    return widths, size


def _fitted(needed: Sequence[tuple[float, float]], capacity: float) -> list[float]:
    """Give each column its longest word first, then share what is left by what each still wants."""
    least, wanted = sum(low for low, _ in needed), sum(high for _, high in needed)
    if least >= capacity or wanted <= least:
        return [low for low, _ in needed]
    share = (capacity - least) / (wanted - least)
    return [low + (high - low) * share for low, high in needed]


def _needed(column: TableColumn, rows: Sequence[Sequence[str]], index: int) -> tuple[float, float]:
    """Return the width in characters under which a word would break, and the one for single lines."""
    texts = [row[index] for row in rows[:SAMPLE_ROWS]]
    # A bold heading is wider than the text below it.
    heading = max((len(word) for word in as_text(column.title).split(" ")), default=1) * 1.15
    words = max((len(word) for text in texts for word in text.replace("\n", " ").split(" ")), default=1)
    # Totals are bold, so nearly as wide as headings.
    words *= 1.08
    longest = max((len(line) for text in texts for line in text.split("\n")), default=1)
    low = min(max(heading, words, NARROWEST), WIDEST) + PADDING
    return low, max(low, min(longest, WIDEST * 2) + PADDING)
