"""One timeline of a pair or group: what was, newest first, and above the line of today what is planned."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.dates import today
from common.names import PersonName
from common.registry import Registry
from mentors.enums import ProgramStatus
from mentors.models import Diagnostic, Meeting, Pair, PlanStep, Program
from mentors.pairwork.loading import Work
from orgs.scope import Scope


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of events: its name, the name of its filter, its icon."""

    code: str
    label: str
    plural: str
    icon: str


KINDS = {
    kind.code: kind
    for kind in (
        Kind("meeting", gettext_lazy("Meeting"), gettext_lazy("Meetings"), "users"),
        Kind("step", gettext_lazy("Plan step"), gettext_lazy("Plan steps"), "checklist"),
        Kind("diagnostic", gettext_lazy("Diagnostics"), gettext_lazy("Diagnostics"), "clipboard-check"),
        Kind("program", gettext_lazy("Programme"), gettext_lazy("Programme"), "file-text"),
        Kind("survey", gettext_lazy("Survey"), gettext_lazy("Surveys"), "message-2"),
    )
}


@dataclass(slots=True)
class Event:
    """One line. ``on`` is None for a plan step without a term; ``planned`` lies ahead."""

    kind: str
    on: datetime.date | None
    text: str
    note: str = ""
    planned: bool = False
    overdue: bool = False
    meeting: Meeting | None = None
    step: PlanStep | None = None

    @property
    def shown(self) -> Kind:
        return KINDS[self.kind]


@dataclass
class Timeline:
    """Lines of the chosen kind in two parts; ``counts`` per kind of all; ``hidden``: older lines left off."""

    planned: list[Event]
    past: list[Event]
    counts: dict[str, int]
    hidden: int


# Upper apps add events of a pair: a function of the pair and the scope, in a module ``pair_events``.
SOURCES: Registry[str, Callable[[Pair, Scope], list[Event]]] = Registry(
    "source of events of a pair", found_in="pair_events"
)
SHOWN_AT_FIRST = 25


def timeline(
    work: Work, others: list[Event], *, kind: str = "", shown: int | None = SHOWN_AT_FIRST
) -> Timeline:
    """The events of the work and ``others``; of one kind, at most ``shown`` past ones (None: all)."""
    found = [*_meetings(work), *_steps(work), *_diagnostics(work), *_programs(work), *others]
    counts = {code: sum(1 for event in found if event.kind == code) for code in KINDS}
    chosen = [event for event in found if not kind or event.kind == kind]
    planned = [event for event in chosen if event.planned]
    # Without a term stands above all, then the farthest day.
    planned.sort(key=lambda event: event.on or datetime.date.max, reverse=True)
    past = sorted((event for event in chosen if not event.planned), key=lambda e: e.on, reverse=True)
    kept = past if shown is None else past[:shown]
    return Timeline(planned, kept, counts, len(past) - len(kept))


def events_of_others(pair: Pair, scope: Scope) -> list[Event]:
    """What upper apps know of the pair."""
    return [event for source in SOURCES.values() for event in source(pair, scope)]


def _meetings(work: Work) -> list[Event]:
    lines = []
    for meeting in work.meetings:
        length = ngettext("%(n)s minute", "%(n)s minutes", meeting.minutes) % {"n": meeting.minutes}
        text = _("%(mode)s, %(length)s: “%(topic)s”") % {
            "mode": meeting.get_mode_display(),
            "length": length,
            "topic": meeting.topic,
        }
        notes = [meeting.notes]
        if work.pair is not None and meeting.group_id:
            notes.append(_("meeting of the group"))
        if meeting.written_by:
            notes.append(_("recorded by: %(name)s") % {"name": _short(meeting.written_by)})
        note = " · ".join(part for part in notes if part)
        lines.append(Event("meeting", meeting.held_on, text[:1].upper() + text[1:], note, meeting=meeting))
    return lines


def _steps(work: Work) -> list[Event]:
    lines = []
    for step in work.steps:
        text = f"{step.number}. {step.activity}"
        if step.done_on:
            note = " · ".join(part for part in (step.actual_result, step.mentor_mark) if part)
            text = _("%(step)s — done") % {"step": text}
            lines.append(Event("step", step.done_on, text, note, step=step))
        elif step.program.status != ProgramStatus.COMPLETED:
            planned = not step.is_overdue
            lines.append(
                Event(
                    "step",
                    step.due_on,
                    text,
                    step.planned_result,
                    planned=planned,
                    overdue=not planned,
                    step=step,
                )
            )
    return lines


def _diagnostics(work: Work) -> list[Event]:
    return [Event("diagnostic", row.held_on, *_diagnostic_words(row)) for row in work.diagnostics]


def _diagnostic_words(row: Diagnostic) -> tuple[str, str]:
    found = ngettext("%(n)s deficit", "%(n)s deficits", row.deficits) % {"n": row.deficits}
    text = f"{row.get_phase_display()}: {found}"
    return text[:1].upper() + text[1:], " · ".join(part for part in (row.method, row.notes) if part)


def _programs(work: Work) -> list[Event]:
    lines = []
    for program in work.programs:
        lines += _approval(program)
        if program.started_on and program.started_on <= today() and _is_running(program):
            text = _("“%(title)s” began") % {"title": program.title}
            lines.append(Event("program", program.started_on, text))
        if program.ended_on and _is_running(program):
            over = program.status == ProgramStatus.COMPLETED
            text = _("“%(title)s” completed") if over else _("End of “%(title)s”")
            planned = not over and program.ended_on >= today()
            lines.append(
                Event(
                    "program",
                    program.ended_on,
                    text % {"title": program.title},
                    planned=planned,
                    overdue=not over and not planned,
                )
            )
        if program.interim_on and program.interim_on >= today() and _is_running(program):
            lines.append(Event("program", program.interim_on, _("Interim results"), planned=True))
    return lines


def _approval(program: Program) -> list[Event]:
    if program.approved_on is None:
        return []
    text = _("Approved")
    if program.approval_number:
        text = _("Approved, order № %(number)s of %(date)s") % {
            "number": program.approval_number,
            "date": f"{program.approved_on:%d.%m.%Y}",
        }
    return [Event("program", program.approved_on, text, program.title)]


def _is_running(program: Program) -> bool:
    return program.status in (ProgramStatus.APPROVED, ProgramStatus.RUNNING, ProgramStatus.COMPLETED)


def _short(full_name: str) -> str:
    words = full_name.split()
    return PersonName(*words).short if len(words) in (2, 3) else full_name
