"""Entry points of Celery: an id in, one call."""

from __future__ import annotations

import uuid

from celery import shared_task

from common.sqlite import refresh_statistics
from exchange.imports import advance_import
from exchange.reports import make_report
from exchange.retention import forget_workbooks
from exchange.sweep import sweep


@shared_task(name="exchange.tasks.run_import")
def run_import(run_id: str) -> None:
    """The next step of an import: check or write."""
    advance_import(uuid.UUID(run_id))
    refresh_statistics()


@shared_task(name="exchange.tasks.run_report")
def run_report(run_id: str) -> None:
    """One report."""
    make_report(uuid.UUID(run_id))


@shared_task(name="exchange.tasks.forget_workbooks")
def forget_old_workbooks() -> None:
    """Removes uploaded workbooks whose time is over."""
    forget_workbooks()


@shared_task(name="exchange.tasks.requeue_expired")
def requeue_expired() -> None:
    """Sweeps up what killed workers and a lost broker have left."""
    sweep()
