"""Pages of long lists without OFFSET and without counting the whole table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import BaseExpression

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
    expression = F(sort.expression) if isinstance(sort.expression, str) else sort.expression
    queryset = queryset.alias(sort_key=expression)
    anchor = _anchor(queryset, before or after)
    backwards = bool(before) and anchor is not None
    descending = sort.descending != backwards
    if anchor is not None:
        way = "lt" if descending else "gt"
        pk, key = anchor
        # The plain comparison says nothing new, but an index of the key can begin at it.
        queryset = queryset.filter(
            Q(**{f"sort_key__{way}": key}) | Q(sort_key=key, **{f"pk__{way}": pk}),
            **{f"sort_key__{way}e": key},
        )
    sign = "-" if descending else ""
    ordered = queryset.order_by(f"{sign}sort_key", f"{sign}pk")
    found = list((ordered.values_list("pk", flat=True) if read else ordered)[: size + 1])
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    if read:
        rows = read(rows)
    if backwards:
        return KeysetPage(rows, has_previous=more, has_next=True, size=size)
    return KeysetPage(rows, has_previous=anchor is not None, has_next=more, size=size)


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


def _anchor(queryset: QuerySet, pk: str) -> tuple | None:
    if not pk.isdecimal() or len(pk) > 18:
        return None
    return (
        queryset.order_by()
        .annotate(anchor_key=F("sort_key"))
        .filter(pk=int(pk))
        .values_list("pk", "anchor_key")
        .first()
    )
