"""What a person has corrected in a sheet on the page: other values in cells, rows left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from common.sheets.values import Row


@dataclass(slots=True)
class Corrections:
    """New texts by row number and column index; an empty text empties the cell."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    excluded: frozenset[int] = frozenset()

    def apply(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows as they are after the corrections, without the excluded ones."""
        for row in rows:
            if row.number in self.excluded:
                continue
            own = self.cells.get(row.number)
            yield self.corrected(row, own) if own else row

    @staticmethod
    def corrected(row: Row, own: dict[int, str]) -> Row:
        """One row with its new values."""
        width = max(len(row.values), max(own) + 1)
        values = [*row.values, *[None] * (width - len(row.values))]
        for index, text in own.items():
            values[index] = text.strip() or None
        return Row(row.number, tuple(values))
