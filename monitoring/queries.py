"""Reads of the monitoring app: municipalities by name, figures of a municipality or of visible schools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitoring.compute import Figures, Level, compute
from monitoring.definitions import Definition, definitions
from monitoring.period import ReportingPeriod
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
    places = organizations if organizations is not None else Organization.objects.all()
    places = places.visible_to(scope).filter(municipality=municipality)
    chosen = definitions(municipality, period.year, codes)
    return Overview(municipality, chosen, compute(chosen, places, period, level))
