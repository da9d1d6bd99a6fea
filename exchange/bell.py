"""The broker as a bell: a message only says «look at this row», and may be lost or come twice."""

from __future__ import annotations

import logging

import redis
from celery import current_app
from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError

from exchange.enums import RunState
from exchange.models import ImportRun, ReportRun, Run

logger = logging.getLogger(__name__)

TASKS = {ImportRun: "exchange.tasks.run_import", ReportRun: "exchange.tasks.run_report"}
BROKER_DOWN = (OperationalError, redis.RedisError, OSError)


def ring_after_commit(run: Run) -> None:
    """Rings for the run as soon as its row can be seen by workers."""
    transaction.on_commit(lambda: ring(run), robust=True)


def ring(run: Run) -> bool:
    """Sends the message of a waiting run; False when the broker is down, and the sweep will ring later."""
    model = type(run)
    waiting = model.objects.filter(pk=run.pk, state=RunState.WAITING)
    if not waiting.update(rung_at=Now()):
        return True
    if send(model, run.pk):
        return True
    waiting.update(rung_at=None)
    return False


def send(model: type[Run], run_id) -> bool:
    """Whether the message went out; never waits for a broker that is down."""
    try:
        current_app.send_task(TASKS[model], args=[str(run_id)], retry=False, ignore_result=True)
    except BROKER_DOWN as error:
        logger.warning("broker did not take the message of run %s: %s", run_id, error)
        return False
    return True
