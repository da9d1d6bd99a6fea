"""Finds the table in a workbook by its headings and yields its data rows with their true numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.sheets import table_messages as messages
from common.sheets.headings import HeaderMatch, HeadingSpec, heading_key, match_headings
from common.sheets.layout import Layout
from common.sheets.letters import column_letter
from common.sheets.problems import CellProblem, Level, Problem, shown
from common.sheets.reader import Book, SheetInfo
from common.sheets.skipping import BLANK, SKIP_CODES, RowFilter, skip_notice
from common.sheets.values import Row

__all__ = ["HeaderMatch", "HeadingSpec", "Table", "TableRow", "column_letter", "find_table", "match_headings"]


# Under the headings a form may have a row of hints and one with the numbers of its columns.
HINT_ROWS = 2


@dataclass(slots=True)
class TableRow:
    """One data row: its true number and the raw values by field."""

    number: int
    cells: dict[str, object]


@dataclass(slots=True)
class Table:
    """A found table; ``columns`` gives the index of each field, ``problems`` what was skipped or ignored.

    ``extra`` are (letter, heading) of columns that belong to no field, ``preamble`` the rows above the
    headings, ``score`` the number of fields found.
    """

    book: Book
    sheet: str
    match: HeaderMatch
    preamble: list[Row]
    problems: list[Problem] = field(default_factory=list)

    @property
    def header_row(self) -> int:
        return self.match.row

    @property
    def columns(self) -> dict[str, int]:
        return self.match.columns

    @property
    def headings(self) -> dict[str, str]:
        return self.match.headings

    @property
    def extra(self) -> list[tuple[str, str]]:
        return [(column_letter(index), text) for index, text in sorted(self.match.extra)]

    @property
    def score(self) -> int:
        return self.match.score

    def letter(self, name: str) -> str:
        """Return the column letter of a field, or an empty string when the table has no such column."""
        index = self.columns.get(name)
        return "" if index is None else column_letter(index)

    def heading(self, name: str) -> str:
        """Return the heading of a field as written in the file."""
        return self.headings.get(name, "")

    def problem(self, found: CellProblem, row: TableRow, name: str = "") -> Problem:
        """Return the finding of a cell parser with its place in this table."""
        return found.at(
            sheet=self.sheet,
            row=row.number,
            column=self.letter(name),
            heading=self.heading(name),
            value=shown(row.cells.get(name)),
        )

    def rows(self) -> Iterator[TableRow]:
        """Yield the data rows; totals, repeated headings, section titles and notes are skipped with a notice.

        Raises SheetRefused when there are headings but no data rows, and when the file cannot be read on.
        """
        self.problems = [problem for problem in self.problems if problem.code not in SKIP_CODES]
        row_filter = RowFilter(self.match)
        names, pick, reason_for = tuple(self.columns), row_filter.pick, row_filter.reason
        width = max(row_filter.places) + 1
        seen, lost = False, set()
        hints_end = self.header_row + HINT_ROWS
        for number, values in self.book.rows(self.sheet):
            if number <= self.header_row:
                continue
            if len(values) < width:
                values += (None,) * (width - len(values))
            reason = reason_for(values)
            if number <= hints_end and not reason and row_filter.is_hint(values):
                reason = "hint_row"
            if reason:
                if reason != BLANK:
                    self._skip(reason, number, values)
                continue
            seen = True
            for index in self.match.unnamed:
                if index < len(values) and values[index] is not None and index not in lost:
                    lost.add(index)
                    self.problems.append(messages.column_without_heading(self.sheet, index, values[index]))
            yield TableRow(number, dict(zip(names, pick(values), strict=False)))
        if not seen:
            raise messages.no_rows(self.sheet)

    def _skip(self, reason: str, number: int, values: Sequence[object]) -> None:
        fix = _("If this is data, fill in the columns of the table in this row.")
        first = next(value for value in values if value is not None)
        self.problems.append(
            Problem(
                Level.NOTICE,
                reason,
                skip_notice(reason),
                fix,
                self.sheet,
                number,
                value=shown(first),
            )
        )


def find_table(
    book: Book,
    specs: Sequence[HeadingSpec],
    *,
    sheet: str | None = None,
    any_of: Sequence[Sequence[str]] = (),
    layout: Layout | None = None,
) -> Table:
    """Return the table whose headings match ``specs`` best, or the one that a person has laid out.

    ``any_of`` are groups of fields of which at least one must be there whole. Raises SheetRefused naming
    everything that is missing at once.
    """
    sheets = [book.sheet(sheet)] if sheet else book.sheets
    match_in = layout.match if layout else match_headings
    found = [(info, match) for info in sheets if (match := match_in(info.head, specs))]
    if not found:
        raise messages.no_headings(specs, any_of)
    complete = [pair for pair in found if not messages.missing_titles(pair[1].columns, specs, any_of)]
    info, match = _best(complete or found)
    by_hand = layout is not None and bool(layout.columns)
    if not by_hand and (merged := _merged_name(info, match)):
        name, columns = merged
        raise messages.name_merged(info.name, match.headings[name], columns)
    if not complete:
        raise messages.columns_missing(info.name, match, specs, any_of)
    if match.doubles:
        raise messages.heading_twice(info.name, match)
    _refuse_without_rows(info, match)
    preamble = [row for row in info.head if row.number < match.first_row]
    rivals = [other.name for other, its in complete if _rank((other, its))[:2] == _rank((info, match))[:2]]
    others = [] if book.sheets[0] is info else [other.name for other in book.sheets if other is not info]
    notices = messages.table_notices(info, match, rivals, others)
    return Table(book, info.name, match, preamble, notices)


def _rank(pair: tuple[SheetInfo, HeaderMatch]) -> tuple[bool, bool, int]:
    """Visible sheets before hidden ones, those with data before empty ones, then by fields found."""
    info, match = pair
    return not info.hidden, info.row_count > match.row, match.score


def _best(pairs: list[tuple[SheetInfo, HeaderMatch]]) -> tuple[SheetInfo, HeaderMatch]:
    return max(pairs, key=_rank)


def _merged_name(info: SheetInfo, match: HeaderMatch) -> tuple[str, tuple[int, int]] | None:
    """Return field, first and last column of a «ФИО» that stands over several columns of name parts."""
    below = [row for row in info.head if row.number > match.row]
    for name, heading in match.headings.items():
        if not heading_key(heading).startswith(("фио", "ф.и.о", "ф. и. о", "фамилия имя")):
            continue
        first = last = match.columns[name]
        while last + 1 in match.unnamed and any(
            isinstance(row.values[last + 1], str) and row.values[first] for row in below
        ):
            last += 1
        if last > first:
            return name, (first, last)
    return None


def _refuse_without_rows(info: SheetInfo, match: HeaderMatch) -> None:
    """Refuse at once when the head of the sheet already shows that nothing follows the headings."""
    if info.head and info.row_count > info.head[-1].number:
        return
    row_filter = RowFilter(match)
    if not any(row.number > match.row and not row_filter.reason(row.values) for row in info.head):
        raise messages.no_rows(info.name)
