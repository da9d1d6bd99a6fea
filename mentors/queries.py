"""Reads of the registers and cards, and the conditions that registers, tasks and counts share."""

from __future__ import annotations

import datetime

from django.db.models import Count, Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from common.dates import today
from mentors.completeness import incomplete as lacks_facts
from mentors.completeness import is_pupil
from mentors.enums import ConsentType, ProgramStatus, Side
from mentors.models import Consent, DifferentPeople, Meeting, Pair, Participation, PlanStep, Program
from orgs.enums import Role
from orgs.scope import Scope

WITHOUT_MEETINGS_DAYS = 30
PAIRS_OF = {Side.MENTOR: "pairs_as_mentor", Side.MENTEE: "pairs_as_mentee"}


def active(queryset: QuerySet) -> QuerySet:
    """Rows of periods that have not ended by today; a row without a start is still one to work on."""
    return queryset.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=today()))


def ended(queryset: QuerySet) -> QuerySet:
    """Rows of periods that ended before today."""
    return queryset.filter(ended_on__lt=today())


def participations(scope: Scope, side: str) -> QuerySet:
    """The register of one side."""
    return (
        Participation.objects.visible_to(scope)
        .filter(role=side)
        .select_related("person", "organization", "category", "form")
    )


def hidden_of(scope: Scope) -> QuerySet:
    """Participants whom a withdrawn consent hides, with ``withdrawn_on``, for the staff of their school."""
    consents = Consent.objects.filter(
        person=OuterRef("person"), organization=OuterRef("organization"), type=ConsentType.PROCESSING
    )
    newest = consents.filter(withdrawn_on__isnull=False).order_by("-withdrawn_on").values("withdrawn_on")[:1]
    rows = Participation.objects.known_to(scope).filter(
        is_hidden=True, organization__in=scope.organization_ids({Role.CURATOR, Role.HEAD})
    )
    return rows.annotate(withdrawn_on=Subquery(newest)).order_by("-withdrawn_on", "person__name_key", "pk")


def pairs(scope: Scope) -> QuerySet:
    """The register of pairs."""
    return Pair.objects.visible_to(scope).select_related(
        "organization", "form", "stage", "group", "mentor__person", "mentee__person"
    )


def programs(scope: Scope) -> QuerySet:
    """The register of personal programmes with how many steps are planned and done."""
    return (
        Program.objects.visible_to(scope)
        .select_related("organization", "group", "pair__mentor__person", "pair__mentee__person")
        .annotate(steps_planned=_steps(), steps_done=_steps(done_on__isnull=False))
    )


def with_steps(program_rows: QuerySet) -> QuerySet:
    """Programmes with ``steps_planned`` and ``steps_done``."""
    return program_rows.annotate(steps_planned=_steps(), steps_done=_steps(done_on__isnull=False))


def _steps(**condition) -> Coalesce:
    found = PlanStep.objects.filter(program=OuterRef("pk"), **condition).order_by().values("program")
    return Coalesce(Subquery(found.annotate(found=Count("pk")).values("found")), 0)


def with_pairs(side: str, scope: Scope) -> Prefetch:
    """A prefetch of each participant's pairs, the current ones first, with their meetings counted."""
    shown = with_meetings(pairs(scope)).order_by(
        Coalesce("ended_on", datetime.date.max).desc(), "-started_on", "pk"
    )
    return Prefetch(PAIRS_OF[side], queryset=shown, to_attr="shown_pairs")


def with_meetings(pair_rows: QuerySet) -> QuerySet:
    """Pairs with ``own_meetings``, ``group_meetings`` (numbers), ``last_own``, ``last_in_group`` (dates)."""
    return pair_rows.annotate(
        own_meetings=Coalesce(_meetings("pair", "pk", Count("pk")), 0),
        last_own=_meetings("pair", "pk", Max("held_on")),
        group_meetings=Coalesce(_meetings("group", "group", Count("pk")), 0),
        last_in_group=_meetings("group", "group", Max("held_on")),
    )


def _meetings(link: str, outer: str, aggregate) -> Subquery:
    found = Meeting.objects.filter(**{link: OuterRef(outer)}).order_by().values(link)
    return Subquery(found.annotate(found=aggregate).values("found"))


# Conditions. Each narrows a queryset of the register; home tasks and quick filters use the same ones.


def without_pair(rows: QuerySet, side: str) -> QuerySet:
    """Active participants whom no current pair holds."""
    current = active(Pair.objects.filter(**{side: OuterRef("pk")}))
    return active(rows).filter(~Exists(current))


def pupils_without_birth_year(rows: QuerySet, side: str) -> QuerySet:
    """Active pupils whose age is unknown: no indicator by age can count them."""
    return active(rows).filter(is_pupil(side), person__birth_year__isnull=True)


def incomplete(rows: QuerySet, side: str) -> QuerySet:
    """Participants of whom something that has to be known is not (``completeness.FACTS``)."""
    return lacks_facts(rows, side)


def with_silent_pair(rows: QuerySet, side: str) -> QuerySet:
    """Active participants of whose current pairs one has not met for 30 days."""
    silent = without_meetings(Pair.objects.filter(**{side: OuterRef("pk")}))
    return active(rows).filter(Exists(silent))


def possible_duplicates(rows: QuerySet) -> QuerySet:
    """Participants who may be one human being entered twice: same name, school and role, no other birth.

    Two different years of birth take them out, and so does a curator who has told them apart.
    """
    told_apart = DifferentPeople.objects.filter(
        Q(first=OuterRef("person"), second=OuterRef(OuterRef("person")))
        | Q(second=OuterRef("person"), first=OuterRef(OuterRef("person")))
    )
    twin = (
        Participation.objects.filter(
            organization=OuterRef("organization"),
            role=OuterRef("role"),
            person__name_key=OuterRef("person__name_key"),
        )
        .exclude(person=OuterRef("person"))
        .filter(
            Q(person__birth_year__isnull=True)
            | Q(person__birth_year=Coalesce(OuterRef("person__birth_year"), F("person__birth_year"))),
            ~Exists(told_apart),
        )
    )
    return rows.filter(Exists(twin))


def without_start(pair_rows: QuerySet) -> QuerySet:
    """Pairs without a start date: no indicator counts them."""
    return pair_rows.filter(started_on__isnull=True)


def without_program(pair_rows: QuerySet) -> QuerySet:
    """Active pairs with no personal programme of their own or of their group."""
    own = Program.objects.filter(pair=OuterRef("pk"))
    of_group = Program.objects.filter(group=OuterRef("group"), group__isnull=False)
    return active(pair_rows).filter(~Exists(own), ~Exists(of_group))


def without_meetings(pair_rows: QuerySet) -> QuerySet:
    """Pairs that have run longer than 30 days and have not met for 30 days."""
    border = today() - datetime.timedelta(days=WITHOUT_MEETINGS_DAYS)
    own = Meeting.objects.filter(pair=OuterRef("pk"), held_on__gte=border)
    of_group = Meeting.objects.filter(group=OuterRef("group"), group__isnull=False, held_on__gte=border)
    return active(pair_rows).filter(~Exists(own), ~Exists(of_group), started_on__lt=border)


def with_overdue_steps(program_rows: QuerySet) -> QuerySet:
    """Programmes under way with a plan step whose term has passed and that is not done."""
    return program_rows.exclude(status=ProgramStatus.COMPLETED).filter(
        pk__in=Program.objects.filter(steps__due_on__lt=today(), steps__done_on__isnull=True).values("pk")
    )
