"""Where entries go: through XlsxWriter cell by cell, or as finished rows of XML.

The second way serves exports of any length. XlsxWriter in constant memory keeps each row as Python
objects and formats every cell anew; here a row becomes text at once and joins the file of rows that
XlsxWriter keeps for its sheet. What is used of its inner parts stands in ``RowSink`` only, and the
tests compare both ways cell by cell, so an upgrade that moves those parts cannot pass unnoticed.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from common.workbooks.cells import FIRST_DATE, LARGEST_INTEGER, safe_text, write_text
from common.workbooks.columns import Column
from common.workbooks.entries import Entries, Entry
from common.workbooks.styles import Styles
from common.workbooks.widths import lines_needed, row_height, unfolded_length

# Excel opens a sheet with more links as damaged; the rest stays readable text.
MOST_LINKS = 65_000
# Text with none of these goes into the file as it is: markup, control characters, the format's own
# escapes, spaces at either end.
_NEEDS_CARE = re.compile("[&<>\x00-\x1f\ud800-\udfff\ufffe\uffff]|_x|^\\s|\\s$")
_ESCAPE_LOOKALIKE = re.compile("_x(?=[0-9a-fA-F]{4}_)")
_LINE_END = re.compile("[\n\r]")
_PLAIN_LENGTH = 16_000
_ORDINAL_OF_EPOCH = dt.date(1899, 12, 30).toordinal()


class CellSink:
    """Writes entries through the public functions of XlsxWriter."""

    def __init__(self, worksheet: Worksheet, entries: Entries, styles: Styles) -> None:
        self._worksheet = worksheet
        self._entries = entries
        self._plain = styles.plain

    def begin(self, row: int, widths: Sequence[float]) -> None:
        """Take the column widths, on which the heights of rows depend."""
        self._widths = widths

    def row(self, row: int, values: Sequence[Any]) -> None:
        """Write a data row, high enough for its folded text."""
        entries = [self._entries.entry(row, index, value) for index, value in enumerate(values)]
        lines = max(map(lines_needed, (entry.cell for entry in entries), self._widths), default=1)
        if lines > 1:
            self._worksheet.set_row(row, row_height(lines))
        for index, entry in enumerate(entries):
            self.put(row, index, entry)

    def put(self, row: int, index: int, entry: Entry) -> None:
        """Write one cell."""
        (kind, value, _style), cell_format, expression = entry
        if expression is not None:
            cached = "" if kind == "blank" else value
            self._worksheet.write_formula(row, index, expression, cell_format, cached)
        elif kind == "blank":
            self._worksheet.write_blank(row, index, None, cell_format)
        elif kind == "number":
            self._worksheet.write_number(row, index, value, cell_format)
        elif kind == "link" and self._worksheet.hlink_count < MOST_LINKS:
            self._worksheet.write_url(row, index, value, cell_format, value)
        else:
            write_text(self._worksheet, row, index, value, cell_format, self._plain)

    def end(self, row: int) -> None:
        """Nothing is left to do: XlsxWriter keeps count itself."""


class RowSink(CellSink):
    """Writes data rows as XML into the row file of a worksheet in constant memory."""

    def begin(self, row: int, widths: Sequence[float]) -> None:
        """Let XlsxWriter finish the rows above and take over its file."""
        super().begin(row, widths)
        self._worksheet._write_single_row(row)
        self._write = self._worksheet.row_data_fh.write
        columns = self._entries.columns
        self._encoders = [self._encoder(index, column) for index, column in enumerate(columns)]
        self._folding = [
            (index, unfolded_length(widths[index]))
            for index, column in enumerate(columns)
            if column.kind in {"text", "link"}
        ]

    def row(self, row: int, values: Sequence[Any]) -> None:
        """Write a data row at once."""
        number = str(row + 1)
        height = ""
        for index, limit in self._folding:
            value = values[index]
            if value is None or (type(value) is str and len(value) <= limit and not _LINE_END.search(value)):
                continue
            height = self._height(row, values)
            break
        cells = [encode(number, value) for encode, value in zip(self._encoders, values, strict=True)]
        self._write(f'<row r="{number}"{height}>{"".join(cells)}</row>')

    def end(self, row: int) -> None:
        """Tell XlsxWriter how far the rows went."""
        self._worksheet.previous_row = row + 1
        self._worksheet.dim_rowmax = max(self._worksheet.dim_rowmax, row)

    def _height(self, row: int, values: Sequence[Any]) -> str:
        cells = (self._entries.entry(row, index, values[index]).cell for index, _limit in self._folding)
        widths = (self._widths[index] for index, _limit in self._folding)
        lines = max(map(lines_needed, cells, widths), default=1)
        return f' ht="{row_height(lines):g}" customHeight="1"' if lines > 1 else ""

    def _encoder(self, index: int, column: Column) -> Callable[[str, Any], str]:
        """Return the function for one column: the usual types at once, all others with full care."""
        start = f'<c r="{xl_col_to_name(index)}'

        def opening(sample: Any) -> str:
            entry = self._entries.entry(0, index, sample)
            return f'" s="{entry.format._get_xf_index()}"'

        blank = f"{opening(None)}/>"
        text = f'{opening("а")} t="inlineStr"><is><t>'
        whole = f"{opening(1)}><v>"
        decimal = f"{opening(0.5)}><v>"
        day = f"{opening(FIRST_DATE)}><v>"
        is_link = column.kind == "link"

        def encode(number: str, value: Any) -> str:
            kind = type(value)
            if kind is str and not is_link:
                if value and len(value) < _PLAIN_LENGTH and not _NEEDS_CARE.search(value):
                    return f"{start}{number}{text}{value}</t></is></c>"
            elif value is None:
                return f"{start}{number}{blank}"
            elif kind is int:
                if -LARGEST_INTEGER < value < LARGEST_INTEGER:
                    return f"{start}{number}{whole}{value}</v></c>"
            elif kind is float and math.isfinite(value):
                return f"{start}{number}{decimal}{value:.16G}</v></c>"
            elif kind is dt.date and value >= FIRST_DATE:
                return f"{start}{number}{day}{value.toordinal() - _ORDINAL_OF_EPOCH}</v></c>"
            return self._careful(start, number, index, value)

        return encode

    def _careful(self, start: str, number: str, index: int, value: Any) -> str:
        row = int(number) - 1
        (kind, content, _style), cell_format, expression = self._entries.entry(row, index, value)
        head = f'{start}{number}" s="{cell_format._get_xf_index()}"'
        if kind == "link" and expression is None and self._worksheet.hlink_count < MOST_LINKS:
            # Only the link is stored; its cell is written below like any text.
            self._worksheet.ignore_write_string = True
            self._worksheet.write_url(row, index, content, cell_format, content)
            self._worksheet.ignore_write_string = False
        if expression is not None:
            cached = "" if kind == "blank" else _escaped(str(content))
            kind_mark = "" if kind == "number" else ' t="str"'
            return f"{head}{kind_mark}><f>{_escaped(expression[1:])}</f><v>{cached}</v></c>"
        if kind == "blank":
            return f"{head}/>"
        if kind == "number":
            return f"{head}><v>{content:.16G}</v></c>"
        kept = ' xml:space="preserve"' if content != content.strip() else ""
        return f'{head} t="inlineStr"><is><t{kept}>{_escaped(content)}</t></is></c>'


def _escaped(text: str) -> str:
    text = _ESCAPE_LOOKALIKE.sub("_x005F_x", safe_text(text))
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
