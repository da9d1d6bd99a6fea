"""Keeps a lease alive while its holder works, and shows how far the work is."""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import DatabaseError, connection

from exchange.leases import Lease, LeaseLost

logger = logging.getLogger(__name__)

PULSE_SECONDS = 1.0


class Heartbeat:
    """A context manager with a thread of its own, and so a database connection of its own.

    Progress is written by that thread: the worker may be inside a transaction whose writes nobody sees
    before its end, and a write to the run's row there would keep the lease from being renewed.
    """

    def __init__(self, lease: Lease):
        self._lease = lease
        self._stop = threading.Event()
        self._lost = threading.Event()
        self._progress: tuple[int, int, str] | None = None
        self._thread = threading.Thread(target=self._beat, name=f"lease-{lease.run_id}", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *exc) -> None:
        self._stop.set()
        self._thread.join()

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Notes how far the work is; raises :class:`LeaseLost` when it has to stop."""
        self.check()
        self._progress = (done, total, str(text))

    def check(self) -> None:
        """Raises :class:`LeaseLost` once the run was cancelled or taken by another worker."""
        if self._lost.is_set():
            raise LeaseLost(str(self._lease.run_id))

    def _beat(self) -> None:
        # A third of the lease: one beat may be late or fail without the run being taken away.
        pulses_to_renewal = max(1, int(settings.RUN_LEASE_SECONDS / 3 / PULSE_SECONDS))
        shown = None
        pulses = 0
        try:
            while not self._stop.wait(PULSE_SECONDS):
                pulses += 1
                progress = self._progress
                if progress == shown and pulses < pulses_to_renewal:
                    continue
                if not self._renew(progress):
                    continue
                shown, pulses = progress, 0
        finally:
            connection.close()

    def _renew(self, progress: tuple[int, int, str] | None) -> bool:
        try:
            if self._lease.renew(progress):
                return True
        except DatabaseError as error:
            # Busy or away: the next pulse tries again on a fresh connection; if the lease runs out
            # meanwhile, the guarded last write decides.
            logger.warning("lease of %s not renewed: %s", self._lease.run_id, error)
            connection.close()
            return False
        self._lost.set()
        self._stop.set()
        return False
