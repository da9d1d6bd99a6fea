"""Rows of the reports: one figure beside its target and last year, ready to be printed.

A figure of too few answers has no numbers here at all, so no report can print them.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from monitoring.compute import Place
from monitoring.definitions import Definition
from monitoring.enums import FigureState, TargetStatus, Unit
from monitoring.figures import Figure, missing_of, status_of
from monitoring.reports import wording
from monitoring.reports.labels import Labels, labels_of
from monitoring.sources import ANSWERS, ORGANIZATIONS, PAIRS

FEW = "few_data"


@dataclass(frozen=True)
class Row:
    """One indicator in one organization, or in all of them (``place`` is None)."""

    definition: Definition
    place: Place | None
    figure: Figure
    few: bool = False
    previous: Figure | None = None
    previous_few: bool = False

    @property
    def name(self) -> str:
        return wording.name(self.place.name) if self.place else ""

    @property
    def numerator(self) -> int | None:
        """How many were counted; None without data, or where the figure is hidden."""
        return None if self.few or self.no_data else self.figure.numerator

    @property
    def denominator(self) -> int | None:
        return None if self.few or self.no_data else self.figure.denominator

    @cached_property
    def amount(self) -> Fraction | None:
        """The unrounded value in the unit of the indicator; None: nothing to show."""
        return None if self.few else self.figure.amount

    @cached_property
    def previous_amount(self) -> Fraction | None:
        return self.previous.amount if self.previous else None

    @property
    def change(self) -> Fraction | None:
        """Against last year, in percentage points or in numbers."""
        if self.amount is None or self.previous_amount is None:
            return None
        return self.amount - self.previous_amount

    @property
    def target(self) -> Fraction | None:
        return None if self.definition.target is None else Fraction(self.definition.target)

    @property
    def gap(self) -> Fraction | None:
        """Against the target; below zero when it is missed."""
        if self.amount is None or self.target is None:
            return None
        return self.amount - self.target

    @property
    def status(self) -> str:
        if self.few:
            return FEW
        return status_of(self.figure.amount, self.definition.target, self.definition.direction)

    @property
    def reached(self) -> bool:
        return self.status == TargetStatus.REACHED

    @property
    def missed(self) -> bool:
        return self.status in {TargetStatus.CLOSE, TargetStatus.BEHIND, TargetStatus.FAR_BEHIND}

    @property
    def missing(self) -> int:
        """How many people, organizations or items are missing to the target; 0 when none or not known."""
        if self.few:
            return 0
        return missing_of(self.figure, self.definition.target, self.definition.direction) or 0

    @property
    def in_error(self) -> bool:
        """More was counted than the base holds."""
        return self.numerator is not None and self.figure.exceeds_base

    @property
    def no_data(self) -> bool:
        return self.figure.state == FigureState.NO_DATA

    @property
    def is_empty(self) -> bool:
        """Nobody in the base and nobody counted: the indicator does not apply."""
        return not self.few and self.figure.state == FigureState.EMPTY_BASE and not self.figure.numerator

    @property
    def value(self) -> str:
        """«18,4 %», «–» for an empty base, or words for what is missing."""
        if self.few:
            return wording.FEW
        if self.amount is None:
            return wording.DASH if self.figure.state == FigureState.EMPTY_BASE else wording.NO_DATA
        return wording.amount(self.amount, self.definition.unit)

    @property
    def counts(self) -> str:
        """«252 из 1 370»; empty without a base or where the figure is hidden."""
        if self.numerator is None or self.denominator is None:
            return ""
        return f"{wording.grouped(self.numerator)} из {wording.grouped(self.denominator)}"


@dataclass(frozen=True)
class Line:
    """One indicator of a report: the total, the organizations, and what is wrong with the data.

    ``number`` is the indicator's number in this report. ``comparable`` is False when last year's figure
    was published under another version of the definition. ``single``: the report is on one organization.
    """

    number: int
    definition: Definition
    total: Row
    rows: list[Row]
    without_data: list[Place]
    comparable: bool = True
    single: bool = False

    @cached_property
    def labels(self) -> Labels:
        return labels_of(self.definition)

    @cached_property
    def _by_place(self) -> dict[int, Row]:
        return {row.place.id: row for row in self.rows}

    def of(self, place_id: int) -> Row | None:
        """The row of an organization; None when it takes no part in the indicator."""
        return self._by_place.get(place_id)

    @property
    def is_share(self) -> bool:
        return self.definition.unit == Unit.PERCENT

    @property
    def of_organizations(self) -> bool:
        """Whether organizations are counted, so that each has either one or nothing."""
        return self.definition.numerator.source is ORGANIZATIONS

    @property
    def of_people(self) -> bool:
        return self.definition.numerator.source is PAIRS

    @property
    def of_answers(self) -> bool:
        return self.definition.numerator.source is ANSWERS

    @property
    def is_condition(self) -> bool:
        """Of one organization no share of organizations is told, but whether it meets the condition."""
        return self.single and self.of_organizations

    @property
    def shown(self) -> str:
        """The total in words of the report."""
        if self.is_condition and self.total.numerator is not None:
            return "условие выполнено" if self.total.numerator else "условие не выполнено"
        return self.total.value

    @property
    def result(self) -> str:
        """«18,4 % при цели 20 %»."""
        if self.is_condition or self.definition.target is None:
            return self.shown
        return f"{self.shown} при цели {self.target}"

    @property
    def lacking(self) -> str:
        """«не хватает 22 человек»; empty when nothing is missing or that says nothing of one school."""
        if self.is_condition or not self.total.missing:
            return ""
        return f"не хватает {self.labels.missing(self.total.missing)}"

    @cached_property
    def with_value(self) -> list[Row]:
        return [row for row in self.rows if row.amount is not None]

    @cached_property
    def has_previous(self) -> bool:
        """Whether any value of last year may be shown."""
        return any(row.previous_amount is not None for row in (self.total, *self.rows))

    @cached_property
    def hidden(self) -> list[Row]:
        return [row for row in self.rows if row.few]

    @cached_property
    def errors(self) -> list[Row]:
        return [row for row in self.rows if row.in_error]

    @cached_property
    def below_target(self) -> list[Row]:
        """Organizations that miss the target, those that lack most first."""
        return sorted(
            (row for row in self.rows if row.missed), key=lambda row: (-row.missing, row.amount, row.name)
        )

    @property
    def target(self) -> str:
        """«20 %», or words when no target is set."""
        if self.definition.target is None:
            return "не установлена"
        return wording.amount(Fraction(self.definition.target), self.definition.unit, exact=True)

    def surplus(self, column: str) -> int:
        """By how much the sum of organizations exceeds the total: people counted at several of them."""
        total = getattr(self.total, column)
        known = [value for row in self.rows if (value := getattr(row, column)) is not None]
        if total is None or self.hidden or not known:
            return 0
        return sum(known) - total
