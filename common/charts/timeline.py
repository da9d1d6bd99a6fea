"""A plan on a line of quarters: a bar for each row, ticks where something is done anew, a line for today."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.charts import tokens
from common.charts.svg import Drawing, number, shorten, text_width

NUMBERS = 34.0
# Width of the picture and of its labels: beside a table, and on a phone, where numbers of rows must do.
WIDE, NARROW = (1302.0, 396.0), (342.0, 0.0)
HEAD, ROW, BAR = 46.0, 29.0, 12.0
# A year narrower than this has no room for the names of its quarters.
LEAST_YEAR = 120.0
QUARTERS = ("I", "II", "III", "IV")
DONE, RUNNING, LATE, PLANNED, DROPPED = "done", "running", "late", "planned", "dropped"
FILLS = {
    DONE: tokens.ACTION_SOFT,
    RUNNING: tokens.ACTION,
    LATE: tokens.BAD,
    PLANNED: tokens.PAPER,
    DROPPED: tokens.TRACK,
}


@dataclass(frozen=True, slots=True)
class Tick:
    """A year's occurrence on its bar: the day by which it is due, and whether it is done."""

    on: datetime.date
    done: bool = False


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One row: ``state`` is one of the five above, ``word`` says it; without days only the text is drawn."""

    number: str
    label: str
    start: datetime.date | None
    end: datetime.date | None
    state: str
    word: str
    ticks: Sequence[Tick] = ()


def timeline(
    title: str,
    rows: Sequence[TimelineRow],
    *,
    first_year: int,
    last_year: int,
    today: datetime.date | None = None,
    narrow: bool = False,
) -> str:
    """Return the picture of the calendar years from ``first_year`` to ``last_year``.

    Bars are cut at the edges; the state stands as a word behind its bar and in the shape of the bar: full,
    hollow or crossed out, so that it can be told without colour. ``narrow``: rows by their numbers alone.
    """
    axis = _Axis(first_year, last_year, *(NARROW if narrow else WIDE))
    height = HEAD + ROW * len(rows) + 4
    drawing = Drawing(axis.width, height, kind="timeline", title=title, description=_spoken(rows))
    _draw_grid(drawing, axis, height)
    for index, row in enumerate(rows):
        _draw_row(drawing, axis, row, HEAD + ROW * index)
    if today is not None and axis.covers(today):
        _draw_today(drawing, axis, today, height)
    return drawing.svg()


@dataclass(frozen=True, slots=True)
class _Axis:
    first_year: int
    last_year: int
    width: float
    labels: float

    @property
    def start(self) -> datetime.date:
        return datetime.date(self.first_year, 1, 1)

    @property
    def end(self) -> datetime.date:
        return datetime.date(self.last_year + 1, 1, 1)

    @property
    def left(self) -> float:
        return NUMBERS + self.labels

    @property
    def right(self) -> float:
        return self.width - 10

    def at(self, day: datetime.date) -> float:
        """The place of the beginning of a day."""
        share = (day - self.start).days / (self.end - self.start).days
        return self.left + (self.right - self.left) * min(max(share, 0), 1)

    def covers(self, day: datetime.date) -> bool:
        return self.start <= day < self.end


def _draw_grid(drawing: Drawing, axis: _Axis, height: float) -> None:
    quarters = (axis.right - axis.left) / (axis.last_year - axis.first_year + 1) >= LEAST_YEAR
    for year in range(axis.first_year, axis.last_year + 1):
        for quarter in range(4):
            x = axis.at(datetime.date(year, 3 * quarter + 1, 1))
            drawing.line(x, 24, x, height - 4, tokens.LINE if quarter == 0 else tokens.TRACK)
            if quarters:
                drawing.text(x + 6, 38, QUARTERS[quarter], fill=tokens.MUTED)
        drawing.text(axis.at(datetime.date(year, 1, 1)), 14, str(year), weight=tokens.STRONG)
    drawing.line(axis.right, 24, axis.right, height - 4, tokens.LINE)


def _draw_row(drawing: Drawing, axis: _Axis, row: TimelineRow, top: float) -> None:
    middle = top + ROW / 2
    base = middle + tokens.TEXT * 0.35
    drawing.line(0, top + ROW, axis.width, top + ROW, tokens.TRACK)
    drawing.text(0, base, row.number, fill=tokens.MUTED)
    if axis.labels:
        drawing.text(NUMBERS, base, shorten(row.label, axis.labels - 16, tokens.TEXT))
    if row.start is None or row.end is None:
        drawing.text(axis.left + 8, base, row.word, fill=tokens.MUTED)
        return
    after = row.end + datetime.timedelta(days=1)
    if row.end < axis.start or row.start >= axis.end:
        return
    left, right = axis.at(row.start), axis.at(after)
    edge = {"stroke": tokens.CONTROL, "stroke_width": 1.25} if row.state in (PLANNED, DROPPED) else {}
    drawing.rect(left, middle - BAR / 2, max(right - left, 3), BAR, FILLS[row.state], rx=2, **edge)
    if row.state == DROPPED:
        drawing.line(left, middle, right, middle, tokens.MUTED, 1.5)
    for tick in row.ticks:
        if axis.start <= tick.on <= axis.end:
            x = axis.at(tick.on + datetime.timedelta(days=1))
            drawing.path(
                f"M{number(x - 5)} {number(middle)}l5 -6 5 6 -5 6z",
                fill=tokens.INK if tick.done else tokens.PAPER,
                stroke=tokens.INK,
                stroke_width=1.25,
            )
    _draw_word(drawing, axis, row, right, base)


def _draw_word(drawing: Drawing, axis: _Axis, row: TimelineRow, right: float, base: float) -> None:
    """The state behind the bar, or before it where there is no room."""
    width = text_width(row.word, tokens.TEXT)
    if right + 10 + width <= axis.width:
        drawing.text(right + 8, base, row.word, fill=tokens.MUTED)
    elif axis.at(row.start) - width - 10 >= axis.left:
        drawing.text(axis.at(row.start) - 8, base, row.word, fill=tokens.MUTED, anchor="end")


def _draw_today(drawing: Drawing, axis: _Axis, today: datetime.date, height: float) -> None:
    x = axis.at(today)
    text = date_format(today, "j E")
    width = text_width(text, tokens.SMALL, tokens.STRONG) + 14
    left = min(max(x - width / 2, axis.left), axis.width - width)
    drawing.line(x, 22, x, height - 4, tokens.INK, 1.5, stroke_dasharray="3 3")
    drawing.rect(left, 3, width, 19, tokens.INK, rx=3)
    drawing.text(
        left + width / 2,
        17,
        text,
        size=tokens.SMALL,
        fill=tokens.PAPER,
        weight=tokens.STRONG,
        anchor="middle",
    )


def _spoken(rows: Sequence[TimelineRow]) -> str:
    parts = []
    for row in rows:
        if row.start and row.end:
            term = _("from %(start)s to %(end)s") % {
                "start": f"{row.start:%d.%m.%Y}",
                "end": f"{row.end:%d.%m.%Y}",
            }
            parts.append(f"{row.number} {row.label}: {term}, {row.word}.")
        else:
            parts.append(f"{row.number} {row.label}: {row.word}.")
    return " ".join(parts)
