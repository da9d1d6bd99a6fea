"""Turns values of a row into cells with formats and, for totals and shares, live formulas."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell

from common.workbooks.cells import Cell, cell_of
from common.workbooks.columns import Column, Formula, Marked
from common.workbooks.styles import Styles

DASH = "–"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Entry(NamedTuple):
    """A cell with its format and, for a formula, its expression with the addresses filled in."""

    cell: Cell
    format: Format
    expression: str | None = None


class Entries:
    """Makes the entries of one table; adds up the columns that have totals on the way."""

    def __init__(self, columns: Sequence[Column], styles: Styles) -> None:
        self.columns = columns
        self._styles = styles
        self._positions = {column.key: index for index, column in enumerate(columns) if column.key}
        self._summed = [index for index, column in enumerate(columns) if column.total and not column.ratio]
        self._ratios = [index for index, column in enumerate(columns) if column.ratio]
        self._sums: list[Fraction | int] = [0] * len(columns)
        self._counts = [0] * len(columns)
        # Looked up once: the translation of each cell would cost more than the cell.
        self._no_data = _("no data")

    def values(self, row: int, given: Mapping | Sequence) -> list[Any]:
        """Return the values of a data row in the order of columns, shares as formulas."""
        if isinstance(given, Mapping):
            values = [given.get(column.key) for column in self.columns]
        elif len(given) == len(self.columns):
            values = list(given)
        else:
            raise ValueError(f"a row has {len(given)} values, the sheet has {len(self.columns)} columns")
        for index in self._summed:
            self._add_up(index, plain(values[index]))
        for index in self._ratios:
            values[index] = self.ratio(row, self.columns[index], values)
        return values

    def entry(self, row: int, index: int, value: Any, *, total: bool = False) -> Entry:
        """Return the entry for one value of column ``index``."""
        column, tint, expression = self.columns[index], None, None
        if isinstance(value, Marked):
            value, tint = value.value, value.tint
        if isinstance(value, Formula):
            expression, value = self._expression(value, row), value.value
        cell = cell_of(value, column)
        return Entry(cell, self._styles.body(cell.style, column.places, tint, total=total), expression)

    def ratio(self, row: int, column: Column, values: Sequence[Any]) -> Formula:
        """Return the live share of two columns of a row: «no data», a dash for an empty base, or a share."""
        top, bottom = (plain(values[self.position(key)]) for key in column.ratio)
        numerator, denominator = (xl_rowcol_to_cell(row, self.position(key)) for key in column.ratio)
        if not (_is_number(top) and _is_number(bottom)):
            value: Any = self._no_data
        elif not bottom:
            value = DASH
        else:
            value = Fraction(top) / Fraction(bottom)
        quoted = self._no_data.replace('"', '""')
        return Formula(
            f'=IF(COUNT({numerator},{denominator})<2,"{quoted}",'
            f'IF({denominator}=0,"{DASH}",{numerator}/{denominator}))',
            value,
        )

    def total(self, index: int, first: int, last: int) -> Any:
        """Return the live total of column ``index`` over the rows ``first`` to ``last``."""
        if last < first:
            return 0
        function, value = "SUM", self._sums[index]
        if self.columns[index].total == "count":
            function, value = "COUNTA", self._counts[index]
        cells = f"{xl_rowcol_to_cell(first, index)}:{xl_rowcol_to_cell(last, index)}"
        return Formula(f"={function}({cells})", value)

    def position(self, key: str) -> int:
        """Return the position of the column with this key; ValueError when there is none."""
        try:
            return self._positions[key]
        except KeyError:
            raise ValueError(f"a formula names the column {key!r}, which the sheet does not have") from None

    def _expression(self, formula: Formula, row: int) -> str:
        return _PLACEHOLDER.sub(
            lambda match: xl_rowcol_to_cell(row, self.position(match[1])), formula.expression
        )

    def _add_up(self, index: int, value: Any) -> None:
        if value is None or value == "":
            return
        self._counts[index] += 1
        if _is_number(value):
            self._sums[index] += value if isinstance(value, int) else Fraction(value)


def plain(value: Any) -> Any:
    """Return the value itself, without its mark or formula."""
    if isinstance(value, Marked):
        value = value.value
    return value.value if isinstance(value, Formula) else value


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float, Decimal, Fraction)) and not isinstance(value, bool)
