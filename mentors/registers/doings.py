"""What the curator of a school can do with a row of a register about people, from the menu of its card."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mentors.enums import Side
from mentors.models import Pair, Participation, Program
from mentors.registers.common import NameDrawing
from orgs.registers.doings import Doing


def of_participant(row: Participation, drawing: NameDrawing) -> list[Doing]:
    """Of a mentor or a mentee."""
    if not drawing.may_write(row):
        return []

    def doing(words, action: str, icon: str) -> Doing:
        return Doing(words, drawing.url(f"{Side(row.role).value}-{action}", row.pk), icon)

    change, past = doing(_("Change"), "edit", "pencil"), doing(_("History"), "history", "history")
    if row.ended_on:
        return [change, doing(_("Resume the participation"), "reopen", "refresh"), past]
    return [
        change,
        _assignment(row, drawing),
        doing(_("End the participation"), "end", "circle-check"),
        doing(_("Transfer to another organization"), "transfer", "arrow-right"),
        past,
    ]


def _assignment(row: Participation, drawing: NameDrawing) -> Doing:
    words = _("Assign a mentee") if row.role == Side.MENTOR else _("Assign a mentor")
    return Doing(words, drawing.url_about("pair-add", Side(row.role).value, row.pk), "users")


def of_pair(row: Pair, drawing: NameDrawing) -> list[Doing]:
    """Of a pair."""
    if not drawing.may_write(row):
        return []
    change = Doing(_("Change the facts"), drawing.url("pair-edit", row.pk), "pencil")
    if row.ended_on:
        return [change]
    return [
        Doing(_("Meeting with notes"), drawing.url("meeting-add", row.pk), "calendar-event"),
        change,
        Doing(_("New programme"), drawing.url_about("program-add", "pair", row.pk), "file-text"),
        Doing(_("End…"), drawing.url("pair-close", row.pk), "circle-check"),
    ]


def of_program(row: Program, drawing: NameDrawing) -> list[Doing]:
    """Of a programme; who only reads may still print it."""
    printed = Doing(_("For print"), drawing.url("program-print", row.pk), "printer")
    if not drawing.may_write(row):
        return [printed]
    return [Doing(_("Change"), drawing.url("program-edit", row.pk), "pencil"), printed]
