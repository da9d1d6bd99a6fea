"""What beat does every few seconds: no run is left behind, whatever has happened to workers and broker."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.conf import settings
from django.db.models.functions import Now

from exchange.bell import send
from exchange.enums import RunState
from exchange.leases import OVER
from exchange.messages import in_language_of, worker_lost
from exchange.models import ImportRun, ReportRun, Run
from exchange.undo import forget_traces

logger = logging.getLogger(__name__)

# So many bells in one sweep: a long queue must not fill the broker with doubles.
BELLS = 100


@dataclass(slots=True)
class Swept:
    """How many runs were given up, put back into the queue, and rung for."""

    failed: int = 0
    requeued: int = 0
    rung: int = 0


def sweep() -> Swept:
    """Fails runs out of attempts, re-queues abandoned ones, rings for waiting ones.

    Every step is an UPDATE with a condition, so sweeps at the same time handle each run once.
    """
    swept = Swept()
    for model in (ImportRun, ReportRun):
        swept.failed += _give_up(model)
        swept.requeued += (
            model.objects.expired()
            .filter(attempts__lt=settings.RUN_ATTEMPTS)
            .update(state=RunState.WAITING, lease=None, lease_until=None, rung_at=None)
        )
    for model in (ImportRun, ReportRun):
        swept.rung += _ring(model)
    forget_traces()
    if swept.failed or swept.requeued:
        logger.warning(
            "sweep: %d given up, %d re-queued, %d rung for", swept.failed, swept.requeued, swept.rung
        )
    return swept


def _give_up(model: type[Run]) -> int:
    hopeless = model.objects.expired().filter(attempts__gte=settings.RUN_ATTEMPTS)
    failed = 0
    for run in hopeless.select_related("owner"):
        with in_language_of(run.owner):
            message = worker_lost(run)
        failed += hopeless.filter(pk=run.pk).update(
            **OVER, state=RunState.FAILED, finished_at=Now(), message=message
        )
    return failed


def _ring(model: type[Run]) -> int:
    rung = 0
    due = model.objects.due_for_ringing()
    for run_id in list(due.values_list("pk", flat=True)[:BELLS]):
        if not model.objects.due_for_ringing().order_by().filter(pk=run_id).update(rung_at=Now()):
            continue  # another sweep was first
        if not send(model, run_id):
            model.objects.filter(pk=run_id, state=RunState.WAITING).update(rung_at=None)
            break
        rung += 1
    return rung
