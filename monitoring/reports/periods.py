"""Closed monitorings for the builder of reports."""

from __future__ import annotations

from django.utils.translation import gettext as _

from common.reporting import FrozenPeriod, frozen_sources
from monitoring.enums import RoundStatus
from monitoring.models import Round
from orgs.scope import Scope


@frozen_sources.register("rounds")
def closed_rounds(scope: Scope) -> list[FrozenPeriod]:
    """Closed monitorings of the municipalities that the scope works in, the newest first."""
    rounds = Round.objects.visible_to(scope).filter(status=RoundStatus.CLOSED).select_related("municipality")
    return [
        FrozenPeriod(
            code=str(found.pk),
            label=_("%(place)s, %(year)d, as of %(day)s (frozen)")
            % {"place": found.municipality, "year": found.year, "day": f"{found.as_of:%d.%m.%Y}"},
            municipality_id=found.municipality_id,
            year=found.year,
            as_of=found.as_of,
        )
        for found in rounds.order_by("-as_of", "municipality__name")
    ]
