"""The home page of a mentor or a mentee: the own pairs, made for a phone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _

from common.dates import today
from mentors import queries
from mentors.models import PlanStep
from mentors.privacy import NamePolicy
from mentorship_portal.home.desk import Desk
from orgs.enums import Role


@dataclass(frozen=True, slots=True)
class OwnPair:
    """A pair as one of the two sees it: with whom, when they last met, which step comes next."""

    name: str
    place: str
    url: str
    last_met: date | None
    days_ago: int | None
    next_step: str
    next_due: date | None
    meeting_url: str

    @property
    def topic(self) -> str:
        """The topic of a meeting recorded by one tap."""
        return self.next_step[:300] or _("Meeting")


def own_pairs(desk: Desk) -> list[OwnPair]:
    """The active pairs of the person, the longest without a meeting first; two queries."""
    names = NamePolicy(desk.scope)
    is_mentor = desk.role == Role.MENTOR
    mine = "mentor__person__user" if is_mentor else "mentee__person__user"
    pairs = queries.with_meetings(
        queries.active(queries.pairs(desk.scope)).filter(**{mine: desk.scope.user_id})
    )
    rows = list(pairs.order_by("pk")[:50])
    steps = _next_steps(desk, rows)
    found = []
    for pair in rows:
        dates = [day for day in (pair.last_own, pair.last_in_group) if day]
        last = max(dates, default=None)
        step = steps.get(pair.pk)
        found.append(
            OwnPair(
                names.name(pair.mentee if is_mentor else pair.mentor),
                str(pair.form or ""),
                desk.url("pair", pair.pk),
                last,
                (today() - last).days if last else None,
                step.activity if step else "",
                step.due_on if step else None,
                _meeting_url(desk, pair.pk) if is_mentor else "",
            )
        )
    return sorted(found, key=lambda pair: pair.last_met or date.min)


def _next_steps(desk: Desk, pairs: list) -> dict[int, PlanStep]:
    """The first step of each pair's own programme that is not done."""
    found: dict[int, PlanStep] = {}
    steps = (
        PlanStep.objects.visible_to(desk.scope)
        .filter(program__pair__in=[pair.pk for pair in pairs], done_on__isnull=True)
        .select_related("program")
        .order_by("due_on", "pk")
    )
    for step in steps:
        found.setdefault(step.program.pair_id, step)
    return found


def _meeting_url(desk: Desk, pk: int) -> str:
    """Where a meeting is recorded in one step; empty where the installation has no such page."""
    try:
        return desk.url("meeting-add", pk)
    except NoReverseMatch:
        return ""
