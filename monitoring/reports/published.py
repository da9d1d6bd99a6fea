"""Figures of a closed round: what was published stands in later documents, whatever was edited since."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from monitoring import models
from monitoring.compute import Figures, compute
from monitoring.enums import RoundStatus
from monitoring.figures import Figure
from monitoring.models import Snapshot
from monitoring.period import ReportingPeriod
from orgs.scope import Scope


@dataclass(frozen=True)
class Published:
    """The latest revision of a closed round, its figures, and the version of each definition."""

    snapshot: Snapshot
    figures: Figures
    versions: dict[str, int]


def latest_closed(
    municipality, year: int, scope: Scope, *, period: ReportingPeriod | None = None
) -> Snapshot | None:
    """The latest revision of the year's last closed round; with a ``period`` of its reporting date."""
    found = closed(municipality, scope).filter(round__year=year)
    if period is not None:
        found = found.filter(round__as_of=period.as_of)
    return found.first()


def closed(municipality, scope: Scope) -> QuerySet:
    """Snapshots of closed rounds, the latest reporting date and its latest revision first."""
    found = Snapshot.objects.visible_to(scope).filter(
        round__municipality=municipality, round__status=RoundStatus.CLOSED
    )
    return found.select_related("round__municipality").order_by("-round__as_of", "-revision")


def read(snapshot: Snapshot, places: QuerySet, scope: Scope, *, organization=None) -> Published:
    """Frozen figures of the places; totals are the municipality's, or those of the ``organization``.

    Two queries: the places, and the frozen rows.
    """
    period = ReportingPeriod(snapshot.round.year, snapshot.round.as_of)
    figures = compute([], places, period)
    listed = {place.id for place in figures.places}
    entries = {entry["code"]: entry for entry in snapshot.document["indicators"]}
    schools = {
        code: {own["inn"]: own for own in entry.get("organizations", ())} for code, entry in entries.items()
    }
    versions: dict[str, int] = {}
    for row in models.Figure.objects.visible_to(scope).filter(snapshot=snapshot):
        entry = entries.get(row.code)
        if entry is None:
            continue
        versions[row.code] = row.version
        if not row.inn:
            if organization is None:
                figures.totals[row.code] = _figure(row, entry, entry)
        elif row.organization_id in listed:
            figure = _figure(row, entry, schools[row.code].get(row.inn))
            figures.by_organization.setdefault(row.code, {})[row.organization_id] = figure
            if organization is not None and row.organization_id == organization.pk:
                figures.totals[row.code] = figure
    return Published(snapshot, figures, versions)


def _figure(row: models.Figure, entry: dict, own: dict | None) -> Figure:
    participants = (own or {}).get("participants")
    extras = {} if participants is None else {"participants": participants}
    return Figure(
        row.code,
        row.organization_id,
        entry["unit"],
        row.numerator,
        row.denominator,
        row.state,
        own is not None,
        extras,
    )
