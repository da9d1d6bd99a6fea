"""The declared columns of a register: one declaration makes the table, the cards, the export and the
print."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models.expressions import BaseExpression
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from common.badges import Badge
from common.dates import SchoolYear, today
from common.paging import Sort
from common.templatetags.ui import SPRITE
from orgs.addresses import address
from orgs.registers.doings import Doing, card_menu

Kind = Literal["text", "integer", "percent", "date", "day"]
NUMBERS = frozenset({"integer", "percent", "date", "day"})
DASH = "—"
# A key that no row has, put into an address to find where keys stand in it.
_PLACE_OF_KEY = 999_999_999_999


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it shows of a row, how it is drawn, sorted and written to a file.

    ``value(row, drawing)`` gives the typed value: text, whole number, share (0–1), date or None. The text
    on the screen follows from value and ``kind``; ``wrap(row, text, drawing)`` may put a link or a badge
    around it and never changes the words, so that a file says what the screen says. ``day`` is a date
    without its year inside the school year shown.

    ``private`` values are shown by the school only; ``place`` columns only where several organizations are
    seen. ``reads`` are the paths of what the column shows of the row and of related ones, ``extra`` the
    annotations that the rows need when the column is shown. ``card`` is where the
    value stands on a narrow screen: ``title``, ``line``, ``status`` or ``fact``. ``name`` is the long name
    for the choice of columns and for files. ``screen_only`` columns hold buttons: no file and no print has
    them.
    """

    code: str
    heading: str | Promise
    value: Callable[[Any, Drawing], Any]
    kind: Kind = "text"
    wrap: Callable[[Any, str, Drawing], str] | None = None
    sort: BaseExpression | str | Callable[[], BaseExpression] | None = None
    default: bool = True
    css: str = ""
    private: bool = False
    place: bool = False
    reads: Sequence[str] = ()
    extra: Callable[[], dict] | None = None
    card: str = ""
    name: str | Promise = ""
    width: float | None = None
    screen_only: bool = False

    @property
    def title(self) -> str:
        """The long name."""
        return str(self.name or self.heading)

    @property
    def sorting(self) -> Sort | None:
        """The sort that the heading offers."""
        if self.sort is None:
            return None
        # What depends on the day is made anew for each request.
        return Sort(self.code, str(self.heading), self.sort() if callable(self.sort) else self.sort)

    def text(self, row: Any, drawing: Drawing) -> str:
        """The words on the screen; empty for an empty value."""
        return drawing.text(self.value(row, drawing), self.kind)


