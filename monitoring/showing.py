"""What a page shows: figures of the visible organizations, live or frozen, and which of them are hidden.

Everything that a page, a card, a file or the map prints of a figure goes through :class:`Shown`, so that none
of them can forget a small group or judge incomplete data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from monitoring.compute import Figures, Level, Place, compute
from monitoring.definitions import Definition, definitions
from monitoring.enums import FigureState
from monitoring.figures import Figure
from monitoring.models import Snapshot
from monitoring.period import ReportingPeriod
from monitoring.presenters import FigureRow, by_missing
from monitoring.queries import overview, reported_places
from monitoring.reports import published
from monitoring.suppression import counts_answers, is_few, suppressed, total_is_hidden
from orgs.models import Municipality, Organization
from orgs.scope import Scope

# Below this share of the organizations a total gets no judgement (ux.md, 9.1).
LEAST_COMPLETENESS = Fraction(80, 100)


@dataclass(frozen=True)
class Shown:
    """Figures with everything that decides how they may be printed.

    ``summed``: a total out of a snapshot that is the sum of its organizations, because a snapshot keeps
    distinct people of the whole municipality only. ``hidden_totals``: indicators whose total would give a
    small group away. ``before``: the same a year earlier.
    """

    municipality: Municipality
    definitions: Sequence[Definition]
    figures: Figures
    hidden: Mapping[str, set[int]] = field(default_factory=dict)
    hidden_totals: frozenset[str] = frozenset()
    snapshot: Snapshot | None = None
    summed: bool = False
    before: Shown | None = None

    @property
    def period(self) -> ReportingPeriod:
        return self.figures.period

    @property
    def places(self) -> list[Place]:
        return self.figures.places

    def definition(self, code: str) -> Definition | None:
        """The indicator of the code; None when it is not in use."""
        return next((found for found in self.definitions if found.code == code), None)

    def total(self, definition: Definition) -> FigureRow:
        """The figure of everything that is shown."""
        figure = self.figures.totals[definition.code]
        few = is_few(definition, figure) or definition.code in self.hidden_totals
        with_data, expected = self.coverage(definition)
        thin = bool(expected) and Fraction(with_data, expected) < LEAST_COMPLETENESS
        return FigureRow(definition, figure, few=few, thin=thin, before=self._total_before(definition))

    def rows(self, definition: Definition) -> list[FigureRow]:
        """Organizations with a base: those that lack most to the target first, then by the lesser value."""
        rows = [
            self.row(definition, place, figure) for place, figure in self.figures.with_base(definition.code)
        ]
        return sorted(rows, key=by_missing)

    def row(self, definition: Definition, place: Place, figure: Figure | None = None) -> FigureRow:
        """The figure of one organization."""
        own = figure or self.figures.by_organization[definition.code][place.id]
        few = place.id in self.hidden.get(definition.code, ())
        return FigureRow(definition, own, place, few=few, before=self._before(definition, place))

    def coverage(self, definition: Definition) -> tuple[int, int]:
        """How many working organizations have data for the indicator, and of how many it is expected.

        Answers are expected where there were participants; what the portal counts itself is always there.
        """
        with_data = expected = 0
        own = self.figures.by_organization.get(definition.code, {})
        for place in self.places:
            figure = own.get(place.id)
            if not place.works or figure is None:
                continue
            if figure.has_base:
                with_data += 1
                expected += 1
            elif _is_expected(definition, figure):
                expected += 1
        return with_data, expected

    def _before(self, definition: Definition, place: Place) -> Figure | None:
        last = self._comparable(definition)
        if last is None or place.id in last.hidden.get(definition.code, ()):
            return None
        return last.figures.by_organization.get(definition.code, {}).get(place.id)

    def _total_before(self, definition: Definition) -> Figure | None:
        last = self._comparable(definition)
        figure = last.figures.totals.get(definition.code) if last else None
        if figure is None or is_few(definition, figure) or definition.code in last.hidden_totals:
            return None
        return figure

    def _comparable(self, definition: Definition) -> Shown | None:
        """Last year's figures where the definition was the same."""
        last = self.before
        earlier = last.definition(definition.code) if last else None
        return last if earlier is not None and earlier.version == definition.version else None


def _is_expected(definition: Definition, figure: Figure) -> bool:
    if figure.state != FigureState.NO_DATA:
        return False
    return bool(figure.participants) if counts_answers(definition) else True


