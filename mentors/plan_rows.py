"""Rows of a plan as they are pasted from Excel or Word: which column is what, and dates in school words."""

from __future__ import annotations

import calendar
import csv
import datetime
import io
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from common.cell_dates import parse_date
from common.dates import SchoolYear, today
from common.sheets.problems import CellProblem

LONGEST_ACTIVITY = 500
MOST_ROWS = 200
# Words by which a heading is known, in the order in which the columns usually stand.
HEADINGS = (
    ("number", ("№", "номер", "п/п")),
    ("activity", ("мероприят", "проект", "задани", "содержание", "тема", "activity")),
    ("due_on", ("срок", "дата", "месяц", "период", "term", "date")),
    ("actual_result", ("фактическ", "actual")),
    ("planned_result", ("планируем", "ожидаем", "результат", "planned", "result")),
    ("mentor_mark", ("оценка", "mark")),
)
USUAL = ("activity", "due_on", "planned_result", "actual_result", "mentor_mark")
MONTHS = ("янв", "фев", "мар", "апр", "ма[йяе]", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
MONTH = re.compile(rf"\b({'|'.join(MONTHS)})[а-яё]*\.?\s*(\d{{4}})?", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,3}[.)]?")


@dataclass
class PlanRow:
    """A pasted row; ``problems`` keep it from being added, ``notes`` are worth a look."""

    line: int
    activity: str = ""
    due_on: datetime.date | None = None
    planned_result: str = ""
    actual_result: str = ""
    mentor_mark: str = ""
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_rows(text: str, *, started_on: datetime.date | None = None) -> list[PlanRow]:
    """The rows of a pasted block; months without a year are those after ``started_on``."""
    table = [
        (line, [" ".join(cell.split()) for cell in cells])
        for line, cells in enumerate(csv.reader(io.StringIO(text), delimiter="\t"), 1)
    ]
    table = [(line, cells) for line, cells in table if any(cells)]
    if not table:
        return []
    columns = _headings(table[0][1])
    if columns:
        table = table[1:]
    else:
        columns = _usual_columns([cells for _line, cells in table])
    return [_row(line, cells, columns, started_on or today()) for line, cells in table]


def _headings(cells: list[str]) -> dict[int, str]:
    """Columns by place when the first row is a row of headings, else nothing."""
    found: dict[int, str] = {}
    for place, cell in enumerate(cells):
        lowered = cell.lower()
        for name, words in HEADINGS:
            if name not in found.values() and any(word in lowered for word in words) and len(cell) < 60:
                found[place] = name
                break
    known = set(found.values())
    is_heading = (
        "activity" in known
        and (len(known) > 1 or len(cells) == 1)
        and len(found) == len([cell for cell in cells if cell])
    )
    return found if is_heading else {}


def _usual_columns(rows: list[list[str]]) -> dict[int, str]:
    numbered = len(rows[0]) > 1 and all(NUMBER.fullmatch(cells[0]) for cells in rows if cells[0])
    first = 1 if numbered else 0
    return {first + place: name for place, name in enumerate(USUAL)}


def _row(line: int, cells: list[str], columns: dict[int, str], since: datetime.date) -> PlanRow:
    row = PlanRow(line)
    for place, cell in enumerate(cells):
        name = columns.get(place)
        if name == "due_on":
            row.due_on = _term(row, cell, since)
        elif name and name != "number":
            setattr(row, name, cell)
    if not row.activity:
        row.problems.append(_("There is no activity in the row."))
    if len(row.activity) > LONGEST_ACTIVITY:
        row.problems.append(_("The activity is longer than %(n)s characters.") % {"n": LONGEST_ACTIVITY})
    row.mentor_mark = row.mentor_mark[:250]
    return row


def _term(row: PlanRow, text: str, since: datetime.date) -> datetime.date | None:
    if not text:
        return None
    try:
        return parse_date(text, empty_words=True)
    except CellProblem:
        pass
    months = MONTH.findall(text)
    if not months:
        row.notes.append(_("“%(text)s” is no date: the term stays empty.") % {"text": text})
        return None
    # «сентябрь – октябрь» ends with October, and a month is over on its last day.
    word, year = months[-1]
    month = next(n for n, stem in enumerate(MONTHS, 1) if re.fullmatch(stem, word.lower()))
    number = int(year) if year else _year_of(month, since)
    return datetime.date(number, month, calendar.monthrange(number, month)[1])


def _year_of(month: int, since: datetime.date) -> int:
    year = SchoolYear.of(since).start_year
    return year if month >= 9 else year + 1
