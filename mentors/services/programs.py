"""Personal programmes, their plans, and meetings."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import insert_all, save_as
from mentors.enums import ProgramStatus
from mentors.models import Group, Meeting, Pair, PlanStep, Program

# A programme lasts from three months to a year (АЗ-1128/08); a decision may prolong it.
LONGEST_PROGRAM = datetime.timedelta(days=2 * 366)
_NEXT = {
    ProgramStatus.DRAFT: {ProgramStatus.AGREEMENT, ProgramStatus.APPROVED},
    ProgramStatus.AGREEMENT: {ProgramStatus.DRAFT, ProgramStatus.APPROVED},
    ProgramStatus.APPROVED: {ProgramStatus.RUNNING, ProgramStatus.DRAFT},
    ProgramStatus.RUNNING: {ProgramStatus.COMPLETED},
    ProgramStatus.COMPLETED: set(),
}


@transaction.atomic
def open_program(
    *,
    actor,
    title: str,
    pair: Pair | None = None,
    group: Group | None = None,
    started_on: datetime.date | None = None,
    ended_on: datetime.date | None = None,
    steps: Sequence[str] = (),
    **details,
) -> Program:
    """A personal programme of one pair or one group; ``steps`` are the activities of its plan."""
    owner = pair or group
    if owner is None or (pair and group):
        raise ValidationError(_("Choose one pair or one group."))
    program = Program(
        organization_id=owner.organization_id,
        pair=pair,
        group=group,
        title=title,
        started_on=started_on,
        ended_on=ended_on,
        **details,
    )
    _refuse_too_long(program)
    save_as(actor, program)
    rows = [PlanStep(program=program, position=number, activity=text) for number, text in enumerate(steps, 1)]
    add_steps(actor=actor, steps=rows)
    return program


def open_programs(*, actor, programs: Iterable[Program], reason: str = "") -> list[Program]:
    """Many new programmes at once."""
    programs = list(programs)
    for program in programs:
        program.organization_id = (program.pair or program.group).organization_id
        _refuse_too_long(program)
    return insert_all(actor, programs, reason=reason)


def move_program(*, actor, program: Program, status: str) -> Program:
    """Takes the programme to its next status; raises ``ValidationError`` for a step that skips one."""
    if status not in _NEXT[ProgramStatus(program.status)]:
        raise ValidationError(
            _("A programme that is “%(now)s” cannot become “%(next)s”.")
            % {"now": program.get_status_display(), "next": ProgramStatus(status).label}
        )
    program.status = status
    return save_as(actor, program)


def add_step(*, actor, program: Program, activity: str, **details) -> PlanStep:
    """One more row at the end of the programme's plan."""
    with transaction.atomic():
        Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
        last = program.steps.aggregate(last=Max("position"))["last"] or 0
        step = PlanStep(program=program, position=last + 1, activity=activity, **details)
        return save_as(actor, step)


def add_steps(*, actor, steps: Iterable[PlanStep], reason: str = "") -> list[PlanStep]:
    """Many new plan rows at once; they carry their own numbers."""
    return insert_all(actor, steps, reason=reason)


def complete_step(
    *,
    actor,
    step: PlanStep,
    done_on: datetime.date | None = None,
    actual_result: str = "",
    mentor_mark: str = "",
) -> PlanStep:
    """Marks a row of the plan done with its actual result and the mentor's assessment."""
    step.done_on = done_on or today()
    step.actual_result = actual_result or step.actual_result
    step.mentor_mark = mentor_mark or step.mentor_mark
    return save_as(actor, step)


def record_meeting(
    *,
    actor,
    held_on: datetime.date,
    topic: str,
    pair: Pair | None = None,
    group: Group | None = None,
    **details,
) -> Meeting:
    """A meeting that has been held; a day in the future is refused."""
    owner = pair or group
    if owner is None or (pair and group):
        raise ValidationError(_("Choose one pair or one group."))
    if held_on > today():
        raise ValidationError(
            {"held_on": _("The meeting lies in the future. Record it after it has been held.")}
        )
    return save_as(
        actor,
        Meeting(
            organization_id=owner.organization_id,
            pair=pair,
            group=group,
            held_on=held_on,
            topic=topic,
            **details,
        ),
    )


def record_meetings(*, actor, meetings: Iterable[Meeting], reason: str = "") -> list[Meeting]:
    """Many meetings that have been held, at once."""
    meetings = list(meetings)
    for meeting in meetings:
        meeting.organization_id = (meeting.pair or meeting.group).organization_id
    return insert_all(actor, meetings, reason=reason)


def _refuse_too_long(program: Program) -> None:
    if program.started_on and program.ended_on and program.ended_on - program.started_on > LONGEST_PROGRAM:
        raise ValidationError(
            {
                "ended_on": _(
                    "The programme is longer than two years. Check its dates or open a new programme."
                )
            }
        )
