"""Column widths by content, measured on the first rows, and the row heights that follow from them.

Excel would fit the heights itself, LibreOffice does not, so rows with folded text get theirs here.
"""

from __future__ import annotations

import math

from common.workbooks.cells import Cell, safe_text
from common.workbooks.columns import Column

SAMPLE_ROWS = 1_000
NARROWEST = 6.0
WIDEST = 46.0
# Room for the cell's margins and indent, and for the arrow of the filter in a heading.
MARGIN = 2.4
FILTER_ARROW = 2.6
HEADING_SPARE = MARGIN + FILTER_ARROW - 1
# A bold or capital letter is wider than the digit in which Excel measures widths.
LETTER = 1.08
LINE_HEIGHT = 15.0
HIGHEST_ROW = 409.0
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

    def width(self) -> float:
        """Return the width: the content's within limits, never cutting a word of the heading."""
        column = self._column
        if column.width is not None:
            return column.width
        heading = safe_text(column.title)
        longest_word = max((len(word) for word in heading.split()), default=0) * LETTER
        # A long heading over narrow content is folded, but not into more than three lines.
        folded = len(heading) * LETTER / 3
        content = max(min(self._longest, WIDEST), min(self._words * LETTER, WIDEST))
        content = max(content, FIXED.get(column.kind, 0.0)) + MARGIN
        heading_width = max(longest_word, folded) + MARGIN + FILTER_ARROW
        return round(min(max(content, heading_width, NARROWEST), WIDEST + MARGIN), 1)


def wrapped_lines(text: str, width: float) -> int:
    """Return how many lines ``text`` takes in a column of ``width`` characters."""
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(_folded(line, width) for line in text.split("\n"))


def lines_needed(cell: Cell, width: float) -> int:
    """Return how many lines a cell takes in a column of ``width``; figures never fold."""
    if cell.kind != "text" or cell.style != "text":
        return 1
    return wrapped_lines(cell.value, unfolded_length(width))


def unfolded_length(width: float) -> float:
    """Return how many characters of usual text stand on one line of a column of ``width``."""
    # Digits and small letters are narrower than LETTER assumes for the whole column.
    return (width - MARGIN) / LETTER * 1.06 + 1


def row_height(lines: int, line_height: float = LINE_HEIGHT) -> float:
    """Return the height in points of a row with so many lines, within Excel's limit."""
    return min(max(lines, 1) * line_height, HIGHEST_ROW)


def _folded(line: str, width: float) -> int:
    if len(line) > 2_000:
        return math.ceil(len(line) / max(width, 1))
    lines, used = 1, 0.0
    for word in line.split(" "):
        length = len(word)
        if used and used + 1 + length > width:
            lines, used = lines + 1, 0.0
        if length > width:
            extra = math.ceil(length / width) - 1
            lines, used = lines + extra, length - extra * width
        else:
            used += length + (1 if used else 0)
    return lines


def _number_length(cell: Cell, places: int) -> float:
    digits = len(f"{abs(cell.value):.0f}")
    if cell.style == "percent":
        return len(f"{abs(cell.value) * 100:.{places}f}") + 3
    separators = (digits - 1) // 3
    decimals = places + 1 if cell.style == "number" and places else 0
    return digits + separators + decimals + (1 if cell.value < 0 else 0)
