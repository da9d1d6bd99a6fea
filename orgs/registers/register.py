"""A register: rows of the scope, columns, filters and sorts, as one address asks for them.

The page, the export, the print and bulk actions are made from the same object, so they show the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import F, Model, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise, cached_property

from common.paging import SIZES, Keys, KeysetPage, Sort, in_order
from common.statements import Among, Kept, Statement
from orgs.enums import OVERSIGHT_ROLES, Role
from orgs.registers.columns import Column, Drawing
from orgs.registers.counting import Counts, counts_of
from orgs.registers.doings import Doing
from orgs.registers.filters import RegisterFilters
from orgs.registers.settings import DENSITIES, Settings, View

# Parts of an address that say where in the list one is or which panel is open; no link repeats them.
PASSING = ("after", "before", "at", "panel", "done", "print")

# Parts of an address that change how rows are shown and where in the list one is, not which rows there are.
VIEW = frozenset({"sort", "size", "cols", "density", "view", *PASSING})


# Every declared register by its code.
KNOWN: dict[str, type[Register]] = {}


@dataclass(frozen=True, slots=True)
class SystemView:
    """A view that every user has: its code, its words, the parts of the address it stands for."""

    code: str
    label: str | Promise
    query: str


class Register:
    """One register. Subclasses declare; instances belong to one request.

    ``code`` is also the name of the route. Columns of ``columns`` come in their usual order, the first one
    names the row. ``extra_annotations`` and ``related`` load what columns need, ``load`` completes the rows
    of a page by a constant number of queries.
    """

    code: ClassVar[str] = ""
    model: ClassVar[type[Model]]
    object_type: ClassVar[str] = ""
    title: ClassVar[str | Promise] = ""
    columns: ClassVar[Sequence[Column]] = ()
    filters_class: ClassVar[type[RegisterFilters]] = RegisterFilters
    drawing_class: ClassVar[type[Drawing]] = Drawing
    system_views: ClassVar[Sequence[SystemView]] = ()
    actions: ClassVar[Sequence[type]] = ()
    # Paths of what a row needs besides its columns. With them nothing is read that no column shows; without
    # them rows come whole.
    reads: ClassVar[Sequence[str]] = ()
    # Names of people leave the portal with a file: staff above the school say what for.
    has_personal_data: ClassVar[bool] = False
    # What is found hangs on nothing that passes within a day: no condition looks at the time of the day.
    is_found_by_day: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.code:
            KNOWN[cls.code] = cls

    def __init__(self, request: HttpRequest, params: QueryDict | None = None):
        self.request = request
        self.scope = request.scope
        self.params = request.GET if params is None else params

    # What a register declares.

    def source(self) -> QuerySet:
        """All rows that the scope may see."""
        raise NotImplementedError

    @classmethod
    def annotated(cls, rows: QuerySet) -> QuerySet:
        """The rows with what their order, their filters and their state need."""
        return rows

    @classmethod
    def related(cls, rows: QuerySet) -> QuerySet:
        """The rows with what every column needs of other tables."""
        return rows

    @classmethod
    def drawn(cls, rows: QuerySet, columns: Sequence[Column]) -> QuerySet:
        """The rows with everything that the columns need in the same query."""
        extra: dict = {}
        for column in columns:
            if column.extra is not None:
                extra |= column.extra()
        rows = rows.annotate(**extra)
        if not cls.reads:
            return cls.related(rows)
        paths = {*cls.reads, *(path for column in columns for path in column.reads)}
        tables = {path.rpartition("__")[0] for path in paths} - {""}
        return rows.select_related(*tables).only(*paths)

    def load(self, rows: list) -> None:
        """Completes the rows of one page or batch; a constant number of queries."""

    def row_name(self, row: Any) -> str:
        """The row in words, for the checkbox and for messages."""
        return self.columns[0].text(row, self.drawing)

    def doings(self, row: Any) -> Sequence[Doing]:
        """What this user can do with the row, for the menu of its card; the row comes from ``load``."""
        return ()

    # Who looks.

    @cached_property
    def covers_several(self) -> bool:
        """Whether rows of several organizations may stand in the list."""
        if self.scope.sees_everything:
            return True
        if getattr(self.request, "place", None) is not None:
            return False
        held = self.scope.memberships
        return bool(self.scope.roles & OVERSIGHT_ROLES) or len({item.organization_id for item in held}) > 1

    @cached_property
    def shows_private(self) -> bool:
        """Whether private columns are offered; each value is asked about once more for its row."""
        return self.scope.has_role(Role.CURATOR, Role.HEAD)

    @property
    def ip_address(self) -> str | None:
        """Where the request comes from, for the journal."""
        return self.request.META.get("REMOTE_ADDR")

    @cached_property
    def drawing(self) -> Drawing:
        return self.drawing_class(self.request)

    # What the address asks for.

    @cached_property
    def settings(self) -> Settings:
        """What the user has set of this register, and the views offered."""
        return Settings.read(self)

    @cached_property
    def filters(self) -> RegisterFilters:
        return self.filters_class(self.request, self.params)

    @cached_property
    def offered(self) -> list[Column]:
        """The columns that this user may choose from."""
        return [
            column
            for column in self.columns
            if (not column.private or self.shows_private) and (not column.place or self.covers_several)
        ]

    @cached_property
    def shown(self) -> list[Column]:
        """The chosen columns in their order; the first column always leads."""
        by_code = {column.code: column for column in self.offered}
        asked = ",".join(self.params.getlist("cols")) or self.settings.value("cols")
        codes = [code for code in dict.fromkeys(asked.split(",")) if code in by_code]
        first = self.offered[0]
        if not codes:
            return [column for column in self.offered if column.default]
        return [first, *(by_code[code] for code in codes if code != first.code)]

    @cached_property
    def sortable(self) -> dict[str, Column]:
        """The columns that the rows can be ordered by."""
        return {column.code: column for column in self.offered if column.sort is not None}

    @property
    def usual_sort(self) -> Sort:
        """The order without a choice: by the first of these columns."""
        return next(iter(self.sortable.values())).sorting

    @cached_property
    def sort(self) -> Sort:
        """The order that the address asks for."""
        asked = self.params.get("sort", "")
        column = self.sortable.get(asked.removeprefix("-"))
        if column is None:
            return self.usual_sort
        known = column.sorting
        return Sort(known.code, known.label, known.expression, descending=asked.startswith("-"))

    @cached_property
    def size(self) -> int:
        """Rows on a page."""
        asked = self.params.get("size") or self.settings.value("size")
        return next((size for size in SIZES if str(size) == asked), SIZES[0])

    @cached_property
    def density(self) -> str:
        asked = self.params.get("density") or self.settings.value("density")
        return asked if asked in DENSITIES else DENSITIES[0]

    # Rows.

    def found(self) -> QuerySet:
        """The rows of all pages."""
        return self.filters.apply(self.source())

    def rows_of(self, keys: list[int]) -> list:
        """The rows of the keys, in their order, with what the shown columns need in the same query.

        The keys come out of ``source``, so the scope has been asked already.
        """
        if not keys:
            return []
        codes = tuple(column.code for column in self.shown)
        rows = {row.pk: row for row in _statement(type(self), codes, self.drawing.today).read(keys=keys)}
        return [rows[key] for key in keys if key in rows]

    def page(self) -> KeysetPage:
        """The page that the address asks for, with rows ready to be drawn."""
        page = self._keys().page(
            after=self.params.get("after", ""),
            before=self.params.get("before", ""),
            size=self.size,
            read=self.rows_of,
        )
        self.load(page.rows)
        return page

    def _keys(self) -> Keys:
        """The keys of all pages; kept where the address, the scope and the day say all about them."""
        if not self.is_found_by_day or self.filters.text:
            return Keys(self.found(), self.sort)
        key = self.asked, self.sort.code, self.sort.descending, self.drawing.today
        return _KEYS.get(key, lambda: Keys(self.found(), self.sort))

    @cached_property
    def asked(self) -> tuple:
        """Everything that the rows follow from besides the day: register, scope, place, year, filters."""
        filters = ((name, *sorted(values)) for name, values in self.params.lists() if name not in VIEW)
        year = self.request.school_year.start_year
        return self.code, self.scope.identity, year, tuple(sorted(filters))

    def every_row(self, columns: Sequence[Column], *, batch: int = 1000):
        """All found rows in the order of the screen, completed in batches; memory stays flat."""
        rows = in_order(self.drawn(self.found(), columns), self.sort)
        waiting: list = []
        for row in rows.iterator(chunk_size=batch):
            waiting.append(row)
            if len(waiting) == batch:
                self.load(waiting)
                yield from waiting
                waiting = []
        self.load(waiting)
        yield from waiting

    @cached_property
    def counts(self) -> Counts:
        """How many rows are found, how many there are, and what each quick filter would show."""
        return counts_of(self)

    # Addresses.

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """The parts of the address that links repeat, with the place and the year."""
        parts = {name: values for name, values in self.params.lists() if name not in PASSING}
        for name, value in getattr(self.request, "address_state", {}).items():
            parts.setdefault(name, [value])
        return parts

    @cached_property
    def _encoded(self) -> dict[str, str]:
        return {name: urlencode({name: values}, doseq=True) for name, values in self._parts.items()}

    def link(self, **changes) -> str:
        """«?…»: the address as it stands with some parts changed; None drops a part, a list repeats it."""
        kept = [text for name, text in self._encoded.items() if name not in changes]
        given = {name: value for name, value in changes.items() if value is not None}
        return _query(*kept, urlencode(given, doseq=True))

    @cached_property
    def _bare(self) -> str:
        return urlencode(getattr(self.request, "address_state", {}))

    def bare_link(self) -> str:
        """«?…» with the place and year only."""
        return _query(self._bare)

    def view_link(self, view: View) -> str:
        """«?…»: where the view stands by its name."""
        return _query(view.query, f"view={view.code}", self._bare)

    def kept_parts(self, *without: str) -> list[tuple[str, str]]:
        """Parts of the address as names and values, for hidden fields of a form sent by GET."""
        kept = ((name, values) for name, values in self._parts.items() if name not in without)
        return [(name, value) for name, values in kept for value in values]


def _query(*parts: str) -> str:
    return f"?{'&'.join(filter(None, parts))}"


_KEYS: Kept[Keys] = Kept(most=256)


@lru_cache(maxsize=256)
def _statement(register: type[Register], codes: tuple[str, ...], day: date) -> Statement:
    """Rows of the ``keys`` that the scope has given, with what the columns need; conditions hold the day."""
    columns = [column for column in register.columns if column.code in codes]
    rows = register.annotated(register.model._default_manager.filter(Among(F("pk"), "keys")).order_by())
    return Statement(register.drawn(rows, columns))
