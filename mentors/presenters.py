"""States of people and pairs in the words and shapes of the pages.

Who asks for many rows gives the day.
"""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from common.badges import Badge
from common.dates import today
from mentors.enums import ProgramStatus, Side
from mentors.models import Pair, Participation, Program
from mentors.queries import WITHOUT_MEETINGS_DAYS


def pair_status(pair: Pair, day: datetime.date | None = None) -> Badge:
    """State of a pair read by ``queries.with_meetings``."""
    day = day or today()
    if pair.ended_on and pair.ended_on < day:
        return Badge(pgettext("pair", "Ended"), shape="ok", plain=True)
    if pair.ended_on == day:
        return Badge(_("Last day today"), shape="ok", plain=True)
    if pair.started_on is None:
        return Badge(_("No start date"), "warn", "warn")
    if pair.started_on > day:
        return Badge(_("Not begun"), shape="wait")
    silent = days_without_meetings(pair, day)
    if silent > WITHOUT_MEETINGS_DAYS:
        return _without_meetings(silent)
    return Badge(pgettext("pair", "Active"), shape="ok", plain=True)


def _without_meetings(days: int) -> Badge:
    text = ngettext("%(n)d day without meetings", "%(n)d days without meetings", days) % {"n": days}
    return Badge(text, "warn", "warn")


def goes_on(pair: Pair, day: datetime.date) -> bool:
    """Whether the pair has begun and has not ended."""
    begun = pair.started_on is not None and pair.started_on <= day
    return begun and (pair.ended_on is None or pair.ended_on >= day)


def days_without_meetings(pair: Pair, day: datetime.date | None = None) -> int:
    """Days since the last meeting or, without one, since the start; 0 for a pair that does not go on."""
    day = day or today()
    if not goes_on(pair, day):
        return 0
    return (day - max(last_meeting(pair) or pair.started_on, pair.started_on)).days


def current_pairs(participation: Participation, day: datetime.date | None = None) -> list[Pair]:
    """Those of ``shown_pairs`` that have not ended; all of them once the participation has ended."""
    day = day or today()
    if participation.ended_on and participation.ended_on < day:
        return participation.shown_pairs
    return [pair for pair in participation.shown_pairs if pair.ended_on is None or pair.ended_on >= day]


def participation_status(participation: Participation, day: datetime.date | None = None) -> Badge:
    """State of a participant whose pairs are in ``shown_pairs``."""
    day = day or today()
    if participation.ended_on and participation.ended_on < day:
        return Badge(_("Ended participation"), shape="ok", plain=True)
    if participation.ended_on == day:
        return Badge(_("Last day today"), shape="ok", plain=True)
    current = current_pairs(participation, day)
    if not current:
        waits = _("Waits for mentees") if participation.role == Side.MENTOR else _("Waits for a mentor")
        return Badge(waits, shape="wait")
    # A pair that does not meet is what has to be seen first, among several the one that waits longest.
    silent = max(days_without_meetings(pair, day) for pair in current)
    if silent > WITHOUT_MEETINGS_DAYS:
        return _without_meetings(silent)
    if any(goes_on(pair, day) for pair in current):
        return Badge(pgettext("participant", "Active"), shape="ok", plain=True)
    return pair_status(current[0], day)


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
