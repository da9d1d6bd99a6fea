"""States of runs and problems of workbooks in the words and shapes of the pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.badges import Badge
from common.sheets.problems import Level
from exchange.enums import UNFINISHED, ImportStep, RunState
from exchange.models import ImportRun, Run

FILE_STEP, COLUMNS_STEP, CHECK_STEP, LOADING_STEP = range(4)
# Refusals that another choice of sheet, headings or columns can mend.
STRUCTURAL = frozenset(
    {
        "columns_missing",
        "heading_twice",
        "name_merged",
        "no_headings",
        "no_rows",
        "unknown_sheet",
        "wrong_kind",
    }
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the wizard: done, now or next."""

    label: str
    state: str


def run_badge(run: Run) -> Badge:
    """State of a run."""
    if run.state in UNFINISHED:
        label = _("In the queue") if run.state == RunState.WAITING else _("In progress")
        return Badge(label, "info", "wait")
    if run.state == RunState.FAILED:
        return Badge(_("Failed"), "bad", "bad")
    if run.state == RunState.CANCELLED:
        return Badge(_("Cancelled"), "", "none")
    if isinstance(run, ImportRun):
        return {
            ImportStep.CONFIRM: Badge(_("Waits for you"), "warn", "warn"),
            ImportStep.REFUSED: Badge(_("The file was refused"), "bad", "bad"),
            ImportStep.DONE: Badge(_("Loaded"), "", "ok", True),
            ImportStep.UNDONE: Badge(_("Undone"), "", "none"),
        }.get(run.step, Badge(_("In progress"), "info", "wait"))
    return Badge(_("Ready"), "", "ok", True)


def wizard_steps(run: ImportRun | None, place: int | None = None) -> list[Step]:
    """The four steps of the wizard; ``place`` is the step of a page that can be gone back to."""
    labels = [_("File"), _("Columns"), _("Check"), _("Loading")]
    if run is None:
        place = FILE_STEP
    elif run.step == ImportStep.REFUSED and (code := refusal_of(run)) and code not in STRUCTURAL:
        # What could not be read has to be brought anew.
        place = FILE_STEP
    elif place is None:
        place = {
            ImportStep.CHECK: CHECK_STEP,
            ImportStep.REFUSED: CHECK_STEP,
            ImportStep.CONFIRM: CHECK_STEP,
            ImportStep.WRITE: LOADING_STEP,
        }.get(run.step, len(labels))
    return [
        Step(label, "done" if number < place else "now" if number == place else "next")
        for number, label in enumerate(labels)
    ]


def refusal_of(run: ImportRun) -> str:
    """The code of what the file as a whole was refused for, or an empty text."""
    return next(
        (
            issue["code"]
            for issue in run.outcome.get("issues", ())
            if issue["level"] == Level.ERROR and issue["row"] is None
        ),
        "",
    )
