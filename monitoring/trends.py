"""Indicators over years: out of snapshots where a round is closed, live otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Min
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.charts.on_page import Spot, small_trend, spark_line
from mentors.models import Pair
from monitoring.compute import Level
from monitoring.definitions import Definition
from monitoring.enums import Unit
from monitoring.models import Snapshot, Target
from monitoring.period import ReportingPeriod
from monitoring.presenters import FigureRow, amount_text
from monitoring.queries import reported_places
from monitoring.reports import published
from monitoring.showing import Shown, frozen, live
from orgs.scope import Scope
from surveys.models import Answer

YEARS = 6


@dataclass(frozen=True, slots=True)
class Year:
    """One year of an indicator; ``row`` is None where the portal has no data of that year."""

    year: int
    row: FigureRow | None
    target: object
    frozen: bool = False

    @property
    def amount(self) -> Fraction | None:
        return self.row.figure.amount if self.row and self.row.has_value else None

    @property
    def value(self) -> str:
        return self.row.value if self.row else "–"


@dataclass(frozen=True, slots=True)
class Trend:
    """One indicator over the years, oldest first."""

    definition: Definition
    years: Sequence[Year]

    @property
    def spark(self) -> SafeString:
        first = next((place for place, year in enumerate(self.years) if year.amount is not None), 0)
        return spark_line([year.amount for year in self.years[first:]])

    @property
    def change(self) -> Fraction | None:
        """The last known value less the one before it."""
        known = [year.amount for year in self.years if year.amount is not None]
        return known[-1] - known[-2] if len(known) > 1 else None

    @property
    def has_data(self) -> bool:
        return any(year.amount is not None for year in self.years)

    @property
    def picture(self) -> SafeString:
        """The small multiple; shares have one axis of 0–100 on all of them."""
        unit = self.definition.unit
        top = 100
        if unit == Unit.COUNT:
            top = max(
                [year.amount or 0 for year in self.years] + [year.target or 0 for year in self.years] + [1]
            )
        known = [year for year in self.years if year.amount is not None]
        target = self.years[-1].target
        return small_trend(
            [Spot(str(year.year), year.amount, year.target) for year in self.years],
            title=self.spoken,
            value_text=amount_text(known[-1].amount, unit).removesuffix("\u00a0%") if known else "",
            target_text=""
            if target is None
            else _("target %s") % amount_text(target, unit, exact=True).removesuffix("\u00a0%"),
            top=top,
        )

    @property
    def spoken(self) -> str:
        """The picture in words."""
        parts = [
            _("%(year)s: %(value)s") % {"year": year.year, "value": year.value}
            for year in self.years
            if year.row is not None
        ]
        return f"{self.definition.name}. {'; '.join(parts)}"


def trends(shown: Shown, scope: Scope, chosen: Sequence[Definition], **place) -> list[Trend]:
    """The chosen indicators over up to six years that end with the one shown.

    ``place`` narrows the figures as in :func:`monitoring.showing.live`. Queries grow with the years that have
    data and no closed round, never with organizations or people.
    """
    last = shown.period.year
    codes = [definition.code for definition in chosen]
    targets = _targets(shown, codes, last)
    by_year = {last: shown, **_earlier(shown, scope, codes, last, place)}
    first = min([*by_year, *(year for _code, year in targets)], default=last)
    return [
        Trend(
            definition,
            [
                _year(year, by_year.get(year), definition, targets.get((definition.code, year)))
                for year in range(first, last + 1)
            ],
        )
        for definition in chosen
    ]


def growing(found: Sequence[Trend]) -> str:
    """«Growing: 5 indicators of 6», of those that have a year before; empty when none has."""
    changes = [trend.change for trend in found if trend.change is not None]
    if not changes:
        return ""
    up = sum(change > 0 for change in changes)
    if not up:
        return _("No indicator grows")
    return ngettext("%(n)s indicator of %(all)s grows", "%(n)s indicators of %(all)s grow", up) % {
        "n": up,
        "all": len(changes),
    }


def year_before(shown: Shown, scope: Scope, codes: Sequence[str], **place) -> Shown | None:
    """The same figures a year earlier; None where the portal has no data of it."""
    year = shown.period.year - 1
    return _earlier(shown, scope, codes, year + 1, place, years=1, level=Level.BOTH).get(year)


def _earlier(
    shown: Shown, scope: Scope, codes, last: int, place: dict, *, years: int = YEARS - 1, level=Level.TOTAL
) -> dict[int, Shown]:
    municipality = shown.municipality
    start = max(last - years, _first_year(shown, scope, place) or last)
    snapshots = _snapshots(municipality, scope, range(start, last))
    organizations = place.get("organizations")
    found = {}
    for year in range(start, last):
        if year in snapshots:
            found[year] = frozen(snapshots[year], scope, codes=codes, organizations=organizations)
        else:
            found[year] = live(
                municipality, ReportingPeriod.of(year), scope, codes=codes, level=level, **place
            )
    return found


def _first_year(shown: Shown, scope: Scope, place: dict) -> int | None:
    """The first year with pairs or answers of the visible organizations, or with a closed round."""
    places = reported_places(scope, shown.municipality, place.get("organizations")).values("pk")
    pairs = Pair.objects.filter(organization__in=places).aggregate(first=Min("started_on"))["first"]
    answers = Answer.objects.filter(organization__in=places).aggregate(first=Min("year"))["first"]
    known = [year for year in (pairs and pairs.year, answers) if year]
    return min(known, default=None)


def _snapshots(municipality, scope: Scope, years) -> dict[int, Snapshot]:
    """The latest revision of the last closed round of each year."""
    found: dict[int, Snapshot] = {}
    for snapshot in published.closed(municipality, scope).filter(round__year__in=years):
        found.setdefault(snapshot.round.year, snapshot)
    return found


def _targets(shown: Shown, codes: Sequence[str], last: int) -> dict[tuple[str, int], object]:
    rows = Target.objects.filter(
        municipality=shown.municipality,
        indicator__code__in=codes,
        year__gt=last - YEARS,
        year__lte=last,
    )
    return {(code, year): value for code, year, value in rows.values_list("indicator__code", "year", "value")}


def _year(year: int, of_year: Shown | None, definition: Definition, target) -> Year:
    then = of_year.definition(definition.code) if of_year else None
    row = of_year.total(then) if then is not None and then.code in of_year.figures.totals else None
    is_frozen = of_year is not None and of_year.snapshot is not None
    goal = then.target if is_frozen and then is not None else target
    return Year(year, row, goal, is_frozen)
