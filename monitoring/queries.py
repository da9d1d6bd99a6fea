"""Reads of the monitoring app: municipalities by name, figures of a municipality or of visible schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from common.dates import today
from monitoring.compute import Figures, Level, compute
from monitoring.definitions import Definition, definitions
from monitoring.models import Target
from monitoring.period import ReportingPeriod
from monitoring.presenters import amount_text
from orgs.models import Municipality, Organization
from orgs.scope import Scope


@dataclass(frozen=True, slots=True)
class Overview:
    """Indicators of a municipality with their figures for a period."""

    municipality: Municipality
    definitions: Sequence[Definition]
    figures: Figures


def municipality_named(name: str) -> Municipality | None:
    """The municipality of that name; case and outer spaces aside."""
    return Municipality.objects.filter(name__iexact=name.strip()).first()


def overview(
    municipality: Municipality,
    period: ReportingPeriod,
    *,
    scope: Scope,
    codes: Iterable[str] = (),
    organizations=None,
    level: Level = Level.BOTH,
) -> Overview:
    """Live figures of the organizations of a municipality that the scope may see.

    The total is over the visible organizations: the whole municipality for its methodologist, one
    district or school for others. ``organizations`` narrows them further.
    """
    places = reported_places(scope, municipality, organizations)
    chosen = definitions(municipality, period.year, codes)
    return Overview(municipality, chosen, compute(chosen, places, period, level))


def reported_places(scope: Scope, municipality: Municipality, organizations=None):
    """Organizations of the municipality whose people's data the scope may read.

    Narrower than what an administrator of accounts sees of organizations.
    """
    places = Organization.objects.all() if organizations is None else organizations
    places = places.visible_to(scope).filter(municipality=municipality)
    return places if scope.sees_everything else places.filter(pk__in=scope.organization_ids())


def years_of(municipality: Municipality) -> list[int]:
    """Years that a page offers: those with targets, and the current one."""
    with_targets = set(Target.objects.filter(municipality=municipality).values_list("year", flat=True))
    return sorted(with_targets | {today().year})


def years_covered(roadmap) -> range:
    """Every year of a roadmap."""
    return range(roadmap.first_year, roadmap.last_year + 1)


def targets_of(roadmap) -> list[tuple[str, list[str]]]:
    """Targets of the municipality in the years of a roadmap: the indicator's title, a value per year."""
    years = years_covered(roadmap)
    values: dict[str, dict[int, str]] = {}
    found = Target.objects.filter(municipality=roadmap.municipality_id, year__in=years).select_related(
        "indicator"
    )
    for target in found.order_by("indicator__position", "year"):
        shown = amount_text(target.value, target.indicator.unit, exact=True)
        values.setdefault(target.indicator.title, {})[target.year] = shown
    return [(title, [by_year.get(year, "–") for year in years]) for title, by_year in values.items()]
