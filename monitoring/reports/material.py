"""Everything that the reports on a place say, gathered once in a constant number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from common.dates import today
from common.reporting import ReportContext
from common.text import natural_key
from monitoring.compute import Figures, Level, Place, compute
from monitoring.definitions import Definition, definitions
from monitoring.figures import Figure
from monitoring.models import Roadmap, Round, Snapshot
from monitoring.period import ReportingPeriod
from monitoring.queries import reported_places
from monitoring.reports import published, wording
from monitoring.reports.evidence import Evidence, gather_evidence
from monitoring.reports.lines import Line, Row
from monitoring.reports.part import frozen_part
from monitoring.reports.wording import name
from monitoring.sources import ANSWERS
from monitoring.suppression import is_few, suppressed, total_is_hidden
from orgs.models import Organization
from orgs.scope import Scope


@dataclass(frozen=True)
class Material:
    """The facts of one report. ``organization`` is None for the whole municipality."""

    scope: Scope
    municipality: object
    organization: Organization | None
    period: ReportingPeriod
    previous: ReportingPeriod | None
    lines: list[Line]
    places: list[Place]
    evidence: Evidence
    round: Round | None
    roadmap: Roadmap | None
    snapshot: Snapshot | None
    previous_snapshot: Snapshot | None
    made_on: datetime.date
    # Of the municipality the report may be about a part: its words, empty for the whole or for one school.
    part: str = ""

    @property
    def place_name(self) -> str:
        """What the report is about: a school, a part of the municipality, or all of it."""
        return self.part or str(self.organization or self.municipality)

    @property
    def file_place(self) -> str:
        """The same for the name of a file."""
        return self.part or str(self.organization.short_name if self.organization else self.municipality)

    @property
    def year(self) -> int:
        return self.period.year

    @property
    def created(self) -> datetime.datetime:
        """The moment that files name as that of their making, so that the same facts give the same bytes."""
        return datetime.datetime.combine(self.made_on, datetime.time(), datetime.UTC)

    @property
    def span(self) -> str:
        """«2026 год», «2025/26 учебный год»."""
        return wording.span(self.period)

    @property
    def span_before(self) -> str:
        """The same of the period a year earlier."""
        return wording.span(self.period, back=1)

    @property
    def is_summed(self) -> bool:
        """Whether the totals are sums of frozen figures of schools, people of two schools counted twice."""
        return self.snapshot is not None and bool(self.part) and len(self.places) > 1

    @cached_property
    def working(self) -> list[Place]:
        """Organizations that work on the reporting date, in the order of their names."""
        return [place for place in self.places if place.works]

    @property
    def is_preliminary(self) -> bool:
        """Whether the reporting date is still to come."""
        return self.snapshot is None and self.made_on < self.period.as_of

    def line(self, code: str) -> Line | None:
        """The line of an indicator; None when the indicator is not in use."""
        return next((line for line in self.lines if line.definition.code == code), None)

    def named(self, ids) -> list[str]:
        """Names of organizations by their ids, in the order of names."""
        wanted = set(ids)
        return [name(place.name) for place in self.places if place.id in wanted]


@dataclass(frozen=True)
class _Year:
    """Figures of one year with the ids of organizations whose small groups are not shown."""

    figures: Figures
    versions: dict[str, int]
    hidden: dict[str, set[int]]
    snapshot: Snapshot | None
    # Indicators whose total is not shown: of few answers, or one that would give a hidden school away.
    hidden_totals: frozenset[str] = frozenset()

    def total(self, definition: Definition) -> tuple[Figure | None, bool]:
        figure = self.figures.totals.get(definition.code)
        if figure is None:
            return None, False
        return figure, definition.code in self.hidden_totals or is_few(definition, figure)

    def own(self, definition: Definition, place_id: int) -> tuple[Figure | None, bool]:
        figure = self.figures.by_organization.get(definition.code, {}).get(place_id)
        return figure, place_id in self.hidden.get(definition.code, ())


def gather(context: ReportContext) -> Material:
    """Reads all facts of the report through the context's scope.

    Raises :class:`monitoring.period.PeriodProblem` for an impossible year or date, and
    :class:`monitoring.parameters.ParameterProblem` when a stored choice cannot be used.
    """
    scope, municipality, organization = context.scope, context.municipality, context.organization
    period = ReportingPeriod.of(context.year, context.as_of, school=context.school_year)
    previous = period.before
    places = reported_places(scope, municipality, context.narrowed(Organization.objects.all()))
    chosen = definitions(municipality, period.year)

    # Rounds freeze calendar years; a school year is always computed.
    current_snapshot = last_snapshot = None
    if not period.school:
        current_snapshot = published.latest_closed(municipality, period.year, scope, period=period)
        if previous:
            last_snapshot = published.latest_closed(municipality, previous.year, scope)
    this_year = _year(context, chosen, places, period, current_snapshot)
    last_year = _year(context, chosen, places, previous, last_snapshot) if previous else None

    listed = sorted(this_year.figures.places, key=lambda place: (natural_key(place.name), place.inn))
    lines = [
        _line(number, definition, listed, this_year, last_year, organization)
        for number, definition in enumerate(
            (definition for definition in chosen if definition.code in this_year.figures.totals), start=1
        )
    ]
    # A school that closed before the reporting date still stands where its people or pupils are counted.
    taking_part = {place.id for place in listed if place.works} | {
        row.place.id for line in lines for row in line.rows if row.figure.has_base
    }
    return Material(
        scope=scope,
        municipality=municipality,
        organization=organization,
        period=period,
        previous=last_year.figures.period if last_year else None,
        lines=lines,
        places=[place for place in listed if place.id in taking_part],
        evidence=gather_evidence(scope, places, period),
        round=current_snapshot.round if current_snapshot else _round(scope, municipality, period),
        roadmap=_roadmap(scope, municipality, period.year),
        snapshot=current_snapshot,
        previous_snapshot=last_snapshot,
        made_on=today(),
        part=context.place_name if _is_part(context) else "",
    )


def _is_part(context: ReportContext) -> bool:
    """Whether the report is about some organizations of the municipality, more than one by right."""
    return context.organization is None and bool(context.district or context.organizations)


def _year(
    context: ReportContext, chosen: Sequence[Definition], places, period: ReportingPeriod, snapshot
) -> _Year:
    """Frozen figures where the round is closed, live ones otherwise."""
    scope, organization = context.scope, context.organization
    if snapshot is not None:
        everywhere = reported_places(scope, context.municipality)
        found = published.read(snapshot, everywhere, scope, organization=organization)
        figures, neighbours, versions = found.figures, found.figures, found.versions
        if organization is not None:
            own = [place for place in figures.places if place.id == organization.pk]
            figures = Figures(figures.period, own, figures.by_organization, figures.totals)
        elif _is_part(context):
            figures = frozen_part(figures, set(places.values_list("pk", flat=True)))
        return _shown_year(chosen, figures, neighbours, versions, snapshot)
    figures = compute(chosen, places, period)
    versions = {definition.code: definition.version for definition in chosen}
    neighbours = figures
    answered = [definition for definition in chosen if definition.numerator.source is ANSWERS]
    if (organization is not None or _is_part(context)) and answered:
        # A school hidden in the report on the municipality would otherwise be found in its own.
        everywhere = reported_places(scope, context.municipality)
        neighbours = compute(answered, everywhere, period, Level.ORGANIZATION)
    return _shown_year(chosen, figures, neighbours, versions, None)


def _shown_year(
    chosen: Sequence[Definition],
    figures: Figures,
    neighbours: Figures,
    versions: dict[str, int],
    snapshot: Snapshot | None,
) -> _Year:
    """The year with what is hidden in it, judged by all organizations that its reader may ask about."""
    part = {place.id for place in figures.places}
    own = {definition.code: neighbours.by_organization.get(definition.code, {}) for definition in chosen}
    hidden = {
        definition.code: suppressed(definition, own[definition.code], neighbours.districts)
        for definition in chosen
    }
    totals = frozenset(
        definition.code
        for definition in chosen
        if total_is_hidden(definition, own[definition.code], neighbours.districts, part)
    )
    return _Year(figures, versions, hidden, snapshot, totals)


def _line(
    number: int, definition: Definition, places: list[Place], this: _Year, last: _Year | None, organization
) -> Line:
    versions = this.versions[definition.code], last and last.versions.get(definition.code)
    comparable = last is not None and versions[0] == versions[1]
    rows = []
    for place in places:
        figure, few = this.own(definition, place.id)
        if figure is None or (not figure.has_base and not place.works):
            continue
        rows.append(Row(definition, place, figure, few, *_shown(last, comparable, definition, place=place)))
    figure, few = this.total(definition)
    before = _shown(last, comparable, definition)
    return Line(
        number=number,
        definition=definition,
        total=Row(definition, None, figure, few, *before),
        rows=rows,
        without_data=[row.place for row in rows if row.no_data and row.place.works],
        comparable=comparable or last is None or versions[1] is None,
        single=organization is not None,
    )


def _shown(
    last: _Year | None, comparable: bool, definition: Definition, *, place: Place | None = None
) -> tuple[Figure | None, bool]:
    """Last year's figure where it may stand beside this year's, and whether too few answers forbid it."""
    if last is None or not comparable:
        return None, False
    figure, few = last.own(definition, place.id) if place else last.total(definition)
    return (None, True) if few else (figure, False)


def _round(scope: Scope, municipality, period: ReportingPeriod) -> Round | None:
    rounds = Round.objects.visible_to(scope).filter(municipality=municipality, year=period.year)
    found = list(rounds.order_by("-as_of", "-pk"))
    return next((row for row in found if row.as_of == period.as_of), found[0] if found else None)


def _roadmap(scope: Scope, municipality, year: int) -> Roadmap | None:
    return (
        Roadmap.objects.visible_to(scope)
        .filter(municipality=municipality, first_year__lte=year, last_year__gte=year)
        .order_by("-first_year", "pk")
        .first()
    )
