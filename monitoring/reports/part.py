"""Frozen figures of a part of the municipality: a snapshot keeps those of schools and of the whole only."""

from __future__ import annotations

from monitoring.compute import Figures
from monitoring.enums import FigureState
from monitoring.figures import Figure


def frozen_part(figures: Figures, wanted: set[int]) -> Figures:
    """Figures of the wanted organizations; their totals are sums of the frozen figures of the schools.

    People were frozen by school, so one who takes part in two of the schools is in the sum twice.
    """
    kept = {
        code: {pk: figure for pk, figure in own.items() if pk in wanted}
        for code, own in figures.by_organization.items()
    }
    places = [place for place in figures.places if place.id in wanted]
    totals = {
        code: _summed(total, list(kept.get(code, {}).values())) for code, total in figures.totals.items()
    }
    return Figures(figures.period, places, kept, totals)


def _summed(total: Figure, own: list[Figure]) -> Figure:
    counted = [figure for figure in own if figure.numerator is not None]
    if not counted:
        return total._replace(
            numerator=None, denominator=None, state=FigureState.NO_DATA, has_base=False, extras={}
        )
    denominator = None
    if total.denominator is not None:
        denominator = sum(figure.denominator or 0 for figure in counted)
    extras = {}
    if any("participants" in figure.extras for figure in counted):
        extras["participants"] = sum(figure.extras.get("participants") or 0 for figure in counted)
    return total._replace(
        numerator=sum(figure.numerator for figure in counted),
        denominator=denominator,
        state=FigureState.EMPTY_BASE if denominator == 0 else FigureState.OK,
        has_base=denominator != 0,
        extras=extras,
    )
