"""States of runs and problems of workbooks in the words and shapes of the pages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.badges import Badge
from common.importing import import_kinds
from common.sheets.problems import Level
from exchange.enums import UNFINISHED, ImportStep, RunState
from exchange.models import ImportRun, Run

# What a row needs comes first, what was only noticed last.
LEVEL_ORDER = {Level.ERROR: 0, Level.QUESTION: 1, Level.WARNING: 2, Level.NOTICE: 3}


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


def wizard_steps(run: ImportRun | None) -> list[Step]:
    """The four steps of the wizard as they stand."""
    labels = [_("File"), _("Check"), _("Confirmation"), _("Loading")]
    place = 0
    if run is not None:
        place = {ImportStep.CHECK: 1, ImportStep.REFUSED: 1, ImportStep.CONFIRM: 2, ImportStep.WRITE: 3}.get(
            run.step, 4
        )
    return [
        Step(label, "done" if number < place else "now" if number == place else "next")
        for number, label in enumerate(labels)
    ]


def problems(run: ImportRun) -> list[dict]:
    """The problems of the workbook, what refuses rows first, each with its answer if there is one."""
    found = []
    for issue in run.outcome.get("issues", ()):
        key = f"{issue['row']}:{issue['code']}"
        found.append(
            issue | {"key": key, "answer": run.answers.get(key, ""), "choices": issue.get("choices", [])}
        )
    return sorted(found, key=lambda issue: (LEVEL_ORDER.get(issue["level"], 9), issue["row"] or 0))


def counts_by_level(issues: list[dict]) -> list[dict]:
    """How many problems of each level there are, for the tabs above the table."""
    labels = {
        Level.ERROR: _("Errors"),
        Level.QUESTION: _("Questions"),
        Level.WARNING: _("Corrections"),
        Level.NOTICE: _("Notices"),
    }
    counted = Counter(issue["level"] for issue in issues)
    return [
        {"level": level, "label": label, "count": counted[level]}
        for level, label in labels.items()
        if counted[level]
    ]


def understood_columns(run: ImportRun) -> list[dict]:
    """Fields of the kind with the heading that each was found under and the headings to choose from."""
    if run.kind not in import_kinds:
        return []
    columns = {column["field"]: column for column in run.outcome.get("columns", ())}
    others = [column["heading"] for column in run.outcome.get("other_columns", ())]
    return [
        {
            "field": name,
            "title": heading.column_name,
            "required": heading.required,
            "column": columns.get(name, {}).get("column", ""),
            "heading": columns.get(name, {}).get("heading", ""),
            "options": [columns[name]["heading"], *others] if name in columns else others,
        }
        for name, heading in import_kinds.get(run.kind).headings().items()
    ]
