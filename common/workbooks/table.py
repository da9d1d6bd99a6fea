"""Writes one table: lines above it, header, rows, totals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from common.workbooks.cells import Cell, cell_of, safe_text
from common.workbooks.columns import Column, Formula, Marked
from common.workbooks.handle import SheetHandle
from common.workbooks.styles import Styles
from common.workbooks.widths import SAMPLE_ROWS, ColumnWidth

MOST_ROWS = 1_048_576
# Excel opens a sheet with more links as damaged; the rest stays readable text.
MOST_LINKS = 65_000
DASH = "–"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class WorkbookLimitError(ValueError):
    """The rows do not fit on a worksheet; the message says how many do."""


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

    def write_header(self, row: int) -> None:
        """Write the headings, with their hints as notes."""
        for index, column in enumerate(self.columns):
            self.write_text(row, index, safe_text(column.title), self.styles.header)
            if column.note:
                self.worksheet.write_comment(
                    row, index, safe_text(column.note), {"x_scale": 2, "font_size": 10}
                )

    def write_rows(self, first: int, rows: Iterable[Mapping | Sequence]) -> int:
        """Write the rows from ``first`` on and return the number of the last one (first - 1 if none)."""
        row = first - 1
        for row, values in enumerate(rows, start=first):
            if row >= MOST_ROWS:
                raise WorkbookLimitError(
                    _("A sheet holds at most %(count)d rows. Narrow the selection.")
                    % {"count": MOST_ROWS - first}
                )
            self._write_row(row, self._values(values), sampled=row - first < SAMPLE_ROWS)
        return row

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
            self._write(row, index, value, total=True, sampled=True)

    def write_text(self, row: int, column: int, text: str, cell_format: Any) -> None:
        """Write ``text`` as a string cell, whatever it looks like."""
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a string for its own rich-text markup and writes it unescaped.
            plain = self.styles.plain
            self.worksheet.write_rich_string(row, column, text[:1], plain, text[1:], cell_format)
        else:
            self.worksheet.write_string(row, column, text, cell_format)

    def _values(self, row: Mapping | Sequence) -> list[Any]:
        if isinstance(row, Mapping):
            return [row.get(column.key) for column in self.columns]
        if len(row) != len(self.columns):
            raise ValueError(f"a row has {len(row)} values, the sheet has {len(self.columns)} columns")
        return list(row)

    def _write_row(self, row: int, values: list[Any], *, sampled: bool) -> None:
        for index, column in enumerate(self.columns):
            if column.ratio:
                top, bottom = (_plain(values[self._position(key)]) for key in column.ratio)
                values[index] = self._ratio(row, column, top, bottom)
            elif column.total:
                self._add_up(index, _plain(values[index]))
            self._write(row, index, values[index], sampled=sampled)

    def _write(self, row: int, index: int, value: Any, *, total: bool = False, sampled: bool) -> None:
        column, tint = self.columns[index], None
        if isinstance(value, Marked):
            value, tint = value.value, value.tint
        formula = value if isinstance(value, Formula) else None
        cell = cell_of(formula.value if formula else value, column)
        if sampled:
            self.widths[index].see(cell)
        cell_format = self.styles.body(cell.style, column.places, tint, total=total)
        if formula:
            cached = "" if cell.kind == "blank" else cell.value
            self.worksheet.write_formula(row, index, self._expression(formula, row), cell_format, cached)
        else:
            self._put(row, index, cell, cell_format)

    def _put(self, row: int, index: int, cell: Cell, cell_format: Any) -> None:
        if cell.kind == "blank":
            self.worksheet.write_blank(row, index, None, cell_format)
        elif cell.kind == "number":
            self.worksheet.write_number(row, index, cell.value, cell_format)
        elif cell.kind == "link" and self.worksheet.hlink_count < MOST_LINKS:
            self.worksheet.write_url(row, index, cell.value, cell_format, cell.value)
        else:
            self.write_text(row, index, cell.value, cell_format)

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
