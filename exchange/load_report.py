"""The report of one upload as a workbook: figures, problems row by row, what was corrected on the page."""

from __future__ import annotations

from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _

from common.workbooks import Column, WorkbookWriter
from exchange.forms import kind_title
from exchange.models import ImportRun
from exchange.presenters import run_badge
from exchange.problems import Problems
from exchange.words import things_added


def load_report(run: ImportRun) -> bytes:
    """An XLSX of three sheets; user's text stands in it as text."""
    target = BytesIO()
    with WorkbookWriter(target, title=_("Report of the upload")) as book:
        book.sheet(_("Result"), [Column(_("What"), width=40), Column(_("Value"), width=60)], _figures(run))
        book.sheet(
            _("Remarks"),
            [
                Column(_("Sheet"), width=18),
                Column(_("Row"), kind="integer", width=8),
                Column(_("Column"), width=10),
                Column(_("Heading"), width=24),
                Column(_("Value"), width=24),
                Column(_("What is wrong"), width=60),
                Column(_("What to do"), width=50),
            ],
            [
                [issue[name] for name in ("sheet", "row", "column", "heading", "value", "message", "fix")]
                for issue in Problems(run).issues
            ],
        )
        book.sheet(
            _("Corrections on the page"),
            [Column(_("Cell"), width=20), Column(_("New value"), width=60)],
            [
                *(
                    [address.replace(":", " "), text or _("empty")]
                    for address, text in run.corrections.items()
                ),
                *([row, _("The row was left out")] for row in run.excluded),
            ],
        )
    return target.getvalue()


def _figures(run: ImportRun) -> list[list]:
    outcome = run.outcome
    moment = timezone.localtime(run.finished_at or run.created_at)
    lines = [
        [_("File"), run.file_name],
        [_("What"), kind_title(run.kind)],
        [_("Where"), str(run.organization or run.municipality or "")],
        [_("Who"), run.owner.full_name if run.owner else ""],
        [_("When"), moment.strftime("%d.%m.%Y %H:%M")],
        [_("Status"), run_badge(run).label],
        ["SHA-256", run.sha256],
        [_("Rows in the file"), outcome.get("rows", 0)],
        *([str(item.thing.title), item.count] for item in things_added(run)),
        [_("Rows added"), outcome.get("added", 0)],
        [_("Updated"), outcome.get("updated", 0)],
        [_("Without a change"), outcome.get("unchanged", 0)],
        [_("Put off"), outcome.get("refused", 0)],
        [_("Left out"), len(run.excluded)],
    ]
    return lines
