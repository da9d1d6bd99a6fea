"""A computed figure, and its judgement against a target; shares stay exact until they are printed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from common.rounding import percent, percent_text, round_half_up
from monitoring.enums import Direction, FigureState, TargetStatus, Unit

CLOSE_FROM = Fraction(90, 100)
BEHIND_FROM = Fraction(75, 100)


class Figure(NamedTuple):
    """Numerator and denominator of one indicator for one organization, or for all of them (None).

    ``has_base`` tells whether the organization takes part in the indicator: numbers of pupils were given
    (even a zero), somebody answered, there were mentees to divide by. ``participants`` stands beside
    figures of surveys: how many people could have answered.
    """

    code: str
    organization_id: int | None
    unit: str
    numerator: int | None
    denominator: int | None
    state: str
    has_base: bool = True
    extras: Mapping[str, int] = MappingProxyType({})

    @property
    def amount(self) -> Fraction | None:
        """The unrounded value in the unit of the indicator (percent or number); None: nothing to show."""
        if self.state != FigureState.OK or self.numerator is None:
            return None
        if self.unit == Unit.COUNT:
            return Fraction(self.numerator)
        return percent(self.numerator, self.denominator)

    @property
    def value(self) -> str | None:
        """The value for machines, one decimal, rounded half up; None: nothing to divide by or no data."""
        amount = self.amount
        return None if amount is None else f"{round_half_up(amount):f}"

    @property
    def exceeds_base(self) -> bool:
        """A data error: more people were counted than the base holds."""
        if self.state == FigureState.NO_DATA or self.denominator is None:
            return False
        return (self.numerator or 0) > self.denominator

    @property
    def participants(self) -> int | None:
        return self.extras.get("participants")

    @property
    def response_rate(self) -> str | None:
        """Respondents of all participants in percent; None without participants."""
        return percent_text(self.denominator, self.participants)

    @property
    def value_of_participants(self) -> str | None:
        """Satisfied respondents of all participants in percent, as МР-42/02 words it."""
        return percent_text(self.numerator, self.participants)


def status_of(amount: Fraction | None, target: Decimal | None, direction: str = Direction.UP) -> str:
    """The status of an unrounded value beside its target; thresholds 100, 90 and 75 % of the target."""
    if amount is None:
        return TargetStatus.NO_DATA
    if target is None:
        return TargetStatus.NO_TARGET
    done, wanted = (amount, Fraction(target)) if direction == Direction.UP else (Fraction(target), amount)
    if done >= wanted:
        return TargetStatus.REACHED
    if done >= wanted * CLOSE_FROM:
        return TargetStatus.CLOSE
    if done >= wanted * BEHIND_FROM:
        return TargetStatus.BEHIND
    return TargetStatus.FAR_BEHIND


def missing_of(figure: Figure, target: Decimal | None, direction: str = Direction.UP) -> int | None:
    """How many people (organizations, items) are still missing to the target, at least 0.

    None when there is no target, no value, or less is better.
    """
    if target is None or figure.amount is None or direction != Direction.UP:
        return None
    wanted = Fraction(target)
    if figure.unit == Unit.PERCENT:
        wanted = wanted * figure.denominator / 100
    return max(0, math.ceil(wanted) - figure.numerator)
