"""What others have done since the person signed in the last time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import ngettext_lazy

from accounts.models import AccessAction, AccessRecord
from checklists.enums import AuditStatus, Verdict
from checklists.models import ItemAnswer, SelfAudit
from common.paging import bounded_counts
from mentors.models import Meeting, Pair, Participation
from mentorship_portal.home.desk import Desk
from mentorship_portal.home.tasks import Number
from orgs.enums import Role


@dataclass(frozen=True, slots=True)
class Change:
    """One line: how many of what, and the list they stand in."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Changes:
    """``since``: the visit before this one."""

    since: datetime.datetime
    lines: list[Change]


def changes_for(desk: Desk) -> Changes | None:
    """What the history holds since the sign-in before this one; None on a first visit. Two queries.

    Rows that the person entered are no news and are left out.
    """
    since = _last_visit(desk)
    if since is None:
        return None
    kinds = list(_kinds(desk, since))
    counts = bounded_counts([rows for rows, _say, _url in kinds]) if kinds else []
    lines = [
        Change(say % {"n": Number(count)}, url)
        for (_rows, say, url), count in zip(kinds, counts, strict=True)
        if count
    ]
    return Changes(since, lines) if lines else None


def _last_visit(desk: Desk) -> datetime.datetime | None:
    visits = AccessRecord.objects.filter(user=desk.scope.user_id, action=AccessAction.SIGN_IN)
    found = list(visits.order_by("-at").values_list("at", flat=True)[:2])
    return found[1] if len(found) == 2 else None


def _kinds(desk: Desk, since: datetime.datetime):
    if desk.role in (Role.CURATOR, Role.HEAD):
        people = Participation.objects.listed_for(desk.scope)
        yield (
            _new(desk, people.filter(role="mentee"), Participation, since),
            ngettext_lazy("+%(n)s mentee", "+%(n)s mentees", "n"),
            desk.url("mentees"),
        )
        yield (
            _new(desk, people.filter(role="mentor"), Participation, since),
            ngettext_lazy("+%(n)s mentor", "+%(n)s mentors", "n"),
            desk.url("mentors"),
        )
        yield (
            _new(desk, Pair.objects.listed_for(desk.scope), Pair, since),
            ngettext_lazy("+%(n)s pair", "+%(n)s pairs", "n"),
            desk.url("pairs"),
        )
        yield (
            _new(desk, Meeting.objects.listed_for(desk.scope), Meeting, since),
            ngettext_lazy("+%(n)s meeting", "+%(n)s meetings", "n"),
            desk.url("pairs"),
        )
        returned = ItemAnswer.history.filter(history_date__gt=since, verdict=Verdict.RETURNED)
        yield (
            ItemAnswer.objects.visible_to(desk.scope).filter(
                verdict=Verdict.RETURNED, pk__in=_of_others(desk, returned).values("id")
            ),
            ngettext_lazy("%(n)s remark of the methodologist", "%(n)s remarks of the methodologist", "n"),
            desk.url("checklists"),
        )
    if desk.role == Role.METHODOLOGIST:
        yield (
            SelfAudit.objects.visible_to(desk.scope).filter(
                submitted_at__gt=since, status=AuditStatus.SUBMITTED
            ),
            ngettext_lazy("%(n)s self-audit was sent", "%(n)s self-audits were sent", "n"),
            desk.url("checklists", status=AuditStatus.SUBMITTED),
        )


def _new(desk: Desk, visible, model, since: datetime.datetime):
    born = model.history.filter(history_type="+", history_date__gt=since)
    return visible.filter(pk__in=_of_others(desk, born).values("id"))


def _of_others(desk: Desk, history):
    return history.filter(~Q(history_user=desk.scope.user_id) | Q(history_user__isnull=True))
