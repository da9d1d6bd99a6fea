"""Writes one table: lines above it, header, rows, totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from common.workbooks.cells import safe_text, write_text
from common.workbooks.columns import Column
from common.workbooks.entries import Entries
from common.workbooks.handle import SheetHandle
from common.workbooks.sinks import CellSink, RowSink
from common.workbooks.styles import Styles
from common.workbooks.widths import HEADING_SPARE, SAMPLE_ROWS, ColumnWidth, row_height, wrapped_lines

MOST_ROWS = 1_048_576


class WorkbookLimitError(ValueError):
    """The rows do not fit on a worksheet; the message says how many do."""


class TableWriter:
    """Writes the cells of one sheet, top to bottom (the order that constant memory asks for)."""

    def __init__(
        self, worksheet: Worksheet, columns: Sequence[Column], styles: Styles, *, streaming: bool
    ) -> None:
        self.worksheet = worksheet
        self.columns = columns
        self._styles = styles
        self._entries = Entries(columns, styles)
        self._widths = [ColumnWidth(column) for column in columns]
        self._sink = (RowSink if streaming else CellSink)(worksheet, self._entries, styles)

    def write(self, heading_lines: Sequence[str], header_row: int, rows: Iterable[Mapping | Sequence]) -> int:
        """Write everything but the totals; return the number of the last row (the header's if none).

        The first rows are read ahead, because the widths decide how high the lines above them are.
        """
        first = header_row + 1
        remaining = self._numbered(first, rows)
        sample = list(islice(remaining, SAMPLE_ROWS))
        for row, values in sample:
            for index, value in enumerate(values):
                self._widths[index].see(self._entries.entry(row, index, value).cell)
        widths = self.column_widths()
        self._write_headings(heading_lines, sum(widths))
        self._write_header(header_row, widths)
        self._sink.begin(first, widths)
        row = header_row
        for row, values in chain(sample, remaining):
            self._sink.row(row, values)
        self._sink.end(row)
        return row

    def write_totals(self, handle: SheetHandle, row: int, totals: str | Mapping[str, Any]) -> None:
        """Write the totals as live formulas over the rows; given values stand as they are."""
        given = {} if isinstance(totals, str) else dict(totals)
        label_at = self._label_position() if isinstance(totals, str) else None
        results: list[Any] = [None] * len(self.columns)
        for index, column in enumerate(self.columns):
            if column.key in given:
                results[index] = given[column.key]
            elif index == label_at:
                results[index] = totals
            elif column.total and not column.ratio:
                results[index] = self._entries.total(index, handle.first_row, handle.last_row)
        for index, column in enumerate(self.columns):
            if column.ratio and column.key not in given and index != label_at:
                results[index] = self._entries.ratio(row, column, results)
        for index, value in enumerate(results):
            entry = self._entries.entry(row, index, value, total=True)
            self._widths[index].see(entry.cell)
            self._sink.put(row, index, entry)

    def column_widths(self) -> list[float]:
        """Return the width of each column in characters, by what was seen so far."""
        return [width.width() for width in self._widths]

    def _numbered(self, first: int, rows: Iterable[Mapping | Sequence]) -> Iterator[tuple[int, list[Any]]]:
        for row, given in enumerate(rows, start=first):
            if row >= MOST_ROWS:
                raise WorkbookLimitError(
                    _("A sheet holds at most %(count)d rows. Narrow the selection.")
                    % {"count": MOST_ROWS - first}
                )
            yield row, self._entries.values(row, given)

    def _write_headings(self, lines: Sequence[str], total_width: float) -> None:
        last_column = len(self.columns) - 1
        for row, line in enumerate(lines):
            text, is_title = safe_text(line), row == 0
            # The title's letters are larger and bold.
            needed = wrapped_lines(text, total_width / (1.45 if is_title else 1.0))
            if needed > 1 and last_column > 0:
                style = self._styles.wrapped_title if is_title else self._styles.wrapped_heading
                self.worksheet.merge_range(row, 0, row, last_column, "", style)
                # Merged cells do not grow by themselves.
                self.worksheet.set_row(row, row_height(needed, 20 if is_title else 15))
            else:
                style = self._styles.title if is_title else self._styles.heading
            self._put_text(row, 0, text, style)

    def _write_header(self, row: int, widths: Sequence[float]) -> None:
        titles = [safe_text(column.title) for column in self.columns]
        arrows = [max(width - HEADING_SPARE, 4) for width in widths]
        self.worksheet.set_row(row, row_height(max(map(wrapped_lines, titles, arrows), default=1)) + 4)
        for index, column in enumerate(self.columns):
            self._put_text(row, index, titles[index], self._styles.header)
            if column.note:
                self.worksheet.write_comment(
                    row, index, safe_text(column.note), {"x_scale": 2, "font_size": 10}
                )

    def _put_text(self, row: int, column: int, text: str, cell_format: Format) -> None:
        write_text(self.worksheet, row, column, text, cell_format, self._styles.plain)

    def _label_position(self) -> int:
        """Return where the word of the totals row stands: in the first column of words."""
        for index, column in enumerate(self.columns):
            if not (column.total or column.ratio or column.hidden or column.is_numeric):
                return index
        return 0
