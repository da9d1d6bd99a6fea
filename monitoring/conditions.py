"""Conditions on rows of the sources: ages, records of people, documents and pairs of organizations."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, Subquery

from mentors.enums import DiagnosticPhase
from mentors.models import ContestEntry, Diagnostic, Pair, Program, Training
from monitoring.period import ReportingPeriod
from monitoring.sources import Context, works_on
from orgs.models import Document, DocumentType


def aged(period: ReportingPeriod, age_from: int, age_to: int, person: str = "") -> Q:
    """People of ``age_from`` to ``age_to`` full years; ``person`` is the path to the person.

    With a full date of birth the age on the reporting date counts; with a year only, the difference
    of years, that is the age reached by 31 December (the official form holds only the year).
    """
    dated = Q(
        **{
            f"{person}birth_date__lte": period.born_to_be(age_from),
            f"{person}birth_date__gt": period.born_to_be(age_to + 1),
        }
    )
    by_year = Q(
        **{
            f"{person}birth_date__isnull": True,
            f"{person}birth_year__gte": period.year - age_to,
            f"{person}birth_year__lte": period.year - age_from,
        }
    )
    return dated | by_year


def young_teacher(period: ReportingPeriod, parameters: dict) -> Q:
    """Mentees of pairs who are young specialists: by years of teaching, else by the category."""
    young = Q(mentee__experience_years__lte=parameters["max_experience_years"]) | Q(
        mentee__experience_years__isnull=True, mentee__category__code__in=parameters["categories"]
    )
    if parameters["max_age"] is not None:
        young &= aged(period, 0, parameters["max_age"], "mentee__person__")
    return young


def with_program(context: Context, statuses: tuple[str, ...], *, route: bool = False) -> Q:
    """Pairs whose own or whose group's programme runs in the year and has one of the statuses.

    With ``route`` only programmes with an individual learning route built on diagnostics.
    """
    period = context.period
    programs = Program.objects.filter(
        context.holds(),
        Q(started_on__isnull=True) | Q(started_on__lte=period.end),
        Q(ended_on__isnull=True) | Q(ended_on__gte=period.start),
        status__in=statuses,
    )
    if route:
        programs = programs.filter(learning_route=True, route_by_diagnostics=True)
    return Q(pk__in=programs.filter(pair__isnull=False).values("pair")) | Q(
        group__in=programs.filter(group__isnull=False).values("group")
    )


def with_positive_dynamics(period: ReportingPeriod) -> Q:
    """Pairs whose mentee has fewer deficits in the year's last diagnostic than in the one before the work."""
    after = Diagnostic.objects.filter(
        phase=DiagnosticPhase.AFTER, held_on__gte=period.start, held_on__lte=period.end
    )
    later = after.filter(participation=OuterRef("participation"), held_on__gt=OuterRef("held_on"))
    before = Diagnostic.objects.filter(
        participation=OuterRef("participation"),
        phase=DiagnosticPhase.BEFORE,
        held_on__lte=OuterRef("held_on"),
    ).order_by("-held_on", "-pk")
    improved = (
        after.filter(~Exists(later))
        .annotate(deficits_before=Subquery(before.values("deficits")[:1]))
        .filter(deficits__lt=F("deficits_before"))
    )
    return Q(mentee__in=improved.values("participation"))


def in_contest(period: ReportingPeriod) -> Q:
    """Pairs whose mentee took part in a contest of the year."""
    entries = ContestEntry.objects.filter(held_on__gte=period.start, held_on__lte=period.end)
    return Q(mentee__in=entries.values("participation"))


def trained(period: ReportingPeriod) -> Q:
    """Pairs whose mentor had completed a course by the end of the year."""
    return Q(mentor__in=Training.objects.filter(completed_on__lte=period.end).values("participation"))


def has_working_pair(context: Context) -> Q:
    """Organizations with a pair that is active on the reporting date."""
    # Correlated: one look into the index of (organization, start, end) answers for each organization.
    return Q(Exists(Pair.objects.active_on(context.period.as_of).filter(organization=OuterRef("pk"))))


def has_pair_of_kind(context: Context, kind: str) -> Q:
    """Organizations with a pair of the kind of mentoring within the year."""
    period = context.period
    pairs = Pair.objects.within(period.start, period.end).filter(kind__code=kind)
    # Few pairs have the kind, so they are looked up by it; distinct keeps the planner's estimate low.
    return Q(pk__in=pairs.order_by().values("organization").distinct())


def _valid_documents(period: ReportingPeriod):
    return Document.objects.filter(
        Q(issued_on__isnull=True) | Q(issued_on__lte=period.as_of),
        Q(valid_until__isnull=True) | Q(valid_until__gte=period.as_of),
    )


def required_types():
    """Types of documents that make the full package."""
    return DocumentType.objects.filter(required=True, active=True)


def has_document(period: ReportingPeriod, type_code: str) -> Q:
    """Organizations with a document of the type that is valid on the reporting date."""
    return Q(pk__in=_valid_documents(period).filter(type__code=type_code).values("organization"))


def has_all_documents(period: ReportingPeriod) -> Q:
    """Organizations that lack no document of the full package on the reporting date."""
    held = _valid_documents(period).filter(organization=OuterRef(OuterRef("pk")), type=OuterRef("pk"))
    return ~Q(Exists(required_types().filter(~Exists(held))))


def works(context: Context, *and_also: Q) -> Q:
    """Organizations that work on the reporting date, narrowed further."""
    condition = works_on(context.period)
    for further in and_also:
        condition &= further
    return condition
