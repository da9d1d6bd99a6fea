"""What people do with runs: ask, upload, answer, correct, confirm, cancel, try again.

A change of state is one UPDATE that carries its own condition, so a double click or two tabs do it once.
"""

from exchange.bell import ring
from exchange.services.imports import (
    confirm_import,
    receive_import,
    recheck_import,
    resume_import,
    undo_import,
)
from exchange.services.reports import ask_report, ask_reports
from exchange.services.runs import cancel_run, repeat_run

__all__ = [
    "ask_report",
    "ask_reports",
    "cancel_run",
    "confirm_import",
    "receive_import",
    "recheck_import",
    "repeat_run",
    "resume_import",
    "ring",
    "undo_import",
]
