"""Grouped queries over sources: values of terms by organization, and totals over distinct rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import BigIntegerField, F, Q, Value

from monitoring.distinct import DistinctPeople
from monitoring.sources import Context, Source
from monitoring.terms import Term

PLACE_FIELDS = ("pk", "inn", "short_name", "district_id", "type_id")


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

    def column(self, term: Term) -> list[int | None]:
        """Values of a term in the order of the organizations; without rows what the term says then."""
        known, absent = self.by_organization[term], term.absent
        return [known.get(pk, absent) for pk in self.organizations]

    def total(self, column: Column) -> int | None:
        """The value of all organizations together; None when none of them has one."""
        if column in self.totals:
            return self.totals[column]
        values = self.column(column.term)
        if column.base:
            taking_part = set(self.with_number(column.base))
            values = [
                value for pk, value in zip(self.organizations, values, strict=True) if pk in taking_part
            ]
        known = [value for value in values if value is not None]
        return sum(known) if known or column.term.absent is not None else None

    def with_number(self, base: Term) -> list[int]:
        """Organizations that gave the number of the base; a zero is given too."""
        return [
            pk for pk, value in zip(self.organizations, self.column(base), strict=True) if value is not None
        ]


def organization_rows(context: Context, columns: Sequence[Column]) -> tuple[list[tuple], Values]:
    """Organizations by INN (their PLACE_FIELDS), and the values of terms over them, in one query."""
    terms = _terms(columns)
    aliases = [f"term_{number}" for number in range(len(terms))]
    aggregates = {alias: term.aggregate(context) for alias, term in zip(aliases, terms, strict=True)}
    rows = list(
        context.places.order_by("inn")
        .values(*PLACE_FIELDS)
        .annotate(**aggregates)
        .values_list(*PLACE_FIELDS, *aliases)
    )
    values = Values([row[0] for row in rows])
    for place, term in enumerate(terms, start=len(PLACE_FIELDS)):
        values.by_organization[term] = {row[0]: row[place] for row in rows}
    return [row[: len(PLACE_FIELDS)] for row in rows], values


def read(source: Source, columns: Sequence[Column], context: Context, level: Level, values: Values) -> None:
    """Reads the columns of one source into ``values`` in one query.

    Where the total is no sum and several organizations are asked for, the rows of both come together.
    """
    if source.additive or level is Level.ORGANIZATION or len(values.organizations) == 1:
        _read_organizations(source, _terms(columns), context, values)
        return
    restrictions = {column: _taking_part(column, values) for column in columns}
    # Numerators whose bases were given by the same organizations are one and the same in the totals.
    kinds = list({(column.term, taking_part): None for column, taking_part in restrictions.items()})
    terms = [term for term, _taking_part in kinds]
    if level is Level.TOTAL:
        aggregates = [term.aggregate(context, _among(source, taking_part)) for term, taking_part in kinds]
        nowhere = Value(None, output_field=BigIntegerField())
        rows = list(_grouped(source, context, nowhere, aggregates))
    else:
        rows = DistinctPeople(source, context, kinds).rows()
    _keep(terms, [row for row in rows if row[0] is not None], values)
    # Without any row in the source the database gives no row of totals either.
    totals = next((row[1:] for row in rows if row[0] is None), [term.absent for term in terms])
    by_kind = dict(zip(kinds, totals, strict=True))
    for column, taking_part in restrictions.items():
        values.totals[column] = by_kind[column.term, taking_part]


def _read_organizations(source: Source, terms: Sequence[Term], context: Context, values: Values) -> None:
    aggregates = [term.aggregate(context) for term in terms]
    _keep(terms, list(_grouped(source, context, F(source.organization), aggregates)), values)


def _grouped(source: Source, context: Context, place, aggregates: Sequence):
    """Rows (place, aggregate …) of the source grouped by ``place``."""
    aliases = [f"term_{number}" for number in range(len(aggregates))]
    return (
        source.rows(context)
        .order_by()
        .values(place=place)
        .annotate(**dict(zip(aliases, aggregates, strict=True)))
        .values_list("place", *aliases)
    )


def _keep(terms: Iterable[Term], rows: list[tuple], values: Values) -> None:
    for place, term in enumerate(terms, start=1):
        values.by_organization[term] = {row[0]: row[place] for row in rows}


def _terms(columns: Iterable[Column]) -> list[Term]:
    return list(dict.fromkeys(column.term for column in columns))


def _taking_part(column: Column, values: Values) -> tuple[int, ...] | None:
    """Organizations that gave the number of the base; None when all of them did, or none is needed."""
    if column.base is None:
        return None
    taking_part = tuple(values.with_number(column.base))
    return None if len(taking_part) == len(values.organizations) else taking_part


def _among(source: Source, taking_part: tuple[int, ...] | None) -> Q | None:
    return None if taking_part is None else Q(**{f"{source.organization}__in": taking_part})
