"""Personal programmes of pairs and groups."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import insert_all, save_as
from mentors.enums import ProgramStatus
from mentors.models import Group, Pair, PlanStep, Program
from mentors.services.once import just_made, lock
from mentors.services.plans import add_steps

# A programme lasts from three months to a year (АЗ-1128/08); a decision may prolong it.
LONGEST_PROGRAM = datetime.timedelta(days=2 * 366)
NEXT_STATUSES = {
    ProgramStatus.DRAFT: (ProgramStatus.AGREEMENT, ProgramStatus.APPROVED),
    ProgramStatus.AGREEMENT: (ProgramStatus.APPROVED, ProgramStatus.DRAFT),
    ProgramStatus.APPROVED: (ProgramStatus.RUNNING, ProgramStatus.DRAFT),
    ProgramStatus.RUNNING: (ProgramStatus.COMPLETED,),
    ProgramStatus.COMPLETED: (),
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
    based_on: Program | None = None,
    **details,
) -> Program:
    """A personal programme of one pair or one group.

    ``steps`` are the activities of its plan; ``based_on`` is a programme whose plan is taken over, its terms
    moved by as many days as lie between the two beginnings. A double click opens one programme.
    """
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
    _refuse_wrong_terms(program)
    lock(owner)
    if twin := just_made(actor, Program.objects.filter(pair=pair, group=group, title=title)):
        return twin
    save_as(actor, program)
    rows = [PlanStep(program=program, position=number, activity=text) for number, text in enumerate(steps, 1)]
    if based_on is not None:
        rows += plan_after(based_on, program, first=len(rows) + 1)
    add_steps(actor=actor, steps=rows)
    return program


def plan_after(
    source: Program, program: Program, *, first: int = 1, steps: Iterable[PlanStep] | None = None
) -> list[PlanStep]:
    """New rows for ``program`` as in the plan of ``source``, without results; terms move with the start.

    ``steps`` is the plan of ``source`` where it has been read already.
    """
    moved = None
    if source.started_on and program.started_on:
        moved = program.started_on - source.started_on
    return [
        PlanStep(
            program=program,
            position=number,
            activity=step.activity,
            planned_result=step.planned_result,
            due_on=step.due_on + moved if step.due_on and moved is not None else None,
        )
        for number, step in enumerate(source.steps.order_by("position") if steps is None else steps, first)
    ]


# What a programme takes from the one it is made after: what is done, not for whom and how it went.
COPIED = (
    "title",
    "problem",
    "goal",
    "content",
    "mode",
    "schedule",
    "meetings_planned",
    "learning_route",
    "route_by_diagnostics",
)


@transaction.atomic
def open_programs_like(
    *,
    actor,
    base: Program,
    owners: Iterable[Pair | Group],
    started_on: datetime.date,
    reason: str = "",
) -> list[Program]:
    """A draft like ``base`` for each pair or group, its plan and its end moved with the start.

    Few statements whatever the number. The problem is that of the pair itself, not of the base's people.
    """
    length = base.ended_on - base.started_on if base.started_on and base.ended_on else None
    values = {name: getattr(base, name) for name in COPIED if name != "problem"}
    programs = [
        Program(
            **({"pair": owner} if isinstance(owner, Pair) else {"group": owner}),
            organization_id=owner.organization_id,
            problem=(owner.request or owner.mentee.main_request) if isinstance(owner, Pair) else "",
            started_on=started_on,
            ended_on=started_on + length if length is not None else None,
            **values,
        )
        for owner in owners
    ]
    open_programs(actor=actor, programs=programs, reason=reason)
    steps = list(base.steps.order_by("position"))
    add_steps(
        actor=actor,
        steps=[step for program in programs for step in plan_after(base, program, steps=steps)],
        reason=reason,
    )
    return programs


def open_programs(*, actor, programs: Iterable[Program], reason: str = "") -> list[Program]:
    """Many new programmes at once."""
    programs = list(programs)
    for program in programs:
        program.organization_id = (program.pair or program.group).organization_id
        _refuse_wrong_terms(program)
    return insert_all(actor, programs, reason=reason)


def change_program(*, actor, program: Program, **changes) -> Program:
    """Changes the named fields of a programme."""
    for name, value in changes.items():
        setattr(program, name, value)
    _refuse_wrong_terms(program)
    return save_as(actor, program)


@transaction.atomic
def move_program(
    *,
    actor,
    program: Program,
    status: str,
    approval_number: str = "",
    approved_on: datetime.date | None = None,
) -> Program:
    """Takes the programme to its next status; raises ``ValidationError`` for a step that skips one.

    An approval keeps its order and day (today when none is given); back to draft it falls away.
    """
    program.status = lock(program).status
    if status not in NEXT_STATUSES[ProgramStatus(program.status)]:
        raise ValidationError(
            _("A programme that is “%(now)s” cannot become “%(next)s”.")
            % {"now": program.get_status_display(), "next": ProgramStatus(status).label}
        )
    if status == ProgramStatus.APPROVED:
        program.approval_number = approval_number
        program.approved_on = approved_on or today()
        if program.approved_on > today():
            raise ValidationError({"approved_on": _("The date is in the future. Correct it.")})
    elif status == ProgramStatus.DRAFT:
        program.approval_number, program.approved_on = "", None
    program.status = status
    return save_as(actor, program)


def _refuse_wrong_terms(program: Program) -> None:
    begun, ended = program.started_on, program.ended_on
    if begun and ended and ended - begun > LONGEST_PROGRAM:
        raise ValidationError(
            {
                "ended_on": _(
                    "The programme is longer than two years. Check its dates or open a new programme."
                )
            }
        )
    if program.interim_on and (
        (begun and program.interim_on < begun) or (ended and program.interim_on > ended)
    ):
        raise ValidationError(
            {"interim_on": _("The interim term lies outside the programme. Correct one of the dates.")}
        )
