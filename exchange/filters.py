"""Filters of the history of uploads; each says its rows and the chips that show it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from common.importing import import_kinds
from exchange.enums import UNFINISHED, ImportStep, RunState
from exchange.forms import kind_title

MINE = "mine"


class RunFilter:
    """The chosen kind, state and owner, and the rows that they leave. What is not offered chooses nothing."""

    def __init__(self, data: Mapping[str, str], rows, user):
        self.kinds = [(code, kind_title(code)) for code in import_kinds]
        self.states = [
            ("open", _("Wait for a decision")),
            ("done", _("Loaded")),
            ("undone", _("Undone")),
            ("refused", _("Refused or failed")),
            ("running", _("In progress")),
            ("cancelled", _("Cancelled")),
        ]
        self.kind = _offered(data.get("kind", ""), self.kinds)
        self.state = _offered(data.get("state", ""), self.states)
        self.who = MINE if data.get("who") == MINE else ""
        self.rows = self._narrow(rows, user)

    @property
    def is_set(self) -> bool:
        return bool(self.kind or self.state or self.who)

    def _narrow(self, rows, user):
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.who:
            rows = rows.filter(owner=user)
        ready = {"state": RunState.READY}
        conditions = {
            "open": ready | {"step": ImportStep.CONFIRM},
            "done": ready | {"step": ImportStep.DONE},
            "undone": {"step": ImportStep.UNDONE},
            "running": {"state__in": UNFINISHED},
            "cancelled": {"state": RunState.CANCELLED},
        }
        if self.state == "refused":
            return rows.filter(state=RunState.FAILED) | rows.filter(**ready, step=ImportStep.REFUSED)
        return rows.filter(**conditions[self.state]) if self.state else rows


def _offered(value: str, choices: list[tuple[str, str]]) -> str:
    return value if value in dict(choices) else ""
