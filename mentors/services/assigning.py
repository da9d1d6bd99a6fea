"""A mentor for one mentee or several: places of the mentor, pairs, and the group that they make."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import SchoolYear, today
from common.recorded import save_as
from mentors.dictionaries import MentoringForm
from mentors.models import Group, Pair, Participation
from mentors.queries import active
from mentors.services.once import just_made, lock
from mentors.services.pairs import open_pair

MENTOR_FULL = "mentor_full"


@transaction.atomic
def assign_mentor(
    *,
    actor,
    mentor: Participation,
    mentees: Sequence[Participation],
    form: MentoringForm,
    started_on: datetime.date,
    group: Group | None = None,
    group_title: str = "",
    over_capacity: bool = False,
    **details,
) -> list[Pair]:
    """Opens a pair of the mentor with each mentee; several mentees, or a title, make a group.

    The mentor is locked, so of two people who take the last free place one is asked. Raises
    ``ValidationError`` with the code ``mentor_full`` while ``over_capacity`` is not set, and with reasons in
    words for a mentee who already has a pair with this mentor or whom the form does not allow.
    """
    lock(mentor)
    already = _open_with(mentor, mentees)
    if len(already) == len(mentees) and just_made(actor, Pair.objects.filter(pk__in=already.values())):
        return list(Pair.objects.filter(pk__in=already.values()))
    if already:
        names = ", ".join(mentee.person.short_name for mentee in mentees if mentee.pk in already)
        raise ValidationError(
            {"mentees": _("%(names)s: there is already an open pair with this mentor.") % {"names": names}}
        )
    if not over_capacity:
        _refuse_full(mentor, len(mentees))
    _refuse_later_end(mentor, mentees, started_on)
    if group is not None and group.pairs.exclude(mentor=mentor).exists():
        raise ValidationError({"group": _("The group is led by another mentor. Choose another group.")})
    if group is None and (group_title or len(mentees) > 1):
        title = group_title or default_title(mentor, started_on)
        group = save_as(actor, Group(organization_id=mentor.organization_id, title=title))
    return [
        open_pair(
            actor=actor,
            mentor=mentor,
            mentee=mentee,
            form=form,
            started_on=started_on,
            group=group,
            **details,
        )
        for mentee in mentees
    ]


def places(mentor: Participation) -> tuple[int, int | None]:
    """How many current pairs the mentor has, and how many at most (None: no limit was named)."""
    return active(Pair.objects.filter(mentor=mentor)).count(), mentor.capacity


def default_title(mentor: Participation, started_on: datetime.date) -> str:
    """«Группа, наставник Орлова Е. В., 2026/27»."""
    year = SchoolYear.of(started_on).title
    return _("Group of %(mentor)s, %(year)s") % {"mentor": mentor.person.short_name, "year": year}


def _open_with(mentor: Participation, mentees) -> dict[int, int]:
    found = Pair.objects.open().filter(mentor=mentor, mentee__in=mentees)
    return dict(found.values_list("mentee_id", "pk"))


def _refuse_full(mentor: Participation, wanted: int) -> None:
    taken, limit = places(mentor)
    if limit is None or taken + wanted <= limit:
        return
    free = max(limit - taken, 0)
    text = ngettext(
        "%(name)s has %(free)s of %(limit)s place free. Choose another mentor or assign above the limit.",
        "%(name)s has %(free)s of %(limit)s places free. Choose another mentor or assign above the limit.",
        limit,
    )
    values = {"name": mentor.person.short_name, "free": free, "limit": limit}
    raise ValidationError({"mentor": ValidationError(text % values, code=MENTOR_FULL)})


def _refuse_later_end(mentor: Participation, mentees, started_on: datetime.date) -> None:
    if started_on > today() + datetime.timedelta(days=366):
        raise ValidationError({"started_on": _("The pair begins more than a year ahead. Check the date.")})
    for side in (mentor, *mentees):
        if side.ended_on and side.ended_on < started_on:
            raise ValidationError(
                {
                    "started_on": _("%(name)s took part until %(date)s only. Choose an earlier day.")
                    % {"name": side.person.short_name, "date": f"{side.ended_on:%d.%m.%Y}"}
                }
            )
