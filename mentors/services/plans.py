"""Rows of a programme's plan."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import delete_as, insert_all, save_as
from mentors.models import PlanStep, Program
from mentors.services.once import just_made, lock

LONGEST_PLAN = 200


@transaction.atomic
def add_step(*, actor, program: Program, activity: str, **details) -> PlanStep:
    """One more row at the end of the programme's plan; a double click adds one."""
    lock(program)
    same = program.steps.filter(activity=activity, due_on=details.get("due_on"))
    if twin := just_made(actor, same):
        return twin
    step = PlanStep(program=program, position=_last(program) + 1, activity=activity, **details)
    return save_as(actor, step)


def add_steps(*, actor, steps: Iterable[PlanStep], reason: str = "") -> list[PlanStep]:
    """Many new plan rows at once; they carry their own numbers."""
    return insert_all(actor, steps, reason=reason)


@transaction.atomic
def append_steps(*, actor, program: Program, steps: Iterable[PlanStep], reason: str = "") -> list[PlanStep]:
    """Many new rows at the end of the plan; raises ``ValidationError`` for a plan of more than 200 rows."""
    lock(program)
    steps = list(steps)
    last = _last(program)
    if program.steps.count() + len(steps) > LONGEST_PLAN:
        raise ValidationError(_("A plan has up to %(n)s steps. Leave out some rows.") % {"n": LONGEST_PLAN})
    for number, step in enumerate(steps, 1):
        step.program = program
        step.position = last + number
        step.clean_fields()
    return add_steps(actor=actor, steps=steps, reason=reason)


def change_step(*, actor, step: PlanStep, **changes) -> PlanStep:
    """Changes the named fields of a row of the plan."""
    for name, value in changes.items():
        setattr(step, name, value)
    _refuse_future(step.done_on)
    return save_as(actor, step)


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
    _refuse_future(step.done_on)
    return save_as(actor, step)


@transaction.atomic
def shift_step(*, actor, step: PlanStep, up: bool) -> bool:
    """Lets the row change places with the one above or below; False at the end of the plan."""
    lock(step.program)
    step.refresh_from_db()
    others = step.program.steps.exclude(pk=step.pk)
    if up:
        other = others.filter(position__lt=step.position).order_by("-position").first()
    else:
        other = others.filter(position__gt=step.position).order_by("position").first()
    if other is None:
        return False
    mine, theirs = step.position, other.position
    # Each number stands once in a plan, so the other row waits behind the last one.
    PlanStep.objects.filter(pk=other.pk).update(position=_last(step.program) + 1)
    step.position, other.position = theirs, mine
    save_as(actor, step)
    save_as(actor, other)
    return True


def remove_step(*, actor, step: PlanStep) -> None:
    """Takes a row out of the plan; its history keeps what stood there."""
    delete_as(actor, step)


def _last(program: Program) -> int:
    return program.steps.aggregate(last=Max("position"))["last"] or 0


def _refuse_future(day: datetime.date | None) -> None:
    if day is not None and day > today():
        raise ValidationError({"done_on": _("The date is in the future. Correct it.")})
