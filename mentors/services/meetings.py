"""Meetings of pairs and groups."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import delete_as, insert_all, save_as
from mentors.models import Group, Meeting, Pair
from mentors.services.once import just_made, lock


@transaction.atomic
def record_meeting(
    *,
    actor,
    held_on: datetime.date,
    topic: str,
    pair: Pair | None = None,
    group: Group | None = None,
    **details,
) -> Meeting:
    """A meeting that has been held; a day in the future or outside the pair's time is refused.

    The same form sent twice by a double click gives the same meeting.
    """
    owner = pair or group
    if owner is None or (pair and group):
        raise ValidationError(_("Choose one pair or one group."))
    meeting = Meeting(
        organization_id=owner.organization_id,
        pair=pair,
        group=group,
        held_on=held_on,
        topic=topic,
        **details,
    )
    _refuse_other_days(meeting)
    lock(owner)
    same = Meeting.objects.filter(
        pair=pair, group=group, held_on=held_on, topic=topic, mode=meeting.mode, minutes=meeting.minutes
    )
    return just_made(actor, same) or save_as(actor, meeting)


def record_meetings(*, actor, meetings: Iterable[Meeting], reason: str = "") -> list[Meeting]:
    """Many meetings that have been held, at once."""
    meetings = list(meetings)
    for meeting in meetings:
        meeting.organization_id = (meeting.pair or meeting.group).organization_id
    return insert_all(actor, meetings, reason=reason)


def change_meeting(*, actor, meeting: Meeting, **changes) -> Meeting:
    """Changes the named fields of a meeting."""
    for name, value in changes.items():
        setattr(meeting, name, value)
    _refuse_other_days(meeting)
    return save_as(actor, meeting)


def remove_meeting(*, actor, meeting: Meeting, reason: str) -> None:
    """Takes a meeting away that was not held; its history keeps it with the reason."""
    delete_as(actor, meeting, reason=reason)


def _refuse_other_days(meeting: Meeting) -> None:
    if meeting.held_on > today():
        raise ValidationError(
            {"held_on": _("The meeting lies in the future. Record it after it has been held.")}
        )
    begun, ended = _time_of(meeting)
    if begun and meeting.held_on < begun:
        raise ValidationError(
            {
                "held_on": _("The work began on %(date)s, later than this day. Correct the date.")
                % {"date": f"{begun:%d.%m.%Y}"}
            }
        )
    if ended and meeting.held_on > ended:
        raise ValidationError(
            {
                "held_on": _("The work ended on %(date)s, before this day. Correct the date.")
                % {"date": f"{ended:%d.%m.%Y}"}
            }
        )


def _time_of(meeting: Meeting) -> tuple[datetime.date | None, datetime.date | None]:
    if meeting.pair is not None:
        return meeting.pair.started_on, meeting.pair.ended_on
    pairs = meeting.group.pairs.all()
    if pairs.filter(started_on__isnull=True).exists():
        return None, None
    return pairs.aggregate(first=Min("started_on"))["first"], None
