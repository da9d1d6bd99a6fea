"""The lease of a run: who may do it and write to it, decided by single UPDATE statements.

Each statement carries its own condition, so it is the database that decides between two workers, the
same on SQLite and PostgreSQL. Times are the database's. A lease that has run out on the clock still holds
until somebody else takes the run: only then is the first worker's result unwanted.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from exchange.enums import RunState
from exchange.models import Run

TEXT_WIDTH = 250
# What a run that is over no longer holds: nobody works on it, and the same may be asked again.
OVER = {"lease": None, "lease_until": None, "idempotency_key": None}


class LeaseLost(Exception):
    """The run was cancelled or taken by another worker: stop and write nothing."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one run, proved by a token that is in its row."""

    model: type[Run]
    run_id: uuid.UUID
    token: uuid.UUID

    def renew(self, progress: tuple[int, int, str] | None = None) -> bool:
        """Extends the lease and shows ``progress`` (done, total, text); False when it is lost."""
        values = {"lease_until": _until()}
        if progress:
            done, total, text = progress
            values |= {"progress_done": done, "progress_total": total, "progress_text": text[:TEXT_WIDTH]}
        return self._update(**values)

    def finish(self, **values) -> None:
        """Marks the run ready together with its results; raises :class:`LeaseLost`."""
        ending = OVER | {"state": RunState.READY, "finished_at": Now(), "message": "", "progress_text": ""}
        if not self._update(**(ending | values)):
            raise LeaseLost(str(self.run_id))

    def fail(self, message: str) -> bool:
        """Marks the run failed with a message for its owner; False when the lease was lost."""
        return self._update(**OVER, state=RunState.FAILED, finished_at=Now(), message=message)

    def release(self, last_message: str) -> bool:
        """Gives the run back to be tried again later, or fails it after the last attempt."""
        again = self._held().filter(attempts__lt=settings.RUN_ATTEMPTS)
        # Rung just now: the next bell comes after a pause, in which a disturbance may pass.
        if again.update(state=RunState.WAITING, lease=None, lease_until=None, rung_at=Now()):
            return True
        return self.fail(last_message)

    def _held(self):
        return self.model.objects.filter(pk=self.run_id, state=RunState.RUNNING, lease=self.token)

    def _update(self, **values) -> bool:
        return bool(self._held().update(**values))


def take(model: type[Run], run_id: uuid.UUID) -> Lease | None:
    """The lease of a run that waits or was abandoned; None when there is nothing to do.

    Counts the attempt; a run that has used up its attempts is left to the sweep.
    """
    token = uuid.uuid4()
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, lease_until__lt=Now())
    taken = model.objects.filter(free, pk=run_id, attempts__lt=settings.RUN_ATTEMPTS).update(
        state=RunState.RUNNING,
        lease=token,
        lease_until=_until(),
        attempts=F("attempts") + 1,
        started_at=Coalesce(F("started_at"), Now()),
        progress_done=0,
        progress_total=0,
        progress_text="",
        message="",
    )
    return Lease(model, run_id, token) if taken else None


def _until():
    return Now() + timedelta(seconds=settings.RUN_LEASE_SECONDS)
