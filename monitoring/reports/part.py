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
    # A round keeps participants only where somebody answered: with a silent school their sum is not known.
    extras = {}
    if all("participants" in figure.extras for figure in own):
        extras["participants"] = sum(figure.extras["participants"] for figure in own)
    return total._replace(
        numerator=sum(figure.numerator for figure in counted),
        denominator=denominator,
        # Nothing to divide by means for all what it means for each: a typed-in zero is a statement.
        state=counted[0].state if denominator == 0 else FigureState.OK,
        has_base=any(figure.has_base for figure in counted),
        extras=extras,
    )
