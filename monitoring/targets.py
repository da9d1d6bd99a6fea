"""Targets of a municipality: which cells the form shows, and how its changes are written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from common.dates import today
from common.recorded import delete_as, save_as
from monitoring.models import Indicator, Roadmap, Target
from monitoring.queries import years_covered
from orgs.models import Municipality
from orgs.scope import Scope


def indicators_with_targets() -> list[Indicator]:
    """Indicators in use, in their order."""
    return list(Indicator.objects.filter(active=True))


def target_years(municipality: Municipality, scope: Scope, roadmap: Roadmap | None) -> list[int]:
    """Years of the roadmap, this and the next (without a roadmap the next two); and those with targets."""
    year = today().year
    years = {*years_covered(roadmap), year, year + 1} if roadmap else {year, year + 1, year + 2}
    given = Target.objects.visible_to(scope).filter(municipality=municipality, year__gte=min(years))
    return sorted(years | set(given.values_list("year", flat=True)))


@transaction.atomic
def set_targets(
    *,
    actor,
    municipality: Municipality,
    changes: Mapping[tuple[int, int], Decimal | None],
    document: str,
) -> int:
    """Writes changed cells, by indicator and year; None removes the target. Returns how many changed."""
    stored = {
        (target.indicator_id, target.year): target
        for target in Target.objects.select_for_update().filter(municipality=municipality)
    }
    for (indicator, year), value in changes.items():
        target = stored.get((indicator, year))
        if value is None:
            if target is not None:
                delete_as(actor, target, reason=document[:100])
            continue
        target = target or Target(municipality=municipality, indicator_id=indicator, year=year)
        target.value, target.is_demo = value, False
        if document:
            target.document = document
        save_as(actor, target)
    return len(changes)
