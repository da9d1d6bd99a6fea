"""Axes: from zero to a round number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from common.charts.svg import Number
from common.rounding import decimal_text, number_text, round_half_up

_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis from 0 to ``maximum`` with a label every ``step``."""

    maximum: float
    step: float

    @classmethod
    def fitting(cls, values: Iterable[Number | None], *, cap: float | None = None, ticks: int = 5) -> Scale:
        """Return the axis that shows all values; ``cap`` ends it (100 for shares) unless one is above."""
        largest = max((float(value) for value in values if value is not None), default=0.0)
        if largest <= 0:
            largest = cap or 1.0
        rough = largest / ticks
        magnitude = 1.0
        while magnitude * 10 <= rough:
            magnitude *= 10
        while magnitude > rough:
            magnitude /= 10
        step = next(factor * magnitude for factor in _STEPS if factor * magnitude >= rough * 0.999999)
        maximum = step
        while maximum < largest * 0.999999:
            maximum += step
        if cap is not None and maximum > cap >= largest:
            maximum = cap
        return cls(maximum, step)

    @classmethod
    def shares(cls) -> Scale:
        """Return the axis 0–100 of a bullet bar."""
        return cls(100.0, 25.0)

    def at(self, value: Number, length: float) -> float:
        """Return how far ``value`` lies along an axis of ``length`` pixels, kept inside it."""
        return min(max(float(value) / self.maximum, 0.0), 1.0) * length

    def ticks(self) -> list[float]:
        """Return the labelled values."""
        count = int(self.maximum / self.step + 1e-6)
        return [index * self.step for index in range(count + 1)]


def percent_label(value: Number | None, unit: str = "%", places: int = 1) -> str:
    """Return «18,4 %» (with a no-break space), or the bare number when ``unit`` is empty."""
    if value is None:
        return ""
    exact = round_half_up(value, places) if not isinstance(value, float) else None
    text = number_text(exact, places) if exact is not None else decimal_text(f"{value:.{places}f}")
    return f"{text}\u00a0{unit}" if unit else text


def axis_label(value: float, unit: str = "") -> str:
    """Return a tick's label without needless zeros."""
    text = decimal_text(f"{value:.2f}".rstrip("0").rstrip("."))
    return f"{text}\u00a0{unit}" if unit else text
