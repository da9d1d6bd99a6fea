"""The tasks of one role at one place, in groups, with the numbers beside the sections."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import ROUND_CEILING

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.enums import AuditStatus
from checklists.models import SelfAudit
from common.paging import bounded_counts
from mentorship_portal.home.desk import Desk
from mentorship_portal.home.rules import RULES
from mentorship_portal.home.tasks import Counted, Number, Task
from mentorship_portal.summary import Summary
from orgs.enums import Role


@dataclass(slots=True)
class Board:
    """Tasks: overdue first, then by their day, those without a day last; the settled apart."""

    tasks: list[Task] = field(default_factory=list)
    tabs: dict[str, int] = field(default_factory=dict)
    # The tasks are somebody else's: they are told, not asked for.
    is_reader: bool = False

    @property
    def open(self) -> list[Task]:
        return [task for task in self.tasks if task.is_open]

    @property
    def overdue(self) -> list[Task]:
        return [task for task in self.tasks if task.is_overdue]

    @property
    def soon(self) -> list[Task]:
        return [task for task in self.tasks if task.is_soon]

    @property
    def later(self) -> list[Task]:
        urgent = {*self.overdue, *self.soon, *self.done}
        return [task for task in self.tasks if task not in urgent]

    @property
    def done(self) -> list[Task]:
        return [task for task in self.tasks if task.done]

    @property
    def next_due(self) -> Task | None:
        """What comes next when nothing is to be done now."""
        return next((task for task in self.tasks if task.waits and task.due), None)

    @property
    def sentence(self) -> str:
        """«На этой неделе 3 дела, примерно 15 минут»; empty without tasks."""
        urgent = [*self.overdue, *self.soon]
        if not self.open:
            return ""
        if self.is_reader:
            return _("the curator sees to them")
        if not urgent:
            return _("Nothing is urgent this week")
        minutes = int(sum(task.minutes for task in urgent).to_integral_value(ROUND_CEILING))
        tasks = ngettext("%(n)s task this week", "%(n)s tasks this week", len(urgent)) % {"n": len(urgent)}
        return f"{tasks}, {about(minutes)}" if minutes else tasks

    @property
    def summary(self) -> Summary:
        return Summary(self.tabs, 0 if self.is_reader else len(self.overdue) + len(self.soon))


def board_of(request: HttpRequest) -> Board:
    """The board of the request's role and place; the same number of queries whatever there is."""
    desk = Desk(request)
    found = [made for rule in RULES.get(desk.role, ()) if (made := rule(desk)) is not None]
    counted = [made for made in found if isinstance(made, Counted)]
    tabs = _tabs(desk)
    querysets = list(tabs.values())
    for made in counted:
        querysets += [made.rows] if made.whole is None else [made.rows, made.whole]
    numbers = iter(bounded_counts(querysets))
    counts = {url: next(numbers) for url in tabs}
    tasks = [made for made in found if isinstance(made, Task)]
    for made in counted:
        count = next(numbers)
        whole = next(numbers) if made.whole is not None else 0
        if (task := made.task(count, whole)) is not None:
            tasks.append(task)
    tasks.sort(key=lambda task: (bool(task.waits), task.due or datetime.date.max))
    return Board(tasks, {url: count for url, count in counts.items() if count}, desk.is_reader)


def about(minutes: int) -> str:
    """«примерно 15 минут», above an hour and a half in hours."""
    if minutes > 90:
        hours = round(minutes / 60)
        return ngettext("about %(n)s hour", "about %(n)s hours", hours) % {"n": Number(hours)}
    return ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": minutes}


def _tabs(desk: Desk) -> dict[str, QuerySet]:
    """Rows whose number stands beside a section."""
    if desk.role == Role.CURATOR:
        return {
            "/mentors/": desk.active_mentors,
            "/mentees/": desk.active_mentees,
            "/pairs/": desk.active_pairs,
        }
    if desk.role == Role.METHODOLOGIST:
        sent = SelfAudit.objects.visible_to(desk.scope).filter(status=AuditStatus.SUBMITTED)
        return {"/checklists/": sent}
    return {}
