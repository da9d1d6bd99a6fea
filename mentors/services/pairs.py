"""Pairs and groups."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import insert_all, save_as, update_all
from mentors.dictionaries import EndReason, MentoringForm
from mentors.enums import CompletionMark, Side
from mentors.models import Group, Pair, Participation
from mentors.services.once import just_changed, lock
from orgs.models import Organization

# Reasons (codes of the dictionary) that mean that the programme was passed.
PASSED = frozenset({"completed", "goal_reached"})


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
    goal_result: str = "",
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
    pair.goal_result = goal_result or pair.goal_result
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


def finished_mark(end_reason: EndReason) -> str:
    """The mark of completion that follows from the reason: the programme was passed, or ended early."""
    return CompletionMark.COMPLETED if end_reason.code in PASSED else CompletionMark.ENDED_EARLY


@transaction.atomic
def finish_pairs(
    *,
    actor,
    pairs: Sequence[Pair],
    ended_on: datetime.date,
    end_reason: EndReason,
    goal_result: str = "",
    conclusion: str = "",
) -> list[Pair]:
    """Ends one pair, or pairs of a group, on one day with the reason, the result and a short conclusion.

    A pair that somebody else has ended meanwhile stays as it is; when none is left, ``ValidationError``.
    """
    if ended_on > today():
        raise ValidationError({"ended_on": _("The date is in the future. Correct it.")})
    locked = Pair.objects.select_for_update(of=("self",)).filter(pk__in=[pair.pk for pair in pairs])
    open_ones = list(locked.filter(ended_on__isnull=True).order_by("pk"))
    if not open_ones:
        ended = list(locked.order_by("pk"))
        if all(just_changed(actor, pair) for pair in ended):
            return ended
        raise ValidationError(_("Somebody has already ended this pair. Open its page again."))
    mark = finished_mark(end_reason)
    for pair in open_ones:
        if pair.started_on and pair.started_on > ended_on:
            raise ValidationError(
                {
                    "ended_on": _("%(pair)s began on %(date)s, later than this day. Correct the date.")
                    % {"pair": pair, "date": f"{pair.started_on:%d.%m.%Y}"}
                }
            )
        # The question of the form has been answered, so an earlier mark gives way.
        pair.completion_mark = mark
        close_pair(
            actor=actor,
            pair=pair,
            ended_on=ended_on,
            completion_mark=mark,
            end_reason=end_reason,
            goal_result=goal_result,
            mentee_results=conclusion,
            mentor_results="" if pair.mentor_results else conclusion,
        )
    return open_ones


def why_not_reopened(pair: Pair) -> str:
    """Why an ended pair cannot be opened again: something followed; empty when it can."""
    if pair.ended_on is None:
        return _("The pair has not ended.")
    if pair.mentor.ended_on or pair.mentee.ended_on:
        return _("One of the two no longer takes part.")
    later = Pair.objects.filter(mentee=pair.mentee_id).exclude(pk=pair.pk)
    if later.filter(started_on__gte=pair.ended_on).exists():
        return _("The mentee has got another pair since.")
    if later.open().filter(mentor=pair.mentor_id).exists():
        return _("The two already have another open pair.")
    return ""


@transaction.atomic
def reopen_pair(*, actor, pair: Pair) -> Pair:
    """Takes back a mistaken end; raises ``ValidationError`` with the reason when something followed."""
    lock(pair.mentor)
    pair = lock(pair)
    if reason := why_not_reopened(pair):
        raise ValidationError(reason)
    pair.ended_on = pair.end_reason = None
    pair.goal_result = ""
    pair.completion_mark = CompletionMark.IN_PROGRESS
    return save_as(actor, pair)


@transaction.atomic
def change_group(*, actor, group: Group, title: str, pairs: Iterable[Pair]) -> Group:
    """Gives the group its title and exactly these pairs; those left out go on alone."""
    pairs = list(pairs)
    _refuse_mixed(group.organization_id, pairs)
    lock(group)
    group.title = title
    save_as(actor, group)
    wanted = {pair.pk for pair in pairs}
    before = {pair.pk: pair for pair in group.pairs.all()}
    changed = []
    for pair in [*pairs, *(pair for key, pair in before.items() if key not in wanted)]:
        place = group if pair.pk in wanted else None
        if pair.group_id != (place.pk if place else None):
            pair.group = place
            changed.append(pair)
    update_all(actor, changed, ["group"])
    return group


@transaction.atomic
def create_group(*, actor, organization: Organization, title: str, pairs: Iterable[Pair] = ()) -> Group:
    """A group of pairs of one mentor in one organization."""
    pairs = list(pairs)
    _refuse_mixed(organization.pk, pairs)
    group = save_as(actor, Group(organization=organization, title=title))
    for pair in pairs:
        pair.group = group
    update_all(actor, pairs, ["group"])
    return group


def create_groups(*, actor, groups: Iterable[Group], reason: str = "") -> list[Group]:
    """Many new groups at once; their pairs name them."""
    return insert_all(actor, groups, reason=reason)


def _refuse_mixed(organization_id: int, pairs: list[Pair]) -> None:
    if len({pair.mentor_id for pair in pairs}) > 1:
        raise ValidationError(_("A group has one mentor: choose pairs of the same mentor."))
    if any(pair.organization_id != organization_id for pair in pairs):
        raise ValidationError(_("All pairs of a group belong to one organization."))


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
