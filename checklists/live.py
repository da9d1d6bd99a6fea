"""Checks of items against the portal's own data: they propose an answer, the school confirms it.

A check belongs to the app whose tables it reads; apps above register theirs in a module ``live_checks``. An
item names its check by code (``ChecklistItem.live_data``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from checklists.enums import Achievement
from checklists.models import ChecklistItem
from common.registry import Registry

# A bank that is filled in to this share, or programmes for this share of pairs, count as achieved.
ENOUGH_PERCENT = 80


@dataclass(frozen=True, slots=True)
class Finding:
    """What the data say of an item: the proposed answer, and the figures in words."""

    answer: str
    text: str

    @property
    def answer_label(self) -> str:
        return str(Achievement(self.answer).label)

    def contradicts(self, answer: str) -> bool:
        """Whether the school has claimed more than the data show."""
        order = (Achievement.NOT_ACHIEVED, Achievement.PARTLY, Achievement.ACHIEVED)
        return bool(answer) and order.index(answer) > order.index(self.answer)


class LiveCheck:
    """One check. Facts are what is kept with a sent self-audit; words are made of them when shown."""

    def measure(self, organizations: Collection[int], year: int) -> dict[int, dict]:
        """Facts by organization, JSON values only; the caller has taken the ids from a scope."""
        raise NotImplementedError

    def finding(self, facts: dict) -> Finding:
        """The proposal that follows from the facts."""
        raise NotImplementedError


live_checks: Registry[str, LiveCheck] = Registry("live check", found_in="live_checks")


def register_check(code: str):
    """A class decorator that registers an instance of the check."""

    def add(check: type[LiveCheck]) -> type[LiveCheck]:
        live_checks.add(code, check())
        return check

    return add


def measured(items: Iterable[ChecklistItem], organizations: Collection[int], year: int) -> dict[str, dict]:
    """Facts by code of the check, then by organization; the same few queries for any number of places."""
    codes = {item.live_data for item in items if item.live_data in live_checks}
    return {code: live_checks.get(code).measure(organizations, year) for code in sorted(codes)}


def finding_of(item: ChecklistItem, facts: dict | None) -> Finding | None:
    """The proposal for an item; None where no check has anything to say."""
    if facts is None or item.live_data not in live_checks:
        return None
    return live_checks.get(item.live_data).finding(facts)


def by_share(part: int, whole: int) -> str:
    """Achieved from :data:`ENOUGH_PERCENT` on, partly from one on."""
    if not part:
        return Achievement.NOT_ACHIEVED
    return Achievement.ACHIEVED if part * 100 >= ENOUGH_PERCENT * whole else Achievement.PARTLY
