"""What about a pair calls for attention, in words, with the way to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import today
from mentors.enums import ConsentType, Population, ProgramStatus
from mentors.models import Consent, Pair
from mentors.pairwork.loading import Work
from mentors.queries import WITHOUT_MEETINGS_DAYS


@dataclass(frozen=True, slots=True)
class Flag:
    """A call for attention; ``action`` names what mends it: consent, start, program, plan or nothing."""

    text: str
    note: str = ""
    action: str = ""


def flags(work: Work, *, reads_consents: bool) -> list[Flag]:
    """Calls for attention of a pair that goes on; about consents only for those who may see them."""
    pair = work.pair
    day = today()
    if pair.ended_on and pair.ended_on < day:
        return []
    found = []
    if pair.started_on is None:
        found.append(
            Flag(_("No start date"), _("Without it the pair is counted in no indicator."), action="start")
        )
    elif pair.started_on <= day:
        found += _silence(work, pair)
    if reads_consents and pair.mentee_population == Population.PUPIL and not has_consent(pair):
        found.append(Flag(_("No consent of the legal representative"), action="consent"))
    overdue = sum(1 for step in work.open_steps if step.is_overdue)
    if overdue:
        text = ngettext("%(n)s step is overdue", "%(n)s steps are overdue", overdue) % {"n": overdue}
        found.append(Flag(text, action="plan"))
    if work.program is None:
        found.append(Flag(_("No personal programme"), action="program"))
    elif (
        work.program.ended_on
        and work.program.ended_on < day
        and work.program.status != ProgramStatus.COMPLETED
    ):
        text = _("The term of the programme ended on %(date)s")
        found.append(Flag(text % {"date": f"{work.program.ended_on:%d.%m.%Y}"}, action="plan"))
    return found


def _silence(work: Work, pair: Pair) -> list[Flag]:
    last = max((meeting.held_on for meeting in work.meetings), default=pair.started_on)
    silent = (today() - last).days
    if silent <= WITHOUT_MEETINGS_DAYS:
        return []
    text = ngettext("No meetings for %(n)s day", "No meetings for %(n)s days", silent) % {"n": silent}
    schedule = work.program.schedule if work.program else ""
    return [Flag(text, _("By the plan: %(schedule)s") % {"schedule": schedule} if schedule else "")]


def has_consent(pair: Pair) -> bool:
    """Whether a valid consent to the processing of the mentee's data is on record at the school."""
    return (
        Consent.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=today()),
            person=pair.mentee.person_id,
            organization=pair.organization_id,
            type=ConsentType.PROCESSING,
            withdrawn_on__isnull=True,
        )
    ).exists()
