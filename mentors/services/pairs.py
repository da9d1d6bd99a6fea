"""Pairs and groups."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.recorded import insert_all, save_as, update_all
from mentors.dictionaries import EndReason, MentoringForm
from mentors.enums import CompletionMark, Side
from mentors.models import Group, Pair, Participation
from orgs.models import Organization


def open_pair(
    *,
    actor,
    mentor: Participation,
    mentee: Participation,
    form: MentoringForm,
    started_on: datetime.date | None,
    group: Group | None = None,
    reason: str = "",
    **details,
) -> Pair:
    """A pair of a mentor and a mentee of one organization; without a start date it is not counted.

    Raises ``ValidationError`` when the sides are mixed up, the organizations differ, the form does not
    allow these two, or the two already have an open pair.
    """
    pair = Pair(
        organization_id=mentee.organization_id,
        mentor=mentor,
        mentee=mentee,
        form=form,
        started_on=started_on,
        group=group,
        **details,
    )
    _refuse_wrong_sides(pair)
    pair.derive_populations()
    return save_as(actor, pair, reason=reason)


def open_pairs(*, actor, pairs: Iterable[Pair], reason: str = "") -> list[Pair]:
    """Many new pairs at once; the rules of ``open_pair`` hold for each."""
    pairs = list(pairs)
    for pair in pairs:
        pair.organization_id = pair.mentee.organization_id
        _refuse_wrong_sides(pair)
        pair.derive_populations()
    return insert_all(actor, pairs, reason=reason)


def change_pair(*, actor, pair: Pair, reason: str = "", **changes) -> Pair:
    """Changes the named fields of a pair."""
    for name, value in changes.items():
        setattr(pair, name, value)
    _refuse_wrong_sides(pair)
    pair.derive_populations()
    return save_as(actor, pair, reason=reason)


def close_pair(
    *,
    actor,
    pair: Pair,
    ended_on: datetime.date,
    completion_mark: str = CompletionMark.ENDED_EARLY,
    end_reason: EndReason | None = None,
    mentee_results: str = "",
    mentor_results: str = "",
    reason: str = "",
) -> Pair:
    """Ends an open pair; results that were already written stay when none are given."""
    if pair.ended_on is not None:
        raise ValidationError(
            _("This pair already ended on %(date)s.") % {"date": f"{pair.ended_on:%d.%m.%Y}"}
        )
    _close(pair, ended_on, completion_mark, end_reason)
    pair.mentee_results = mentee_results or pair.mentee_results
    pair.mentor_results = mentor_results or pair.mentor_results
    return save_as(actor, pair, reason=reason)


def close_pairs(
    *,
    actor,
    pairs: Iterable[Pair],
    ended_on: datetime.date,
    completion_mark: str = CompletionMark.ENDED_EARLY,
    end_reason: EndReason | None = None,
    reason: str = "",
) -> list[Pair]:
    """Ends many open pairs on one day; a pair that has not begun by then ends on its first day."""
    pairs = [pair for pair in pairs if pair.ended_on is None]
    for pair in pairs:
        _close(pair, max(ended_on, pair.started_on or ended_on), completion_mark, end_reason)
    return update_all(actor, pairs, ["ended_on", "completion_mark", "end_reason"], reason=reason)


@transaction.atomic
def create_group(*, actor, organization: Organization, title: str, pairs: Iterable[Pair] = ()) -> Group:
    """A group of pairs of one mentor in one organization."""
    pairs = list(pairs)
    if len({pair.mentor_id for pair in pairs}) > 1:
        raise ValidationError(_("A group has one mentor: choose pairs of the same mentor."))
    if any(pair.organization_id != organization.pk for pair in pairs):
        raise ValidationError(_("All pairs of a group belong to one organization."))
    group = save_as(actor, Group(organization=organization, title=title))
    for pair in pairs:
        pair.group = group
    update_all(actor, pairs, ["group"])
    return group


def create_groups(*, actor, groups: Iterable[Group], reason: str = "") -> list[Group]:
    """Many new groups at once; their pairs name them."""
    return insert_all(actor, groups, reason=reason)


def _close(pair: Pair, ended_on, completion_mark, end_reason) -> None:
    pair.ended_on = ended_on
    pair.completion_mark = pair.completion_mark or completion_mark
    if pair.completion_mark == CompletionMark.IN_PROGRESS:
        pair.completion_mark = completion_mark
    pair.end_reason = end_reason or pair.end_reason


def _refuse_wrong_sides(pair: Pair) -> None:
    if pair.mentor.role != Side.MENTOR or pair.mentee.role != Side.MENTEE:
        raise ValidationError(_("The first of a pair takes part as a mentor, the second as a mentee."))
    if pair.mentor.person_id == pair.mentee.person_id:
        raise ValidationError(_("Nobody can be their own mentor."))
    if pair.mentor.organization_id != pair.mentee.organization_id:
        raise ValidationError(
            _("Mentor and mentee are in different organizations. Add the mentor to the mentee's one.")
        )
    if pair.group is not None and pair.group.organization_id != pair.mentee.organization_id:
        raise ValidationError(_("All pairs of a group belong to one organization."))
