"""Column widths by content, measured on the first rows."""

from __future__ import annotations

from common.workbooks.cells import Cell
from common.workbooks.columns import Column

SAMPLE_ROWS = 1_000
NARROWEST = 6.0
WIDEST = 46.0
# Room for the cell's margins and for the arrow of the filter in a heading.
MARGIN = 1.7
FILTER_ARROW = 2.6
# A bold or capital letter is wider than the digit in which Excel measures widths.
LETTER = 1.08
FIXED = {"date": 11.5, "datetime": 17.0}


class ColumnWidth:
    """Collects the lengths seen in one column and answers its width in characters."""

    __slots__ = ("_column", "_longest", "_words")

    def __init__(self, column: Column) -> None:
        self._column = column
        self._longest = 0.0
        self._words = 0.0

    def see(self, cell: Cell) -> None:
        """Take one cell into account."""
        if cell.kind == "blank" or cell.style in FIXED:
            return
        if cell.kind == "number":
            self._longest = max(self._longest, _number_length(cell, self._column.places))
            return
        for line in cell.value.split("\n"):
            length = len(line) * LETTER
            if length > self._longest:
                self._longest = length
        for word in cell.value[:500].split():
            if len(word) > self._words:
                self._words = len(word)

    def width(self, *, has_filter: bool) -> float:
        """Return the width: the content's within limits, never cutting a word of the heading."""
        column = self._column
        if column.width is not None:
            return column.width
        arrow = FILTER_ARROW if has_filter else 0.0
        heading = str(column.title)
        longest_word = max((len(word) for word in heading.split()), default=0) * LETTER
        # A long heading over narrow content is folded, but not into more than three lines.
        folded = len(heading) * LETTER / 3
        content = max(min(self._longest, WIDEST), min(self._words * LETTER, WIDEST))
        content = max(content, FIXED.get(column.kind, 0.0))
        wanted = max(content + MARGIN, longest_word + MARGIN + arrow, folded + MARGIN + arrow)
        return round(min(max(wanted, NARROWEST), WIDEST + MARGIN + arrow), 1)


def _number_length(cell: Cell, places: int) -> float:
    digits = len(f"{abs(cell.value):.0f}")
    if cell.style == "percent":
        return len(f"{abs(cell.value) * 100:.{places}f}") + 3
    separators = (digits - 1) // 3
    decimals = places + 1 if cell.style == "number" and places else 0
    return digits + separators + decimals + (1 if cell.value < 0 else 0)
