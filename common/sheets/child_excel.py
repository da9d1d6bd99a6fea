"""Sheets of .xlsx, .xlsm and .ods inside the reading child."""

from itertools import islice

import python_calamine

from common.sheets.child_flags import SheetFlags, TooLong
from common.sheets.wire import encode_rows

HEAD_ROWS, HEAD_DEPTH = 15, 60


class TooWide(Exception):
    """A cell beyond the allowed number of columns; the argument is its column index."""


class ExcelSource:
    """A workbook as a list of sheets that can be walked in batches, as often as asked."""

    def __init__(self, request: dict):
        self.limits = request["limits"]
        self.flags = {}
        for name, part in request["parts"].items():
            self.flags[name] = SheetFlags()
            self.flags[name].scan(request["path"], part, self.limits)
        # A file object, not a path: the kind is then found by content, whatever the stored copy is called.
        with open(request["path"], "rb") as file:
            self.book = python_calamine.load_workbook(file)
        worksheets = [
            meta for meta in self.book.sheets_metadata if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
        self.sheets = [
            ExcelSheet(self.book.get_sheet_by_name(meta.name), meta, self.flags.get(meta.name), self.limits)
            for meta in worksheets
        ]


class ExcelSheet:
    """One worksheet: facts at once, rows on demand."""

    def __init__(self, sheet, meta, flags: SheetFlags | None, limits: dict):
        self.sheet = sheet
        self.name = meta.name
        self.hidden = meta.visible != python_calamine.SheetVisibleEnum.Visible
        self.flags = flags or SheetFlags()
        self.left = sheet.start[1] if sheet.start else 0
        last_flag = max(self.flags.cells, default=-1)
        self.height = max(sheet.end[0] + 1 if sheet.end else 0, last_flag + 1)
        self.width = max(
            [sheet.end[1] + 1 if sheet.end else 0, *(max(row) + 1 for row in self.flags.cells.values())]
        )
        self.merges = sheet.merged_cell_ranges or []
        self.fill = self._vertical_merges()
        self._check(limits)

    def info(self) -> dict:
        """Return the facts for the parent; ``merged`` are the merges that touch the head of the sheet."""
        head = list(islice(((n, row) for n, row in self._rows(HEAD_DEPTH) if any_content(row)), HEAD_ROWS))
        merged = [[*start, *end] for start, end in self.merges if start[0] < HEAD_DEPTH][:200]
        return {
            "name": self.name,
            "hidden": self.hidden,
            "row_count": self.height,
            "column_count": min(self.width, self.columns),
            "hidden_rows": self.flags.hidden_rows,
            "hidden_columns": [
                column
                for first, last in self.flags.hidden_columns
                for column in range(first, min(last, self.width - 1) + 1)
            ],
            "formulas": self.flags.formulas,
            "filled_merges": len({source for sources in self.fill.values() for source in sources}),
            "merged": merged,
            "head_columns": encode_rows([n for n, _row in head], [row for _n, row in head]),
        }

    def batches(self, size: int):
        """Yield (numbers, rows) with at most ``size`` rows; rows without content are left out."""
        if self.left or self.flags.cells or self.fill or self.width > self.columns:
            yield from self._patched_batches(size)
            return
        # The usual sheet: nothing to add to its rows, so they are passed on as the parser made them.
        rows, blank, number = self.sheet.iter_rows(), [""] * self.width, 1
        while chunk := list(islice(rows, size)):
            numbers = list(range(number, number + len(chunk)))
            number += len(chunk)
            if blank in chunk:
                numbers = [n for n, row in zip(numbers, chunk, strict=True) if row != blank]
                chunk = [row for row in chunk if row != blank]
            if chunk:
                yield numbers, chunk

    def _patched_batches(self, size: int):
        rows = self._rows(self.height)
        while chunk := list(islice(rows, size)):
            chunk = [pair for pair in chunk if any_content(pair[1])]
            if chunk:
                numbers, values = zip(*chunk, strict=True)
                yield list(numbers), values

    def _rows(self, depth: int, columns: int = 0):
        """Yield (true number, cells from column A on) of every row down to ``depth``."""
        used = self.sheet.end[0] + 1 if self.sheet.end else 0
        left, width, columns = [""] * self.left, self.width, columns or self.columns
        patched = self.flags.cells or self.fill or width > columns
        right = [""] * (width - (self.sheet.end[1] + 1 if self.sheet.end else 0))
        index = -1
        carried: dict = {}
        for index, row in enumerate(islice(self.sheet.iter_rows(), min(depth, used))):
            if left or right:
                row = left + row + right
            if patched:
                self._patch(index, row, carried)
                row = row[:columns]
            yield index + 1, row
        for extra in sorted(i for i in self.flags.cells if used <= i < depth):
            row = [""] * width
            self._patch(extra, row, carried)
            yield extra + 1, row[:columns]

    def _patch(self, index: int, row: list, carried: dict) -> None:
        for column, flag in self.flags.cells.get(index, {}).items():
            row[column] = flag
        sources = self.fill.get(index)
        if sources is None:
            return
        content = any_content(row)
        for source in sources:
            if source[0] == index:
                carried[source] = row[source[1]]
            elif content and row[source[1]] == "":
                row[source[1]] = carried.get(source, "")

    def _vertical_merges(self) -> dict[int, list[tuple[int, int]]]:
        """Return, by row index, the top-left cells whose value a person sees in that row."""
        fill: dict[int, list[tuple[int, int]]] = {}
        for (top, first), (bottom, _last) in self.merges:
            if top == bottom or first >= self.width:
                continue
            for index in range(top, min(bottom, self.height - 1) + 1):
                fill.setdefault(index, []).append((top, first))
        return fill

    def _check(self, limits: dict) -> None:
        self.columns = max(limits["columns"], 1)
        if self.width > self.columns:
            for _number, row in self._rows(self.height, self.width):
                for column in range(self.columns, len(row)):
                    if not isinstance(row[column], str) or row[column].strip():
                        raise TooWide(column)
        if self.height > limits["rows"]:
            count = 0
            for _numbers, rows in self.batches(1024):
                count += len(rows)
                if count > limits["rows"]:
                    raise TooLong


def any_content(row: list) -> bool:
    """True when the row has a cell that is not an empty string."""
    return any(not isinstance(cell, str) or cell for cell in row)
