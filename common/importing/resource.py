"""Base of the resources: django-import-export's declarations, our reading, set-based writing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from import_export import resources

from common.importing.context import ImportContext
from common.importing.entry import Entry
from common.importing.fields import Heading
from common.importing.things import NextStep, Thing
from common.sheets.problems import CellProblem, Level, Problem
from common.workbooks import Column

# Days between the two beginnings of time in Excel; what is not above the year is a year.
DAYS_TO_1904 = 1462
LATEST_YEAR = 2100


class WorkbookResource(resources.Resource):
    """One kind of exchange workbook, both ways.

    A subclass declares ``Heading`` fields, ``take`` (check a batch of entries against the database and
    write what is good) and ``export_rows``. Keys are natural; primary keys are never read from a file.
    """

    kind: ClassVar[str] = ""
    # How pages call the kind; without it the title of its sheet.
    title: ClassVar[Any] = ""
    # What only those who work for a whole municipality are offered.
    municipal_only: ClassVar[bool] = False
    sheet_title: ClassVar[str] = ""
    order: ClassVar[int] = 0
    needs_organization: ClassVar[bool] = False
    any_of: ClassVar[tuple[tuple[str, ...], ...]] = ()
    # What the workbook adds, in words and with the pages that list it.
    things: ClassVar[tuple[Thing, ...]] = ()
    # Fields without which a record is not complete; rows that lack one are offered to be corrected.
    essential: ClassVar[tuple[str, ...]] = ()
    # Columns whose change is no change for people: a later file may write them without being in the way.
    untraced: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: ImportContext):
        super().__init__()
        self.context = context
        self.pairs_added = 0
        # What is to be said of the file as a whole.
        self.problems: list[Problem] = []
        self.whole_file = True

    @classmethod
    def headings(cls) -> dict[str, Heading]:
        """Declared headings by field name, in the official order."""
        return {name: field for name, field in cls.fields.items() if isinstance(field, Heading)}

    @classmethod
    def specs(cls) -> list:
        """What ``find_table`` needs to know about the headings."""
        return [heading.spec(name) for name, heading in cls.headings().items()]

    @classmethod
    def columns(cls) -> list[Column]:
        """Columns of the exported workbook in the official order."""
        return [
            Column(
                heading.column_name,
                key=name,
                kind=heading.kind,
                width=heading.width,
                choices=heading.choices,
            )
            for name, heading in cls.headings().items()
            if heading.exported
        ]

    @classmethod
    def tally(cls, added: Mapping[type[models.Model], Sequence[int]]) -> dict[str, int]:
        """How many of each of ``things`` the new rows (keys by model) are; asked inside the transaction."""
        return {}

    @classmethod
    def next_steps(cls, scope, organization) -> list[NextStep]:
        """What the owner of a loaded workbook has to do next."""
        return []

    def entries(self, table) -> Iterator[Entry]:
        """Rows of the table with clean values; every cell's problem is noted at its place."""
        of_1904 = table.book.days_of_1904
        readers = [
            (name, _from_1904(heading) if of_1904 else heading.widget.parse, heading.needed)
            for name, heading in self.headings().items()
            if name in table.columns
        ]
        # Most cells are empty, and an empty cell means the same in every row.
        empty = {name: _empty_value(parse) for name, parse, _needed in readers}
        for row in table.rows():
            entry = Entry(table, row.number, row.cells)
            values = entry.values
            cells = row.cells
            for name, parse, needed in readers:
                raw = cells.get(name)
                if raw is None and not needed:
                    values[name] = empty[name]
                    continue
                try:
                    value = parse(raw)
                except CellProblem as finding:
                    entry.report_cell(finding, field=name, value=raw)
                    continue
                if type(value) is tuple:
                    value, warnings = value
                    for warning in warnings:
                        entry.report_cell(warning, field=name, value=raw)
                if needed and (value is None or value == ""):
                    entry.report(
                        Level.ERROR,
                        "value_missing",
                        _("The cell is empty, but the value is needed."),
                        _("Fill in the cell."),
                        field=name,
                    )
                values[name] = value
            self.check_entry(entry)
            yield entry

    def check_entry(self, entry: Entry) -> None:
        """Rules within one row; a subclass reports what does not fit."""

    def lock(self) -> None:
        """Takes the locks that keep two imports of the same place apart."""

    def take(self, entries: list[Entry]) -> None:
        """Checks a batch against the database and writes the good rows, set-based."""
        raise NotImplementedError

    def finish(self) -> Iterable[tuple[Entry, str, list[Problem]]]:
        """Checks of the whole file: entries changed since ``take``, their result before it, new problems."""
        return []

    def export_rows(self) -> Iterable[dict]:
        """Rows of the exported workbook by field name."""
        raise NotImplementedError


def _from_1904(heading: Heading):
    """The parser of a column; bare day numbers of a date column are those of a workbook that begins 1904."""
    parse = heading.widget.parse
    if heading.kind != "date":
        return parse

    def parse_shifted(value):
        is_day = type(value) in (int, float) and value > LATEST_YEAR
        return parse(value + DAYS_TO_1904 if is_day else value)

    return parse_shifted


def _empty_value(parse):
    """What a parser makes of an empty cell."""
    value = parse(None)
    return value[0] if type(value) is tuple else value
