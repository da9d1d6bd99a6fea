"""The strip of stages of a pair, told by what is recorded and by nothing else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.dates import today
from mentors.enums import DiagnosticPhase, ProgramStatus
from mentors.pairwork.loading import Work
from mentors.pairwork.timeline import Event


@dataclass(slots=True)
class StageMark:
    """A stage; ``state`` is done, now or next, ``note`` a day or a count."""

    title: str
    note: str = ""
    state: str = "next"


def stages(work: Work, others: list[Event]) -> list[StageMark]:
    """The six stages; without those about diagnostics for a reader who may not see them.

    The current stage is the first one that is not done after the last one that is; an ended pair has none.
    """
    pair = work.pair
    over = bool(pair.ended_on and pair.ended_on < today())
    marks = [_program(work), _meetings(work, over), _result(work, over)]
    if work.reads_records:
        marks.insert(0, _phase(work, DiagnosticPhase.BEFORE, _("Diagnostics")))
        marks.insert(3, _phase(work, DiagnosticPhase.DURING, _("Interim assessment")))
        if marks[3].state != "done" and work.program and work.program.interim_on:
            marks[3].note = _until(work.program.interim_on)
        marks.append(_survey(others))
    if not over:
        last = max((place for place, mark in enumerate(marks) if mark.state == "done"), default=-1)
        current = next((mark for mark in marks[last + 1 :]), None)
        if current is not None:
            current.state = "now"
    return marks


def _phase(work: Work, phase: str, title: str) -> StageMark:
    days = [row.held_on for row in work.diagnostics if row.phase == phase]
    if days:
        return StageMark(title, _day(max(days)), "done")
    return StageMark(title)


def _program(work: Work) -> StageMark:
    title, program = _("Programme"), work.program
    if program is None:
        return StageMark(title)
    if program.status in (ProgramStatus.DRAFT, ProgramStatus.AGREEMENT):
        return StageMark(title, program.get_status_display())
    day = program.approved_on or program.started_on
    return StageMark(title, _day(day) if day else "", "done")


def _meetings(work: Work, over: bool) -> StageMark:
    held = len(work.meetings)
    planned = work.program.meetings_planned if work.program else None
    if planned:
        note = _("%(held)s of %(planned)s") % {"held": held, "planned": planned}
        return StageMark(_("Meetings"), note, "done" if held >= planned or (over and held) else "next")
    note = ngettext("%(n)s meeting", "%(n)s meetings", held) % {"n": held} if held else ""
    return StageMark(_("Meetings"), note, "done" if over and held else "next")


def _result(work: Work, over: bool) -> StageMark:
    title = pgettext("stage of a pair", "Result")
    if over:
        return StageMark(title, _day(work.pair.ended_on), "done")
    after = _phase(work, DiagnosticPhase.AFTER, title)
    if after.state != "done" and work.program and work.program.ended_on:
        after.note = _until(work.program.ended_on)
    return after


def _survey(others: list[Event]) -> StageMark:
    days = [event.on for event in others if event.kind == "survey" and event.on]
    if days:
        return StageMark(_("Survey"), _day(max(days)), "done")
    return StageMark(_("Survey"))


def _day(day: datetime.date) -> str:
    return f"{day:%d.%m}" if day.year == today().year else f"{day:%d.%m.%Y}"


def _until(day: datetime.date) -> str:
    return _("until %(date)s") % {"date": _day(day)}
