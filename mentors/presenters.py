"""States of people and pairs in the words and shapes of the pages."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.badges import Badge
from common.dates import today
from mentors.enums import ProgramStatus, Side
from mentors.models import Pair, Participation, Program
from mentors.queries import WITHOUT_MEETINGS_DAYS


def pair_status(pair: Pair) -> Badge:
    """State of a pair read by ``queries.with_meetings``."""
    day = today()
    if pair.ended_on and pair.ended_on < day:
        return Badge(pgettext("pair", "Ended"), shape="ok", plain=True)
    if pair.started_on is None:
        return Badge(_("No start date"), "warn", "warn")
    if pair.started_on > day:
        return Badge(_("Not begun"), shape="wait")
    silent = days_without_meetings(pair)
    if silent > WITHOUT_MEETINGS_DAYS:
        text = ngettext("%(n)d day without meetings", "%(n)d days without meetings", silent) % {"n": silent}
        return Badge(text, "warn", "warn")
    return Badge(pgettext("pair", "Active"), shape="ok", plain=True)


def days_without_meetings(pair: Pair) -> int:
    """Days since the last meeting or, without one, since the start; 0 for a pair that does not go on."""
    day = today()
    if pair.started_on is None or pair.started_on > day or (pair.ended_on and pair.ended_on < day):
        return 0
    return (day - max(last_meeting(pair) or pair.started_on, pair.started_on)).days


def current_pairs(participation: Participation) -> list[Pair]:
    """Those of ``shown_pairs`` that have not ended; all of them once the participation has ended."""
    day = today()
    if participation.ended_on and participation.ended_on < day:
        return participation.shown_pairs
    return [pair for pair in participation.shown_pairs if pair.ended_on is None or pair.ended_on >= day]


def participation_status(participation: Participation) -> Badge:
    """State of a participant whose pairs are in ``shown_pairs``."""
    if participation.ended_on and participation.ended_on < today():
        return Badge(_("Ended participation"), shape="ok", plain=True)
    current = current_pairs(participation)
    if not current:
        waits = _("Waits for mentees") if participation.role == Side.MENTOR else _("Waits for a mentor")
        return Badge(waits, shape="wait")
    # A pair that does not meet is what has to be seen first, among several the one that waits longest.
    days, silent = max(((days_without_meetings(pair), pair) for pair in current), key=lambda found: found[0])
    if days > WITHOUT_MEETINGS_DAYS:
        return pair_status(silent)
    statuses = [pair_status(pair) for pair in current]
    if any(status.plain for status in statuses):
        return Badge(pgettext("participant", "Active"), shape="ok", plain=True)
    return statuses[0]


def program_status(program: Program) -> Badge:
    """State of a programme."""
    shapes = {
        ProgramStatus.RUNNING: Badge(_("Running"), "info", "near"),
        ProgramStatus.COMPLETED: Badge(_("Completed"), shape="ok", plain=True),
        ProgramStatus.APPROVED: Badge(_("Approved"), "ok", "ok"),
        ProgramStatus.AGREEMENT: Badge(_("In agreement"), "warn", "wait"),
        ProgramStatus.DRAFT: Badge(_("Draft"), shape="wait"),
    }
    return shapes[ProgramStatus(program.status)]


def meetings(pair: Pair) -> int:
    """How many meetings the pair and its group have held."""
    return pair.own_meetings + pair.group_meetings


def last_meeting(pair: Pair):
    """The day of the last meeting of the pair or its group, or None."""
    return max((day for day in (pair.last_own, pair.last_in_group) if day), default=None)