class Drawing:
    """What cells need besides their row, once a page: addresses, the day, the school year shown."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.scope = request.scope
        self.today = today()
        self.year: SchoolYear = request.school_year
        self.sprite = static(SPRITE)
        self._addresses: dict[str, tuple[str, str]] = {}

    def url(self, route: str, key: int) -> str:
        """The address of a row with the place and year of the page, ready for an attribute."""
        if route not in self._addresses:
            found = escape(address(self.request, route, _PLACE_OF_KEY))
            head, _key, tail = found.partition(str(_PLACE_OF_KEY))
            self._addresses[route] = head, tail
        head, tail = self._addresses[route]
        return f"{head}{key}{tail}"

    def place(self, route: str) -> str:
        """The address of a page that names no row, ready for an attribute."""
        if route not in self._addresses:
            self._addresses[route] = escape(address(self.request, route)), ""
        return self._addresses[route][0]

    def url_about(self, route: str, name: str, key: int) -> str:
        """The address of a page without a key of its own that is about a row: «…&mentee=5»."""
        if route not in self._addresses:
            self._addresses[route] = escape(address(self.request, route, **{name: _PLACE_OF_KEY})), ""
        return self._addresses[route][0].replace(str(_PLACE_OF_KEY), str(key))

    def icon(self, name: str, css: str = "n-ic n-ic--s") -> str:
        """An icon of the sprite."""
        return (
            f'<svg class="{css}" aria-hidden="true" focusable="false">'
            f'<use href="{self.sprite}#i-{name}"></use></svg>'
        )

    def text(self, value: Any, kind: Kind) -> str:
        """A typed value in words."""
        if value is None or value == "":
            return ""
        if kind == "text":
            return str(value)
        if kind == "integer":
            return number_format(value, force_grouping=True) if abs(value) > 999 else str(value)
        if kind == "percent":
            return f"{int(value * 100)}\N{NO-BREAK SPACE}%"
        return self.day(value) if kind == "day" else f"{value:%d.%m.%Y}"

    def day(self, date: datetime.date) -> str:
        """«03.11» inside the school year shown, «03.11.2025» outside it."""
        return f"{date:%d.%m}" if date in self.year else f"{date:%d.%m.%Y}"


def badge(status: Badge, drawing: Drawing) -> str:
    """A status as markup: shape, word, tint."""
    tone = f" n-st--{status.tone}" if status.tone else ""
    plain = " n-st--plain" if status.plain else ""
    shape = (
        f'<svg width="12" height="12" aria-hidden="true" focusable="false">'
        f'<use href="{drawing.sprite}#s-{status.shape}"></use></svg>'
        if status.shape
        else ""
    )
    return f'<span class="n-st{tone}{plain} n-st--row">{shape}{escape(status.label)}</span>'


def link(route: str, key: Callable[[Any], int | None]) -> Callable[[Any, str, Drawing], str]:
    """A ``wrap`` that links the words to the row of ``route`` with the key."""

    def wrap(row: Any, text: str, drawing: Drawing) -> str:
        found = key(row)
        words = escape(text) if text else DASH
        return f'<a href="{drawing.url(route, found)}">{words}</a>' if found and text else words

    return wrap


def cell(column: Column, row: Any, drawing: Drawing) -> str:
    """The markup inside a cell."""
    text = column.text(row, drawing)
    if column.wrap is not None:
        return column.wrap(row, text, drawing)
    return escape(text) if text else DASH


def table_body(
    rows: Sequence[Any],
    columns: Sequence[Column],
    drawing: Drawing,
    *,
    mark: Callable[[Any], str] | None = None,
) -> SafeString:
    """The rows of the table as markup. Python and not a template: it draws thousands of cells.

    ``mark`` gives the words beside the checkbox of a row; without it rows cannot be chosen.
    """
    starts = [f'<td class="{css}">' if (css := _css(column)) else "<td>" for column in columns]
    lines = []
    for row in rows:
        parts = ["<tr>"]
        if mark is not None:
            parts.append(f'<td class="c-check">{checkbox(row, mark(row))}</td>')
        for place, column in enumerate(columns):
            drawn = cell(column, row, drawing)
            if place == 0:
                parts.append(f'<th scope="row">{drawn}</th>')
            else:
                parts.append(f"{starts[place]}{drawn}</td>")
        parts.append("</tr>")
        lines.append("".join(parts))
    return mark_safe("\n".join(lines))


def checkbox(row: Any, words: str) -> str:
    """The checkbox of a row; it belongs to the form of bulk actions wherever it stands."""
    return (
        f'<input class="form-check-input" type="checkbox" name="id" value="{row.pk}" form="register-bulk"'
        f' data-pick aria-label="{escape(words)}">'
    )


def cards(
    rows: Sequence[Any],
    columns: Sequence[Column],
    drawing: Drawing,
    *,
    mark: Callable[[Any], str] | None = None,
    name: Callable[[Any], str] | None = None,
    doings: Callable[[Any], Sequence[Doing]] = lambda row: (),
) -> SafeString:
    """The same rows as cards for narrow screens: title, menu, status, short lines, facts.

    ``doings`` tells what the menu of a row offers, ``name`` the row in words.
    """
    name = name or (lambda row: title.text(row, drawing))
    title = next(column for column in columns if column.card == "title")
    lines = [column for column in columns if column.card == "line"]
    states = [column for column in columns if column.card == "status"]
    facts = [column for column in columns if column.card == "fact"]
    parts = []
    for row in rows:
        box = f'<span class="n-card__pick">{checkbox(row, mark(row))}</span>' if mark is not None else ""
        short = "".join(
            f"<span>{escape(text)}</span>" for column in lines if (text := column.text(row, drawing))
        )
        short += "".join(cell(column, row, drawing) for column in states)
        known = "".join(
            f"<dt>{escape(column.heading)}</dt><dd>{cell(column, row, drawing)}</dd>"
            for column in facts
            if column.text(row, drawing)
        )
        menu = card_menu(name(row), doings(row), drawing)
        parts.append(
            f'<li class="n-card n-card--p"><div class="n-card__h">{box}'
            f'<span class="n-grow">{cell(title, row, drawing)}</span>{menu}</div>'
            f'<div class="n-card__s">{short}</div>{f"<dl>{known}</dl>" if known else ""}</li>'
        )
    return mark_safe("\n".join(parts))


def _css(column: Column) -> str:
    number = "n-num" if column.kind in NUMBERS else ""
    return f"{number} {column.css}".strip()
