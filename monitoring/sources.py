"""Sources of figures: one table grain each, with its path to the organization.

A source gives the rows of a period in the given organizations; terms aggregate them, one grouped query
per source. ``additive`` says whether the total is exactly the sum of the organizations; where people are
counted it is not, because one person may take part in two schools.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from checklists.models import ItemAnswer
from mentors.enums import ProgramStatus
from mentors.models import Pair, Program
from monitoring.enums import FigureState
from monitoring.period import ReportingPeriod
from orgs.enums import OrganizationStatus
from orgs.models import Headcount
from surveys.enums import Wave
from surveys.models import Answer


@dataclass(frozen=True, slots=True)
class Context:
    """What rows are chosen by: the period and a lazy queryset of organizations."""

    period: ReportingPeriod
    places: QuerySet

    def holds(self, organization: str = "organization") -> Q:
        """The condition that a row stands at one of the places; no condition where all places are asked for.

        ``organization`` is the row's path to its organization.
        """
        asked = self.places.query
        if not asked.where and not asked.is_sliced:
            return Q()
        return Q(**{f"{organization}__in": self.places.values("pk")})


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A table grain: rows of a context, the path to the organization, how totals come about.

    ``entered``: people type the numbers in, so a zero is a statement and not an absence.
    ``zero_state``: what a base of zero rows means.
    """

    code: str
    rows: Callable[[Context], QuerySet]
    organization: str
    additive: bool
    entered: bool = False
    zero_state: str = FigureState.NO_DATA


def works_on(period: ReportingPeriod, prefix: str = "") -> Q:
    """Organizations that work on the reporting date: active, or closed only after it."""
    day = period.as_of
    active = Q(**{f"{prefix}status": OrganizationStatus.ACTIVE, f"{prefix}closed_on__isnull": True})
    return active | Q(**{f"{prefix}closed_on__gt": day})


def answered_in(period: ReportingPeriod) -> Q:
    """Answers of the period: by the indexed year, and within a school year by their day."""
    if not period.school:
        return Q(year=period.year)
    years = (period.start.year, period.end.year)
    return Q(year__in=years, answered_on__gte=period.start, answered_on__lte=period.end)


def _headcounts(context: Context) -> QuerySet:
    """The latest headcount of each organization in the year, dated by the reporting date."""
    start, last = context.period.start, context.period.last_headcount_day
    later = Headcount.objects.filter(
        organization=OuterRef("organization"), on_date__gt=OuterRef("on_date"), on_date__lte=last
    )
    dated = Headcount.objects.filter(on_date__gte=start, on_date__lte=last)
    return dated.filter(context.holds(), ~Exists(later))


def _pairs(context: Context) -> QuerySet:
    """Pairs that began by the end of the year and had not ended before it began."""
    period = context.period
    return Pair.objects.within(period.start, period.end).filter(context.holds())


def _answers(context: Context) -> QuerySet:
    """Answers of the second survey, in the year of their date."""
    return Answer.objects.filter(context.holds(), answered_in(context.period), wave=Wave.SECOND).annotate(
        score_sum=F("joint_work") + F("result")
    )


def _audit_items(context: Context) -> QuerySet:
    """Items that schools answered in self-audits of the year."""
    return ItemAnswer.objects.filter(
        context.holds("audit__organization"), audit__year=context.period.year
    ).exclude(answer="")


def _programs(context: Context) -> QuerySet:
    """Programmes completed in the year."""
    period = context.period
    return Program.objects.filter(
        context.holds(),
        status=ProgramStatus.COMPLETED,
        ended_on__gte=period.start,
        ended_on__lte=period.end,
    )


ORGANIZATIONS = Source("organizations", lambda context: context.places, "pk", additive=True)
HEADCOUNTS = Source(
    "headcounts", _headcounts, "organization_id", True, entered=True, zero_state=FigureState.EMPTY_BASE
)
PAIRS = Source("pairs", _pairs, "organization_id", additive=False, zero_state=FigureState.EMPTY_BASE)
ANSWERS = Source("answers", _answers, "organization_id", additive=True)
AUDIT_ITEMS = Source("audit_items", _audit_items, "audit__organization_id", additive=True)
PROGRAMS = Source("programs", _programs, "organization_id", additive=True)
