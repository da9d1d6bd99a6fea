"""Pages of long lists without OFFSET and without counting the whole table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import BaseExpression

from common.statements import Given, Statement

SIZES = (50, 100, 200)
COUNT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Sort:
    """One way to order a list: the code in the address, its words, a never-null expression, its direction."""

    code: str
    label: str
    expression: BaseExpression | str
    descending: bool = False


@dataclass(slots=True)
class KeysetPage:
    """Rows of one page and the ids to go on from; ids and no names, for addresses stand in logs."""

    rows: list
    has_previous: bool
    has_next: bool
    size: int

    @property
    def first(self) -> int | None:
        return self.rows[0].pk if self.rows else None

    @property
    def last(self) -> int | None:
        return self.rows[-1].pk if self.rows else None


def keyset_page(
    queryset: QuerySet,
    sort: Sort,
    *,
    after: str = "",
    before: str = "",
    size: int = SIZES[0],
    read: Callable[[list[int]], list] | None = None,
) -> KeysetPage:
    """The rows that follow (or precede) the row with the given id.

    An id that is malformed, gone or outside the queryset gives the first page. At most two queries. With
    ``read`` only keys are found here and ``read`` brings their rows in that order: what is costly to read
    is then read of the shown rows alone, whatever way through the table the database has chosen.
    """
    if read is not None:
        return Keys(queryset, sort).page(after=after, before=before, size=size, read=read)
    queryset = _with_sort_key(queryset, sort)
    pk = _pk(before or after)
    anchor = _anchors(queryset, pk).first() if pk is not None else None
    backwards = bool(before) and anchor is not None
    found = list(_ordered(queryset, sort.descending != backwards, anchor)[: size + 1])
    return _page(found, size, backwards, anchor is not None)


class Keys:
    """The keys of a list in its order. Its statements are put together once and read for any page.

    Whoever keeps it keeps it no longer than what the queryset holds is true.
    """

    def __init__(self, queryset: QuerySet, sort: Sort):
        self._rows = _with_sort_key(queryset, sort)
        self._descending = sort.descending
        key = self._rows.query.annotations["sort_key"].output_field
        pk = self._rows.model._meta.pk
        self._anchor = Statement(_anchors(self._rows, Given("pk", pk)))
        self._place = Given("pk", pk), Given("key", key)
        self._statements: dict[tuple, Statement] = {}

    def page(
        self, *, after: str = "", before: str = "", size: int, read: Callable[[list[int]], list]
    ) -> KeysetPage:
        """A page as :func:`keyset_page` gives it; ``read`` brings the rows of the keys in their order."""
        pk = _pk(before or after)
        anchors = self._anchor.read(pk=pk) if pk is not None else []
        backwards = bool(before and anchors)
        given = dict(zip(("pk", "key"), anchors[0], strict=True)) if anchors else {}
        keys = self._in_order(self._descending != backwards, bool(anchors), size).read(**given)
        page = _page(keys, size, backwards, bool(anchors))
        page.rows = read(page.rows)
        return page

    def _in_order(self, descending: bool, from_anchor: bool, size: int) -> Statement:
        asked = descending, from_anchor, size
        if asked not in self._statements:
            rows = _ordered(self._rows, descending, self._place if from_anchor else None)
            self._statements[asked] = Statement(rows.values_list("pk", flat=True)[: size + 1])
        return self._statements[asked]


def in_order(queryset: QuerySet, sort: Sort) -> QuerySet:
    """All rows in the order in which the pages show them."""
    return _ordered(_with_sort_key(queryset, sort), sort.descending)


def _with_sort_key(queryset: QuerySet, sort: Sort) -> QuerySet:
    expression = F(sort.expression) if isinstance(sort.expression, str) else sort.expression
    return queryset.alias(sort_key=expression)


def _anchors(queryset: QuerySet, pk) -> QuerySet:
    rows = queryset.order_by().annotate(anchor_key=F("sort_key"))
    return rows.filter(pk=pk).values_list("pk", "anchor_key")


def _ordered(queryset: QuerySet, descending: bool, anchor: tuple | None = None) -> QuerySet:
    if anchor is not None:
        way = "lt" if descending else "gt"
        pk, key = anchor
        # The plain comparison says nothing new, but an index of the key can begin at it.
        queryset = queryset.filter(
            Q(**{f"sort_key__{way}": key}) | Q(sort_key=key, **{f"pk__{way}": pk}),
            **{f"sort_key__{way}e": key},
        )
    sign = "-" if descending else ""
    return queryset.order_by(f"{sign}sort_key", f"{sign}pk")


def _page(found: list, size: int, backwards: bool, from_anchor: bool) -> KeysetPage:
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
        return KeysetPage(rows, has_previous=more, has_next=True, size=size)
    return KeysetPage(rows, has_previous=from_anchor, has_next=more, size=size)


def _pk(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= 18 else None


def bounded_count(queryset: QuerySet, limit: int = COUNT_LIMIT) -> int:
    """How many rows there are, but never more than ``limit + 1``: the cost of a count stays bounded."""
    return queryset.order_by()[: limit + 1].count()


def bounded_counts(querysets: Sequence[QuerySet], limit: int = COUNT_LIMIT) -> list[int]:
    """How many rows each of the querysets has, by one query; none is counted further than ``limit + 1``."""
    counts, parts, parameters = [0] * len(querysets), [], []
    for place, queryset in enumerate(querysets):
        plain = queryset.order_by().values("pk")[: limit + 1]
        try:
            sql, values = plain.query.get_compiler(plain.db).as_sql()
        except EmptyResultSet:
            continue
        parts.append((place, f"(SELECT COUNT(*) FROM ({sql}) AS found)"))
        parameters += values
    if parts:
        with connections[querysets[0].db].cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(part for _place, part in parts), parameters)
            for (place, _part), number in zip(parts, cursor.fetchone(), strict=True):
                counts[place] = number
    return counts
