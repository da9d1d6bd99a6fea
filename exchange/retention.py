"""Uploaded workbooks name people, so they are kept for a month: long enough to correct what was put off."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, Now

from exchange.enums import UNFINISHED, ImportStep, RunState
from exchange.leases import OVER
from exchange.messages import draft_expired, in_language_of
from exchange.models import ImportRun

logger = logging.getLogger(__name__)

# Files removed by one call; the next one goes on.
AT_ONCE = 500


def kept_until(run: ImportRun) -> datetime | None:
    """Until when the workbook and its rows that were put off are kept; None when they are gone."""
    if not run.file:
        return None
    return (run.finished_at or run.created_at) + timedelta(days=settings.IMPORT_KEEP_DAYS)


def forget_workbooks() -> int:
    """Removes workbooks whose time is over, with every text out of them; the figures of the import stay.

    An upload that was never confirmed ends with it. The files go first: a call that is cut off in between
    finds its rows again, and a file that is gone already is no hindrance.
    """
    runs = list(_outdated().select_related("owner")[:AT_ONCE])
    for run in runs:
        _forget(run)
    if runs:
        logger.info("retention: %d uploaded workbooks removed", len(runs))
    return len(runs)


def _outdated() -> QuerySet[ImportRun]:
    since = Now() - timedelta(days=settings.IMPORT_KEEP_DAYS)
    return (
        ImportRun.objects.exclude(state__in=UNFINISHED)
        .exclude(Q(file="") & Q(returned_file=""))
        .annotate(rested_at=Coalesce("finished_at", "created_at"))
        .filter(rested_at__lte=since)
        .order_by("created_at")
    )


def _forget(run: ImportRun) -> None:
    for stored in (run.file, run.returned_file):
        if stored:
            default_storage.delete(stored.name)
    values = {
        "file": "",
        "returned_file": "",
        "corrections": {},
        "answers": {},
        "outcome": {**run.outcome, "issues": []} if run.outcome else {},
    }
    if run.step in (ImportStep.CHECK, ImportStep.CONFIRM):
        with in_language_of(run.owner):
            values |= {**OVER, "state": RunState.CANCELLED, "message": draft_expired()}
    ImportRun.objects.filter(pk=run.pk, state=run.state, step=run.step).update(**values)
