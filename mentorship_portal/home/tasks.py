"""A task of «Что сделать сейчас», and how rules say it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import today
from common.paging import COUNT_LIMIT

SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Task:
    """A task: what, where it is done, until when, how far it is, and about how long it takes.

    ``waits`` says on whom it waits; ``done`` marks what is settled already.
    """

    title: str
    note: str
    url: str
    icon: str
    due: datetime.date | None = None
    minutes: Decimal = Decimal(0)
    progress: tuple[int, int] | None = None
    progress_text: str = ""
    waits: str = ""
    done: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is for the person to do."""
        return not self.done and not self.waits

    @property
    def days_left(self) -> int | None:
        return (self.due - today()).days if self.due else None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due is not None and self.days_left < 0

    @property
    def is_soon(self) -> bool:
        return self.is_open and self.due is not None and 0 <= self.days_left <= SOON_DAYS

    @property
    def status(self) -> tuple[str, str, str, bool]:
        """Words, tone, shape and whether it is settled: one of the five kinds; empty words for none."""
        if self.done:
            return _("Ready"), "", "ok", True
        if self.waits:
            return self.waits, "", "wait", False
        if self.is_overdue:
            days = -self.days_left
            return (
                ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", days) % {"n": days},
                "bad",
                "bad",
                False,
            )
        if self.is_soon:
            days = self.days_left
            text = (
                ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days} if days else _("Due today")
            )
            return text, "warn", "warn", False
        return "", "", "", False


class Number(int):
    """A count in sentences: «1 204», or «10 000+» of what is counted no further."""

    def __str__(self):
        text = f"{min(int(self), COUNT_LIMIT):,}".replace(",", "\u00a0")
        return text + "+" if self > COUNT_LIMIT else text


@dataclass(frozen=True, slots=True)
class Counted:
    """A task about rows: it stands while there are any, and is done when there are none of the ``whole``.

    ``say`` is an ``ngettext_lazy`` by ``n`` (or a plain sentence); ``minutes`` are for one row; with
    ``settled`` the rows themselves are what is done.
    """

    rows: QuerySet
    say: object
    url: str
    icon: str
    note: str = ""
    due: datetime.date | None = None
    minutes: Decimal = Decimal(0)
    whole: QuerySet | None = None
    done: str = ""
    settled: bool = False

    def task(self, count: int, whole: int) -> Task | None:
        """The task for so many rows, what is done instead, or None where there was nothing to do."""
        if count:
            title = self.say % {"n": Number(count)}
            if self.settled:
                return Task(title, self.note, self.url, self.icon, done=True)
            minutes = self.minutes * min(count, COUNT_LIMIT)
            return Task(title, self.note, self.url, self.icon, self.due, minutes)
        if whole and self.done:
            return Task(self.done, "", self.url, self.icon, done=True)
        return None
