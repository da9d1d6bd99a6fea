"""Grouped queries over sources: values of terms by organization, and totals over distinct rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import BigIntegerField, F, Q, Value

from monitoring.sources import Context, Source
from monitoring.terms import Term


class Level(Enum):
    """What to compute: figures of each organization, their total, or both."""

    ORGANIZATION = "organization"
    TOTAL = "total"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Column:
    """A term in a query; in totals it counts only organizations that gave a number for ``base``."""

    term: Term
    base: Term | None = None


@dataclass(slots=True)
class Values:
    """Values read so far: of each organization, and totals of sources that cannot be summed."""

    organizations: list[int]
    by_organization: dict[Term, dict[int, int | None]] = field(default_factory=dict)
    totals: dict[Column, int | None] = field(default_factory=dict)

    def of(self, term: Term, organization_id: int) -> int | None:
        """The value of one organization; without rows what the term says of their absence."""
        return self.by_organization[term].get(organization_id, term.absent)

    def total(self, column: Column) -> int | None:
        """The value of all organizations together; None when none of them has one."""
        if column in self.totals:
            return self.totals[column]
        taking_part = self.with_number(column.base) if column.base else self.organizations
        known = [value for pk in taking_part if (value := self.of(column.term, pk)) is not None]
        return sum(known) if known or column.term.absent is not None else None

    def with_number(self, base: Term) -> list[int]:
        """Organizations that gave the number of the base; a zero is given too."""
        return [pk for pk in self.organizations if self.of(base, pk) is not None]


def organization_rows(context: Context, columns: Sequence[Column]) -> tuple[list[tuple], Values]:
    """Organizations as (id, INN, name) by INN, and the values of terms over them, in one query."""
    aliases = {f"term_{number}": column for number, column in enumerate(columns)}
    aggregates = {alias: column.term.aggregate(context) for alias, column in aliases.items()}
    rows = list(
        context.places.order_by("inn")
        .values("pk", "inn", "short_name")
        .annotate(**aggregates)
        .values_list("pk", "inn", "short_name", *aliases)
    )
    values = Values([row[0] for row in rows])
    for place, column in enumerate(aliases.values(), start=3):
        values.by_organization[column.term] = {row[0]: row[place] for row in rows}
    return [row[:3] for row in rows], values


def read(source: Source, columns: Sequence[Column], context: Context, level: Level, values: Values) -> None:
    """Reads the columns of one source into ``values`` in one query.

    Where the total is no sum and several organizations are asked for, the statement is a union of the
    rows by organization and one row of totals.
    """
    needs_total = not source.additive and level is not Level.ORGANIZATION
    aliases = {f"term_{number}": column for number, column in enumerate(columns)}
    halves = []
    if source.additive or level is not Level.TOTAL or len(values.organizations) == 1:
        halves.append(_by_organization(source, aliases, context))
    if needs_total and len(values.organizations) != 1:
        halves.append(_in_total(source, aliases, context, values))
    rows = list(halves[0] if len(halves) == 1 else halves[0].union(halves[1], all=True))

    for place, column in enumerate(aliases.values(), start=1):
        values.by_organization[column.term] = {row[0]: row[place] for row in rows if row[0] is not None}
    for row in rows:
        if row[0] is None:
            values.totals |= dict(zip(aliases.values(), row[1:], strict=True))


def _by_organization(source: Source, aliases: dict[str, Column], context: Context):
    aggregates = {alias: column.term.aggregate(context) for alias, column in aliases.items()}
    return (
        source.rows(context)
        .order_by()
        .values(place=F(source.organization))
        .annotate(**aggregates)
        .values_list("place", *aliases)
    )


def _in_total(source: Source, aliases: dict[str, Column], context: Context, values: Values):
    aggregates = {
        alias: column.term.aggregate(context, _among(source, column, values))
        for alias, column in aliases.items()
    }
    return (
        source.rows(context)
        .order_by()
        .values(place=Value(None, output_field=BigIntegerField()))
        .annotate(**aggregates)
        .values_list("place", *aliases)
    )


def _among(source: Source, column: Column, values: Values) -> Q | None:
    """Rows of organizations that gave the number of the base; None when all of them did."""
    if column.base is None:
        return None
    taking_part = values.with_number(column.base)
    if len(taking_part) == len(values.organizations):
        return None
    return Q(**{f"{source.organization}__in": taking_part})
