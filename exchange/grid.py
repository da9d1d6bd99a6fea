"""The rows of a workbook with problems at their cells, as the wizard shows them: the file's own numbers,
letters and headings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.badges import Badge
from common.importing import import_kinds
from common.importing.readable import cell_text
from common.sheets.corrections import Corrections
from common.sheets.letters import column_index
from common.sheets.problems import Level, SheetRefused
from common.sheets.reader import Book, open_book
from exchange.imports import stored_copy
from exchange.models import ImportRun
from exchange.parts import Part, corrections_of, parts_of, prefix
from exchange.problems import ALL, DOUBLES, Issue, Problems

PAGE_ROWS = 50
# So many columns fit beside each other on a laptop.
COLUMNS_SHOWN = 6


@dataclass(slots=True)
class Column:
    """A column of the file: its letter, its heading, and the field that it was taken for."""

    letter: str
    heading: str
    field: str = ""


@dataclass(slots=True)
class Cell:
    """A cell with its problems; ``was`` is the text of the file where it has been corrected."""

    address: str
    column: Column
    text: str
    issues: list[Issue] = field(default_factory=list)
    corrected: bool = False

    @property
    def tone(self) -> str:
        """How the cell is filled: an error, a question or nothing."""
        levels = {issue.level for issue in self.issues}
        if Level.ERROR in levels:
            return "err"
        return "ask" if levels else ""

    @property
    def is_open(self) -> bool:
        """Whether the cell can be corrected here."""
        return bool(self.issues) or self.corrected

    @property
    def id(self) -> str:
        return "c-" + self.address.replace("!", "-").replace(":", "-").replace(" ", "_")


@dataclass(slots=True)
class GridRow:
    """A row of the file with its cells; ``loose`` are problems of the row that stand at no shown cell."""

    address: str
    number: int
    cells: list[Cell]
    issues: list[Issue]
    excluded: bool = False

    @property
    def loose(self) -> list[Issue]:
        at_cells = {id(issue) for cell in self.cells for issue in cell.issues}
        return [issue for issue in self.issues if id(issue) not in at_cells]

    @property
    def name(self) -> str:
        """What the row is called where only its number would be said: its first text."""
        return next((cell.text for cell in self.cells if cell.text and not cell.text.isdecimal()), "")

    @property
    def badge(self) -> Badge | None:
        """The gravest problem of the row in a word."""
        levels = {issue.level for issue in self.issues}
        if self.excluded:
            return Badge(_("Left out"), "", "none")
        if Level.ERROR in levels:
            return Badge(_("Error"), "bad", "bad")
        if any(issue.tab == DOUBLES for issue in self.issues):
            return Badge(pgettext("row", "Double"), "warn", "warn")
        if Level.QUESTION in levels:
            return Badge(_("Question"), "warn", "warn")
        return Badge(_("Warning"), "info", "near") if levels else None


@dataclass(slots=True)
class Sheet:
    """The shown rows of one sheet."""

    index: int
    title: str
    kind: str
    header_row: int
    columns: list[Column]
    rows: list[GridRow] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """One page of rows."""

    sheets: list[Sheet] = field(default_factory=list)
    page: int = 1
    pages: int = 1
    unreadable: bool = False

    @property
    def rows(self) -> list[GridRow]:
        return [row for sheet in self.sheets for row in sheet.rows]

    @property
    def previous_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.pages else None


def build_grid(run: ImportRun, problems: Problems, *, tab: str, code: str = "", page: int = 1) -> Grid:
    """The rows of a tab, read from the stored file; without rows when the file can no longer be read."""
    parts = parts_of(run)
    excluded = {index: corrections_of(run, parts, index).excluded for index in range(len(parts))}
    shown = problems.shown_on(tab, code)
    wanted: list[tuple[int, int]] = sorted({(issue.part, issue.row) for issue in shown})
    try:
        with stored_copy(run) as path, open_book(path, file_name=run.file_name) as book:
            if tab == ALL and not code:
                wanted = list(_all_rows(run, book, parts))
            grid = Grid(page=page, pages=max(1, -(-len(wanted) // PAGE_ROWS)))
            grid.page = min(max(page, 1), grid.pages)
            wanted = wanted[(grid.page - 1) * PAGE_ROWS : grid.page * PAGE_ROWS]
            for index in range(len(parts)):
                own = {row for part, row in wanted if part == index}
                if own:
                    grid.sheets.append(_sheet(run, book, parts, index, own, problems, excluded[index], tab))
            return grid
    except SheetRefused:
        return Grid(unreadable=True)


def known_columns(run: ImportRun, index: int) -> list[Column]:
    """The columns of a sheet that are fields of the portal, in the order of the file."""
    stored = run.outcome.get("parts", [])
    if index >= len(stored):
        return []
    headings = import_kinds.get(stored[index]["kind"]).headings()
    columns = [
        Column(column["column"], column["heading"], headings[column["field"]].column_name)
        for column in stored[index]["columns"]
        if column["field"] in headings
    ]
    return sorted(columns, key=lambda column: column_index(column.letter))


def _sheet(
    run, book: Book, parts: list[Part], index: int, numbers: set[int], problems: Problems, excluded, tab: str
) -> Sheet:
    stored = run.outcome["parts"][index]
    by_row: dict[int, list[Issue]] = {}
    for issue in problems.of_rows:
        if issue.part == index and issue.row in numbers:
            by_row.setdefault(issue.row, []).append(issue)
    everywhere = known_columns(run, index)
    columns = everywhere if tab == ALL else _chosen(everywhere, by_row.values())
    sheet = Sheet(index, stored["sheet"], stored["kind"], stored["header_rows"][1], columns)
    start = prefix(parts, index)
    cells = corrections_of(run, parts, index).cells
    for row in book.rows(stored["sheet"]):
        if row.number not in numbers:
            continue
        own = cells.get(row.number, {})
        values = Corrections.corrected(row, own).values if own else row.values
        issues = by_row.get(row.number, [])
        sheet.rows.append(
            GridRow(
                f"{start}{row.number}",
                row.number,
                [_cell(start, row.number, column, values, issues, own) for column in columns],
                issues,
                row.number in excluded,
            )
        )
    return sheet


def _cell(start: str, number: int, column: Column, values, issues: list[Issue], own: dict[int, str]) -> Cell:
    index = column_index(column.letter)
    text = cell_text(values[index]) if index < len(values) else ""
    at_cell = [issue for issue in issues if issue.column == column.letter]
    return Cell(f"{start}{number}:{column.letter}", column, text, at_cell, index in own)


def _chosen(columns: list[Column], issues_of_rows: Iterable[list[Issue]]) -> list[Column]:
    """The columns with problems and the first of the others, as many as fit."""
    named = {issue.column for issues in issues_of_rows for issue in issues if issue.column}
    free = max(COLUMNS_SHOWN - len(named), 2)
    chosen = []
    for column in columns:
        if column.letter in named:
            chosen.append(column)
        elif free and column.field not in ("№",):
            chosen.append(column)
            free -= 1
    return chosen


def _all_rows(run: ImportRun, book: Book, parts: list[Part]) -> Iterable[tuple[int, int]]:
    """Part and number of all rows below the headings that are data."""
    for index, stored in enumerate(run.outcome.get("parts", [])):
        skipped = {
            issue["row"]
            for issue in run.outcome["issues"]
            if issue.get("part", 0) == index and issue["level"] == Level.NOTICE and issue["row"]
        }
        for row in book.rows(stored["sheet"]):
            if row.number > stored["header_rows"][1] and row.number not in skipped:
                yield index, row.number
