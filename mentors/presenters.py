"""States of people and pairs in the words and shapes of the pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.dates import today
from mentors.enums import ProgramStatus, Side
from mentors.models import Pair, Participation, Program
from mentors.queries import WITHOUT_MEETINGS_DAYS


@dataclass(frozen=True, slots=True)
class Status:
    """A badge: words, tone, shape; a plain one stands without a tint."""

    label: str
    tone: str = ""
    shape: str = ""
    plain: bool = False


def pair_status(pair: Pair) -> Status:
    """State of a pair read by ``queries.with_meetings``."""
    day = today()
    if pair.ended_on and pair.ended_on < day:
        return Status(pgettext("pair", "Ended"), shape="ok", plain=True)
    if pair.started_on is None:
        return Status(_("No start date"), "warn", "warn")
    if pair.started_on > day:
        return Status(_("Not begun"), shape="wait")
    silent = (day - (last_meeting(pair) or pair.started_on)).days
    if silent > WITHOUT_MEETINGS_DAYS:
        text = ngettext("%(n)d day without meetings", "%(n)d days without meetings", silent) % {"n": silent}
        return Status(text, "warn", "warn")
    return Status(pgettext("pair", "Active"), shape="ok", plain=True)


def current_pairs(participation: Participation) -> list[Pair]:
    """Those of ``shown_pairs`` that have not ended; all of them once the participation has ended."""
    day = today()
    if participation.ended_on and participation.ended_on < day:
        return participation.shown_pairs
    return [pair for pair in participation.shown_pairs if pair.ended_on is None or pair.ended_on >= day]


def participation_status(participation: Participation) -> Status:
    """State of a participant whose pairs are in ``shown_pairs``."""
    if participation.ended_on and participation.ended_on < today():
        return Status(_("Ended participation"), shape="ok", plain=True)
    current = current_pairs(participation)
    if not current:
        waits = _("Waits for mentees") if participation.role == Side.MENTOR else _("Waits for a mentor")
        return Status(waits, shape="wait")
    statuses = [pair_status(pair) for pair in current]
    if any(status.plain for status in statuses):
        return Status(pgettext("participant", "Active"), shape="ok", plain=True)
    return statuses[0]


def program_status(program: Program) -> Status:
    """State of a programme."""
    shapes = {
        ProgramStatus.RUNNING: Status(_("Running"), "info", "near"),
        ProgramStatus.COMPLETED: Status(_("Completed"), shape="ok", plain=True),
        ProgramStatus.APPROVED: Status(_("Approved"), "ok", "ok"),
        ProgramStatus.AGREEMENT: Status(_("In agreement"), "warn", "wait"),
        ProgramStatus.DRAFT: Status(_("Draft"), shape="wait"),
    }
    return shapes[ProgramStatus(program.status)]


def meetings(pair: Pair) -> int:
    """How many meetings the pair and its group have held."""
    return pair.own_meetings + pair.group_meetings


def last_meeting(pair: Pair):
    """The day of the last meeting of the pair or its group, or None."""
    return max((day for day in (pair.last_own, pair.last_in_group) if day), default=None)
