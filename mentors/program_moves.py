"""The ways on from each status of a programme, as buttons."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mentors.enums import ProgramStatus
from mentors.models import Program
from mentors.services.programs import NEXT_STATUSES


@dataclass(frozen=True, slots=True)
class Move:
    """A button: the status it leads to, its words, whether it leads back, whether it asks for the order."""

    status: str
    label: str
    back: bool = False
    asks_order: bool = False


_MOVES = {
    ProgramStatus.AGREEMENT: Move(ProgramStatus.AGREEMENT, _("Send for agreement")),
    ProgramStatus.APPROVED: Move(ProgramStatus.APPROVED, _("Approve"), asks_order=True),
    ProgramStatus.DRAFT: Move(ProgramStatus.DRAFT, _("Back to draft"), back=True),
    ProgramStatus.RUNNING: Move(ProgramStatus.RUNNING, _("Begin the programme")),
    ProgramStatus.COMPLETED: Move(ProgramStatus.COMPLETED, _("Complete the programme")),
}


def moves_of(program: Program) -> list[Move]:
    """Buttons of the programme's status, the way on first."""
    return [_MOVES[ProgramStatus(status)] for status in NEXT_STATUSES[ProgramStatus(program.status)]]