def live(
    municipality: Municipality,
    period: ReportingPeriod,
    scope: Scope,
    *,
    codes: Iterable[str] = (),
    organizations=None,
    narrowed: bool = False,
    level: Level = Level.BOTH,
) -> Shown:
    """Live figures of what the scope may see; ``narrowed``: an overseer looks at a part of the own place."""
    seen = overview(municipality, period, scope=scope, codes=codes, organizations=organizations, level=level)
    chosen, figures = seen.definitions, seen.figures
    neighbours = figures
    answered = [definition for definition in chosen if counts_answers(definition)]
    if narrowed and answered:
        # Who sees the district as well could work out from it a school that is hidden there.
        everywhere = Organization.objects.filter(municipality=municipality)
        neighbours = compute(answered, everywhere, period, Level.ORGANIZATION)
    totals = _hidden_totals(chosen, neighbours, figures.places)
    return Shown(municipality, chosen, figures, _hidden(chosen, neighbours), totals)


def frozen(snapshot: Snapshot, scope: Scope, *, codes: Iterable[str] = (), organizations=None) -> Shown:
    """Published figures of what the scope may see, with the rules and targets that were published."""
    municipality = snapshot.round.municipality
    everywhere = Organization.objects.filter(municipality=municipality)
    found = published.read(snapshot, everywhere, scope).figures
    chosen = _published_definitions(snapshot, definitions(municipality, snapshot.round.year, codes))
    hidden, published_figures = _hidden(chosen, found), found
    seen = set(reported_places(scope, municipality, organizations).values_list("pk", flat=True))
    whole = all(place.id in seen for place in found.places)
    if not whole:
        found = _cut(found, chosen, seen)
    return Shown(
        municipality,
        chosen,
        found,
        hidden,
        _hidden_totals(chosen, published_figures, found.places),
        snapshot,
        summed=not whole and len(found.places) > 1,
    )


def _hidden(chosen: Sequence[Definition], figures: Figures) -> dict[str, set[int]]:
    return {
        definition.code: suppressed(
            definition, figures.by_organization.get(definition.code, {}), figures.districts
        )
        for definition in chosen
    }


def _hidden_totals(
    chosen: Sequence[Definition], everywhere: Figures, shown: Iterable[Place]
) -> frozenset[str]:
    part = {place.id for place in shown}
    return frozenset(
        definition.code
        for definition in chosen
        if total_is_hidden(
            definition, everywhere.by_organization.get(definition.code, {}), everywhere.districts, part
        )
    )


def _published_definitions(snapshot: Snapshot, current: Sequence[Definition]) -> list[Definition]:
    """The current definitions with the titles, targets, versions and rules of the published document."""
    known = {definition.code: definition for definition in current}
    return [
        replace(
            known[entry["code"]],
            title=entry["title"],
            unit=entry["unit"],
            version=entry["version"],
            source=entry["source"],
            target=None if entry["target"] is None else Decimal(entry["target"]),
            target_document=entry["target_document"],
            published_rule=entry["rule"],
        )
        for entry in snapshot.document["indicators"]
        if entry["code"] in known
    ]


def _cut(figures: Figures, chosen: Sequence[Definition], seen: set[int]) -> Figures:
    """The part of published figures that is seen; its totals are sums, a single place's its own figures."""
    places = [place for place in figures.places if place.id in seen]
    own = {
        code: {pk: figure for pk, figure in found.items() if pk in seen}
        for code, found in figures.by_organization.items()
    }
    totals = {}
    for definition in chosen:
        found = list(own.get(definition.code, {}).values())
        totals[definition.code] = found[0] if len(places) == 1 and found else _sum(definition, found)
    return Figures(figures.period, places, own, totals)


def _sum(definition: Definition, found: Sequence[Figure]) -> Figure:
    counted = [figure for figure in found if figure.has_base and figure.numerator is not None]
    bases = [figure.denominator for figure in counted if figure.denominator is not None]
    numerator = sum(figure.numerator for figure in counted) if counted else None
    denominator = sum(bases) if bases else None
    state = FigureState.OK if counted else FigureState.NO_DATA
    if denominator == 0:
        state = FigureState.EMPTY_BASE
    # A round keeps participants only where somebody answered: with a silent school their sum is not known.
    known = [figure.participants for figure in found if figure.participants is not None]
    extras = {"participants": sum(known)} if known and len(known) == len(found) else {}
    return Figure(
        definition.code, None, definition.unit, numerator, denominator, state, bool(counted), extras
    )
