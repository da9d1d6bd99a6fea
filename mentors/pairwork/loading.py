"""Everything that a pair or group has done and plans, in a constant number of queries."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q

from common.dates import today
from mentors.enums import ProgramStatus
from mentors.models import Diagnostic, Group, Meeting, Pair, PlanStep, Program
from orgs.enums import READER_ROLES
from orgs.scope import Scope

# A diagnostic belongs to the pair when it was made at most so long before its beginning or after its end.
BEFOREHAND, AFTERWARDS = datetime.timedelta(days=92), datetime.timedelta(days=31)


@dataclass
class Work:
    """The work of one pair, its group's included, or of one group; ``reads_records``: sees diagnostics."""

    pair: Pair | None
    group: Group | None
    programs: list[Program] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    reads_records: bool = False

    @property
    def program(self) -> Program | None:
        """The programme that goes on: the first that is not completed, else the newest."""
        going = [program for program in self.programs if program.status != "completed"]
        return next(iter(going or self.programs), None)

    @property
    def steps(self) -> list[PlanStep]:
        """Rows of all plans in their order; each has ``number`` and ``program``."""
        return [step for program in self.programs for step in program.plan]

    @property
    def open_steps(self) -> list[PlanStep]:
        """Rows of the going programme's plan that are not done."""
        return [step for step in self.program.plan if step.done_on is None] if self.program else []


def work_of_pair(pair: Pair, scope: Scope) -> Work:
    """The work of a pair and of its group, as far as the user may see it; five queries."""
    ours = Q(pair=pair) | Q(group=pair.group_id, group__isnull=False)
    work = Work(pair, pair.group, reads_records=scope.holds_for(pair.organization, *READER_ROLES))
    _load(work, ours, scope)
    found = Diagnostic.objects.visible_to(scope).filter(participation=pair.mentee_id)
    if pair.started_on:
        found = found.filter(held_on__gte=pair.started_on - BEFOREHAND)
    if pair.ended_on:
        found = found.filter(held_on__lte=pair.ended_on + AFTERWARDS)
    work.diagnostics = list(found.order_by("-held_on", "-pk"))
    return work


def work_of_group(group: Group, scope: Scope) -> Work:
    """What the group does together; four queries."""
    work = Work(None, group, reads_records=scope.holds_for(group.organization, *READER_ROLES))
    _load(work, Q(group=group), scope)
    return work


def _load(work: Work, ours: Q, scope: Scope) -> None:
    plan = Prefetch("steps", queryset=PlanStep.objects.order_by("position"), to_attr="plan")
    # The plan is part of the programme, which has been taken from the scope.
    work.programs = list(
        Program.objects.visible_to(scope).filter(ours).order_by("-started_on", "-pk").prefetch_related(plan)
    )
    for program in work.programs:
        number_plan(program)
    work.meetings = list(Meeting.objects.visible_to(scope).filter(ours).order_by("-held_on", "-pk"))
    writers = dict(
        Meeting.history.filter(id__in=[meeting.pk for meeting in work.meetings], history_type="+")
        .order_by("history_date")
        .values_list("id", "history_user__full_name")
    )
    for meeting in work.meetings:
        meeting.written_by = writers.get(meeting.pk) or ""


def number_plan(program: Program) -> None:
    """Numbers and counts the rows of ``program.plan``; each gets ``is_overdue`` and its programme."""
    # What a completed programme left undone stays undone: nobody is late with it any more.
    is_over = program.status == ProgramStatus.COMPLETED
    for number, step in enumerate(program.plan, 1):
        step.number = number
        step.program = program
        is_late = step.due_on is not None and step.due_on < today()
        step.is_overdue = step.done_on is None and is_late and not is_over
    program.planned = len(program.plan)
    program.done = sum(1 for step in program.plan if step.done_on)
    program.next_step = next((step for step in program.plan if step.done_on is None), None)
