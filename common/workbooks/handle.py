"""Where things stand on a written sheet, for charts and formulas on other sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from common.workbooks.columns import Column


@dataclass(slots=True)
class SheetHandle:
    """Addresses of a sheet's header, rows and totals.

    Row numbers count from zero; ``width`` of the whole table is in characters.
    """

    name: str
    columns: Sequence[Column]
    worksheet: Worksheet
    header_row: int
    first_row: int
    last_row: int
    totals_row: int | None = None
    next_free_row: int = 0
    width: float = 0.0

    @property
    def row_count(self) -> int:
        """Number of data rows."""
        return self.last_row - self.first_row + 1

    def index(self, key: str) -> int:
        """Return the column's position from zero; KeyError when the sheet has no such column."""
        for position, column in enumerate(self.columns):
            if column.key == key:
                return position
        raise KeyError(f"sheet {self.name!r} has no column {key!r}")

    def cell(self, key: str, row: int) -> str:
        """Return the address on this sheet of data row ``row`` (from zero), such as «C7»."""
        return xl_rowcol_to_cell(self.first_row + row, self.index(key))

    def cell_ref(self, key: str, row: int) -> str:
        """Return the full address of a data cell for a formula on another sheet."""
        return self._reference(self.first_row + row, self.index(key))

    def total_ref(self, key: str) -> str:
        """Return the full address of the column's total; ValueError when the sheet has no totals."""
        if self.totals_row is None:
            raise ValueError(f"sheet {self.name!r} has no row of totals")
        return self._reference(self.totals_row, self.index(key))

    def range_ref(self, key: str) -> str:
        """Return the full address of the column's data cells; ValueError when there are no rows."""
        if not self.row_count:
            raise ValueError(f"sheet {self.name!r} has no rows")
        column = self.index(key)
        first, last = (
            xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
            for row in (self.first_row, self.last_row)
        )
        return f"{quote_sheetname(self.name)}!{first}:{last}"

    def _reference(self, row: int, column: int) -> str:
        cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        return f"{quote_sheetname(self.name)}!{cell}"
