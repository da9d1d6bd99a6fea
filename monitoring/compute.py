"""Figures of many organizations at once: one grouped query per source, whatever their number.

The total is computed over distinct people. Sums of organizations are used only where they are exact
(numbers of pupils, answers, organizations); a person in two schools counts once in the total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from monitoring.definitions import Definition
from monitoring.enums import FigureState
from monitoring.figures import Figure
from monitoring.grouped import Column, Level, Values, organization_rows, read
from monitoring.period import ReportingPeriod
from monitoring.sources import HEADCOUNTS, ORGANIZATIONS, Context, Source
from monitoring.terms import Term, organizations

__all__ = ["Figures", "Level", "Place", "compute"]


@dataclass(frozen=True, slots=True)
class Place:
    """An organization that figures were computed for; ``works``: on the reporting date."""

    id: int
    inn: str
    name: str
    works: bool
    district_id: int | None = None
    type_id: int | None = None


@dataclass(slots=True)
class Figures:
    """Figures by indicator code: of each organization (by its id), and of all of them together."""

    period: ReportingPeriod
    places: list[Place]
    by_organization: dict[str, dict[int, Figure]] = field(default_factory=dict)
    totals: dict[str, Figure] = field(default_factory=dict)

    @property
    def districts(self) -> dict[int, int | None]:
        """The district of each organization."""
        return {place.id: place.district_id for place in self.places}

    def with_base(self, code: str) -> list[tuple[Place, Figure]]:
        """Organizations that have a base for the figure, with their figures."""
        return [pair for pair in self._pairs(code) if pair[1].has_base]

    def without_data(self, code: str) -> list[Place]:
        """Working organizations that have no data for the indicator; their people are not counted."""
        return [
            place
            for place, figure in self._pairs(code)
            if place.works and figure.state == FigureState.NO_DATA
        ]

    def above_base(self, code: str) -> list[Place]:
        """Organizations where more was counted than the base holds: a data error to be corrected."""
        return [place for place, figure in self._pairs(code) if figure.exceeds_base]

    def _pairs(self, code: str) -> list[tuple[Place, Figure]]:
        figures = self.by_organization.get(code, {})
        return [(place, figures[place.id]) for place in self.places if place.id in figures]


def compute(
    definitions: Sequence[Definition],
    places: QuerySet,
    period: ReportingPeriod,
    level: Level = Level.BOTH,
) -> Figures:
    """Figures of the indicators in the organizations of the queryset ``places`` for the period.

    Takes one query for the organizations and one for each further source that the indicators need,
    for any number of indicators and organizations.
    """
    context = Context(period, places)
    columns = _columns_by_source(definitions)
    rows, values = organization_rows(context, columns.pop(ORGANIZATIONS))
    works = values.by_organization[organizations()]
    listed = [
        Place(pk, inn, name, bool(works[pk]), district_id, type_id)
        for pk, inn, name, district_id, type_id in rows
    ]
    # Numbers of pupils come first: they decide whose people the totals may count.
    for source in sorted(columns, key=lambda source: source is not HEADCOUNTS):
        read(source, columns[source], context, level, values)

    figures = Figures(period, listed)
    for definition in definitions:
        if level is not Level.TOTAL:
            figures.by_organization[definition.code] = _organization_figures(definition, listed, values)
        if level is not Level.ORGANIZATION:
            figures.totals[definition.code] = _total_figure(definition, values)
    return figures


def _columns_by_source(definitions: Iterable[Definition]) -> dict[Source, list[Column]]:
    columns: dict[Source, dict[Column, None]] = defaultdict(dict)
    columns[ORGANIZATIONS][Column(organizations())] = None
    for definition in definitions:
        for column in (numerator_column(definition), *_other_columns(definition)):
            columns[column.term.source][column] = None
    return {source: list(found) for source, found in columns.items()}


def numerator_column(definition: Definition) -> Column:
    """The numerator; where the base is typed in, only organizations that gave it take part."""
    base = definition.denominator
    return Column(definition.numerator, base if base and base.source.entered else None)


def _other_columns(definition: Definition) -> list[Column]:
    terms = [definition.denominator] if definition.denominator else []
    return [Column(term) for term in (*terms, *definition.extras.values())]


def _organization_figures(
    definition: Definition, places: Sequence[Place], values: Values
) -> dict[int, Figure]:
    base = definition.denominator
    numerators = values.column(definition.numerator)
    denominators = values.column(base) if base else [None] * len(places)
    figures = {
        place.id: _figure(
            definition, place.id, numerator, denominator, takes_part=place.works or base is not None
        )
        for place, numerator, denominator in zip(places, numerators, denominators, strict=True)
    }
    if definition.extras:
        columns = {name: values.column(term) for name, term in definition.extras.items()}
        for position, place in enumerate(places):
            extras = {name: column[position] for name, column in columns.items()}
            figures[place.id] = figures[place.id]._replace(extras=extras)
    return figures


def _total_figure(definition: Definition, values: Values) -> Figure:
    denominator = values.total(Column(definition.denominator)) if definition.denominator else None
    figure = _figure(definition, None, values.total(numerator_column(definition)), denominator)
    if not definition.extras:
        return figure
    extras = {name: values.total(Column(term)) for name, term in definition.extras.items()}
    return figure._replace(extras=extras)


def _figure(
    definition: Definition,
    organization_id: int | None,
    numerator: int | None,
    denominator: int | None,
    *,
    takes_part: bool = True,
) -> Figure:
    """The figure with its state; a count of a closed organization with nothing in it is no statement."""
    base: Term | None = definition.denominator
    state, has_base = FigureState.OK, True
    if base is None:
        if not takes_part and not numerator:
            numerator, state, has_base = None, FigureState.NO_DATA, False
    elif denominator is None:
        numerator, state, has_base = None, FigureState.NO_DATA, False
    elif denominator == 0:
        state, has_base = base.source.zero_state, base.source.entered
    return Figure(definition.code, organization_id, definition.unit, numerator, denominator, state, has_base)
