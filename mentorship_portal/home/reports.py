"""The last reports, for those who make them."""

from __future__ import annotations

from exchange.forms import report_title
from exchange.models import ReportRun
from exchange.presenters import run_badge
from mentorship_portal.home.desk import Desk

SHOWN = 5


def latest_reports(desk: Desk) -> list[ReportRun]:
    """The newest reports of the place with their titles and states; one query."""
    runs = list(
        ReportRun.objects.visible_to(desk.scope).select_related("owner", "organization", "municipality")[
            :SHOWN
        ]
    )
    for run in runs:
        run.title, run.badge = report_title(run.kind), run_badge(run)
        run.url = desk.url("report", run.pk)
    return runs
