"""Pages of long lists without OFFSET and without counting the whole table."""

from __future__ import annotations

from dataclasses import dataclass

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
    queryset: QuerySet, sort: Sort, *, after: str = "", before: str = "", size: int = SIZES[0]
) -> KeysetPage:
    """The rows that follow (or precede) the row with the given id.

    An id that is malformed, gone or outside the queryset gives the first page. At most two queries.
    """
    expression = F(sort.expression) if isinstance(sort.expression, str) else sort.expression
    queryset = queryset.alias(sort_key=expression)
    anchor = _anchor(queryset, before or after)
    backwards = bool(before) and anchor is not None
    descending = sort.descending != backwards
    if anchor is not None:
        way = "lt" if descending else "gt"
        pk, key = anchor
        queryset = queryset.filter(Q(**{f"sort_key__{way}": key}) | Q(sort_key=key, **{f"pk__{way}": pk}))
    sign = "-" if descending else ""
    rows = list(queryset.order_by(f"{sign}sort_key", f"{sign}pk")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
        return KeysetPage(rows, has_previous=more, has_next=True, size=size)
    return KeysetPage(rows, has_previous=anchor is not None, has_next=more, size=size)


def bounded_count(queryset: QuerySet, limit: int = COUNT_LIMIT) -> int:
    """How many rows there are, but never more than ``limit + 1``: the cost of a count stays bounded."""
    return queryset.order_by()[: limit + 1].count()


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
