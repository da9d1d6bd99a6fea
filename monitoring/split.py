"""The base of a figure in parts: counted, known by name but not counted, known as a number only."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from common.charts.on_page import split_bar
from monitoring.figures import Figure
from monitoring.presenters import grouped


@dataclass(frozen=True, slots=True)
class Split:
    """Numbers of people; ``unknown`` are in the headcount and not in the base by name."""

    counted: int
    lacking: int
    unknown: int
    whole: int
    target: Decimal | None

    @property
    def bar(self) -> SafeString:
        """The parts on one bar with the mark of the target."""
        parts = (("a", self.counted), ("b", self.lacking), ("c", self.unknown))
        return split_bar([(css, 100 * number / self.whole) for css, number in parts], self.target)

    @property
    def texts(self) -> tuple[str, str, str]:
        """The three numbers for the legend."""
        return grouped(self.counted), grouped(self.lacking), grouped(self.unknown)


def split_of(figure: Figure, target: Decimal | None, lacking: int) -> Split | None:
    """The parts of the base; None where they do not fit into it, because the headcount is too small."""
    counted, whole = figure.numerator or 0, figure.denominator or 0
    unknown = whole - counted - lacking
    if unknown < 0 or not whole:
        return None
    return Split(counted, lacking, unknown, whole, target)
