"""One attempt at a run: lease, heartbeat, and what becomes of every way it can end."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable

from celery.exceptions import SoftTimeLimitExceeded
from django.db import InterfaceError, OperationalError

from exchange import leases, messages
from exchange.heartbeat import Heartbeat
from exchange.leases import Lease, LeaseLost
from exchange.models import Run

logger = logging.getLogger(__name__)

# Disturbances from outside that a later attempt may not meet: database or disk busy or away.
PASSING = (OperationalError, InterfaceError, OSError)


class Refused(Exception):
    """The run cannot be done; the text tells its owner why and what to do."""


def perform(model: type[Run], run_id: uuid.UUID, work: Callable[[Run, Lease, Heartbeat], None]) -> bool:
    """Does one attempt; False when the run was not free (finished, cancelled, in other hands).

    ``work`` ends by ``lease.finish(...)``. Whatever it raises becomes a state and a message of the run; a
    killed process leaves an expired lease to the sweep.
    """
    lease = leases.take(model, run_id)
    if lease is None:
        logger.info("run %s is not free", run_id)
        return False
    run = model.objects.select_related("owner", "organization", "municipality").get(pk=run_id)
    with messages.in_language_of(run.owner):
        try:
            with Heartbeat(lease) as pulse:
                work(run, lease, pulse)
        except LeaseLost:
            logger.info("run %s went into other hands or was cancelled", run_id)
        except Refused as refusal:
            lease.fail(str(refusal))
        except SoftTimeLimitExceeded:
            logger.error("run %s took too long", run_id)
            lease.fail(messages.too_long(run))
        except PASSING:
            logger.exception("run %s was disturbed, attempt %d", run_id, run.attempts)
            lease.release(messages.fault(run))
        except Exception:
            logger.exception("run %s failed", run_id)
            lease.fail(messages.fault(run))
    return True
