"""Terms: what is counted or summed over the rows of a source.

Equal terms have equal keys and are computed once, whatever the number of indicators that use them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Case, Count, Max, Q, Sum, Value, When
from django.db.models.expressions import Combinable

from checklists.enums import Achievement, Verdict
from monitoring import conditions
from monitoring.sources import (
    ANSWERS,
    AUDIT_ITEMS,
    HEADCOUNTS,
    ORGANIZATIONS,
    PAIRS,
    PROGRAMS,
    Context,
    Source,
)

Condition = Callable[[Context], Q]


def everything(context: Context) -> Q:
    """No condition."""
    return Q()


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """An aggregate over a source, equal to another of the same source and key.

    ``absent`` is its value for an organization without rows.
    """

    source: Source
    key: str
    where: Condition
    column: str = "pk"
    distinct: bool = False
    summed: bool = False
    absent: int | None = 0
    # Of people: who they are, and their full years; the lists behind a figure explain these.
    population: str = ""
    ages: tuple[int, int] | None = None

    def __eq__(self, other) -> bool:
        return isinstance(other, Term) and self.source is other.source and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def aggregate(self, context: Context, among: Q | None = None) -> Combinable:
        """The aggregate expression; ``among`` narrows it further (organizations with a base)."""
        condition = self.where(context)
        if among is not None:
            condition &= among
        condition = condition or None
        if self.summed:
            return Sum(self.column, filter=condition)
        return Count(self.column, distinct=self.distinct, filter=condition)

    def mark(self, context: Context) -> Combinable:
        """1 for a group of rows in which one is counted, else 0: what gathered people are counted by."""
        condition = self.where(context)
        return Max(Case(When(condition, then=Value(1)), default=Value(0)) if condition else Value(1))


def people(
    side: str,
    *,
    population: str = "",
    ages: tuple[int, int] | None = None,
    also: Condition | None = None,
    also_key: str = "",
) -> Term:
    """Distinct people on one side of the year's pairs, of a population and age, with a further condition."""

    def where(context: Context) -> Q:
        condition = Q(**{f"{side}_population": population}) if population else Q()
        if ages:
            condition &= conditions.aged(context.period, *ages, f"{side}__person__")
        if also:
            condition &= also(context)
        return condition

    key = f"{side} {population} {ages} {also_key}"
    return Term(
        PAIRS,
        key,
        where,
        column=f"{side}__person",
        distinct=True,
        population=population,
        ages=ages,
    )


def headcount(column: str) -> Term:
    """A number out of the organization's headcount; unknown where it was not given."""
    return Term(HEADCOUNTS, column, everything, column=column, summed=True, absent=None)


def organizations(key: str = "", also: Condition | None = None) -> Term:
    """Organizations that work on the reporting date and fulfil a condition."""
    return Term(
        ORGANIZATIONS,
        key,
        lambda context: conditions.works(context, *([also(context)] if also else [])),
    )


def answers(respondent: str, satisfied_min_mean=None) -> Term:
    """Respondents of a role; with a threshold only the satisfied ones.

    Satisfied: liked to take part, and the mean of the two scores reaches the threshold. The index
    covers ``year``, so counting it needs no look into the table.
    """

    def where(context: Context) -> Q:
        condition = Q(respondent=respondent)
        if satisfied_min_mean is not None:
            condition &= Q(enjoyed=True) & Q(score_sum__gte=2 * satisfied_min_mean)
        return condition

    return Term(ANSWERS, f"{respondent} {satisfied_min_mean}", where, column="year")


def programs() -> Term:
    """Programmes completed in the year."""
    return Term(PROGRAMS, "completed", everything)


def checklist_items(*, achieved: bool = False) -> Term:
    """Answered items of self-audits; with ``achieved`` those achieved and not returned by the reviewer."""

    def where(context: Context) -> Q:
        return Q(answer=Achievement.ACHIEVED) & ~Q(verdict=Verdict.RETURNED) if achieved else Q()

    return Term(AUDIT_ITEMS, f"achieved {achieved}", where)
