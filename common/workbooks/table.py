"""Writes one table: lines above it, header, rows, totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from common.workbooks.cells import Cell, cell_of, safe_text, write_text
from common.workbooks.columns import Column, Formula, Marked
from common.workbooks.handle import SheetHandle
from common.workbooks.styles import Styles
from common.workbooks.widths import (
    HEADING_SPARE,
    SAMPLE_ROWS,
    ColumnWidth,
    lines_needed,
    row_height,
    wrapped_lines,
)

MOST_ROWS = 1_048_576
# Excel opens a sheet with more links as damaged; the rest stays readable text.
MOST_LINKS = 65_000
DASH = "–"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class WorkbookLimitError(ValueError):
    """The rows do not fit on a worksheet; the message says how many do."""


class Entry(NamedTuple):
    """A cell with its format and, for a formula, its expression with the addresses filled in."""

    cell: Cell
    format: Format
    expression: str | None = None


class TableWriter:
    """Writes the cells of one sheet, top to bottom (the order that constant memory asks for)."""

    def __init__(self, worksheet: Worksheet, columns: Sequence[Column], styles: Styles) -> None:
        self.worksheet = worksheet
        self.columns = columns
        self.styles = styles
        self.positions = {column.key: index for index, column in enumerate(columns) if column.key}
        self.widths = [ColumnWidth(column) for column in columns]
        self._sums: list[Fraction] = [Fraction(0)] * len(columns)
        self._counts = [0] * len(columns)

    def write(self, heading_lines: Sequence[str], header_row: int, rows: Iterable[Mapping | Sequence]) -> int:
        """Write everything but the totals; return the number of the last row (the header's if none).

        The first rows are read ahead, because the widths decide how high the lines above them are.
        """
        first = header_row + 1
        entries = self._entries(first, rows)
        sample = list(islice(entries, SAMPLE_ROWS))
        for entry_row in sample:
            for width, entry in zip(self.widths, entry_row, strict=True):
                width.see(entry.cell)
        widths = self.column_widths()
        self._write_headings(heading_lines, sum(widths))
        self._write_header(header_row, widths)
        row = header_row
        for row, entry_row in enumerate(chain(sample, entries), start=first):
            lines = max(map(lines_needed, (entry.cell for entry in entry_row), widths), default=1)
            if lines > 1:
                self.worksheet.set_row(row, row_height(lines))
            for index, entry in enumerate(entry_row):
                self._put(row, index, entry)
        return row

    def column_widths(self) -> list[float]:
        """Return the width of each column in characters, by what was seen so far."""
        return [width.width() for width in self.widths]

    def write_totals(self, handle: SheetHandle, row: int, totals: str | Mapping[str, Any]) -> None:
        """Write the totals as live formulas over the rows; given values stand as they are."""
        given = {} if isinstance(totals, str) else dict(totals)
        results: list[Any] = [None] * len(self.columns)
        label_at = self._label_position(given) if isinstance(totals, str) else None
        for index, column in enumerate(self.columns):
            if column.key in given:
                results[index] = given[column.key]
            elif index == label_at:
                results[index] = totals
            elif column.total:
                results[index] = self._total(handle, index)
        for index, column in enumerate(self.columns):
            if column.ratio and column.key not in given and index != label_at:
                top, bottom = (results[self._position(key)] for key in column.ratio)
                results[index] = self._ratio(row, column, _plain(top), _plain(bottom))
        for index, value in enumerate(results):
            entry = self._entry(row, index, value, total=True)
            self.widths[index].see(entry.cell)
            self._put(row, index, entry)

    def _write_headings(self, lines: Sequence[str], total_width: float) -> None:
        last_column = len(self.columns) - 1
        for row, line in enumerate(lines):
            text, is_title = safe_text(line), row == 0
            # The title's letters are larger and bold.
            needed = wrapped_lines(text, total_width / (1.45 if is_title else 1.0))
            if needed > 1 and last_column > 0:
                style = self.styles.wrapped_title if is_title else self.styles.wrapped_heading
                self.worksheet.merge_range(row, 0, row, last_column, "", style)
                # Merged cells do not grow by themselves.
                self.worksheet.set_row(row, row_height(needed, 20 if is_title else 15))
            else:
                style = self.styles.title if is_title else self.styles.heading
            self._put_text(row, 0, text, style)

    def _write_header(self, row: int, widths: Sequence[float]) -> None:
        titles = [safe_text(column.title) for column in self.columns]
        arrows = [max(width - HEADING_SPARE, 4) for width in widths]
        self.worksheet.set_row(row, row_height(max(map(wrapped_lines, titles, arrows), default=1)) + 4)
        for index, column in enumerate(self.columns):
            self._put_text(row, index, titles[index], self.styles.header)
            if column.note:
                self.worksheet.write_comment(
                    row, index, safe_text(column.note), {"x_scale": 2, "font_size": 10}
                )

    def _entries(self, first: int, rows: Iterable[Mapping | Sequence]) -> Iterator[list[Entry]]:
        for row, values in enumerate(rows, start=first):
            if row >= MOST_ROWS:
                raise WorkbookLimitError(
                    _("A sheet holds at most %(count)d rows. Narrow the selection.")
                    % {"count": MOST_ROWS - first}
                )
            yield self._entry_row(row, self._values(values))

    def _values(self, row: Mapping | Sequence) -> list[Any]:
        if isinstance(row, Mapping):
            return [row.get(column.key) for column in self.columns]
        if len(row) != len(self.columns):
            raise ValueError(f"a row has {len(row)} values, the sheet has {len(self.columns)} columns")
        return list(row)

    def _entry_row(self, row: int, values: list[Any]) -> list[Entry]:
        for index, column in enumerate(self.columns):
            if column.ratio:
                top, bottom = (_plain(values[self._position(key)]) for key in column.ratio)
                values[index] = self._ratio(row, column, top, bottom)
            elif column.total:
                self._add_up(index, _plain(values[index]))
        return [self._entry(row, index, value) for index, value in enumerate(values)]

    def _entry(self, row: int, index: int, value: Any, *, total: bool = False) -> Entry:
        column, tint, expression = self.columns[index], None, None
        if isinstance(value, Marked):
            value, tint = value.value, value.tint
        if isinstance(value, Formula):
            expression, value = self._expression(value, row), value.value
        cell = cell_of(value, column)
        return Entry(cell, self.styles.body(cell.style, column.places, tint, total=total), expression)

    def _put(self, row: int, index: int, entry: Entry) -> None:
        (kind, value, _style), cell_format, expression = entry
        if expression is not None:
            cached = "" if kind == "blank" else value
            self.worksheet.write_formula(row, index, expression, cell_format, cached)
        elif kind == "blank":
            self.worksheet.write_blank(row, index, None, cell_format)
        elif kind == "number":
            self.worksheet.write_number(row, index, value, cell_format)
        elif kind == "link" and self.worksheet.hlink_count < MOST_LINKS:
            self.worksheet.write_url(row, index, value, cell_format, value)
        else:
            self._put_text(row, index, value, cell_format)

    def _put_text(self, row: int, column: int, text: str, cell_format: Format) -> None:
        write_text(self.worksheet, row, column, text, cell_format, self.styles.plain)

    def _expression(self, formula: Formula, row: int) -> str:
        return _PLACEHOLDER.sub(
            lambda match: xl_rowcol_to_cell(row, self._position(match[1])), formula.expression
        )

    def _position(self, key: str) -> int:
        try:
            return self.positions[key]
        except KeyError:
            raise ValueError(f"a formula names the column {key!r}, which the sheet does not have") from None

    def _ratio(self, row: int, column: Column, top: Any, bottom: Any) -> Formula:
        numerator, denominator = (xl_rowcol_to_cell(row, self._position(key)) for key in column.ratio)
        no_data = _("no data")
        if not (_is_number(top) and _is_number(bottom)):
            value: Any = no_data
        elif not bottom:
            value = DASH
        else:
            value = Fraction(top) / Fraction(bottom)
        quoted = no_data.replace('"', '""')
        return Formula(
            f'=IF(COUNT({numerator},{denominator})<2,"{quoted}",'
            f'IF({denominator}=0,"{DASH}",{numerator}/{denominator}))',
            value,
        )

    def _total(self, handle: SheetHandle, index: int) -> Any:
        function, value = "SUM", self._sums[index]
        if self.columns[index].total == "count":
            function, value = "COUNTA", Fraction(self._counts[index])
        if not handle.row_count:
            return 0
        first = xl_rowcol_to_cell(handle.first_row, index)
        last = xl_rowcol_to_cell(handle.last_row, index)
        exact = int(value) if value.denominator == 1 else value
        return Formula(f"={function}({first}:{last})", exact)

    def _add_up(self, index: int, value: Any) -> None:
        if value is None or value == "":
            return
        self._counts[index] += 1
        if self.columns[index].total == "sum" and _is_number(value):
            self._sums[index] += Fraction(value)

    def _label_position(self, given: Mapping) -> int:
        for index, column in enumerate(self.columns):
            free = not (column.total or column.ratio or column.hidden or column.key in given)
            if free and not column.is_numeric:
                return index
        return 0


def _plain(value: Any) -> Any:
    if isinstance(value, Marked):
        value = value.value
    return value.value if isinstance(value, Formula) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal, Fraction)) and not isinstance(value, bool)
