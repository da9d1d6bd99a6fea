"""CPU time, query counts and a scratch database for measurements.

Wall time on a shared machine moves several times over; CPU seconds of this process plus its database
server process stay within about ten percent. Every figure is a ratio of two such times.
"""

from __future__ import annotations

import os
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

MIB = 1024 * 1024
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure of a benchmark: a ratio, a count or mebibytes, and which side is better."""

    id: str
    name: str
    value: float
    better: str = "lower"

    def as_dict(self) -> dict:
        return asdict(self)


@contextmanager
def scratch_database() -> Iterator[None]:
    """A freshly migrated database beside the configured one, dropped afterwards.

    On PostgreSQL parallel workers are switched off: their CPU time belongs to other processes.
    """
    settings = connection.settings_dict
    original, name_of_tests = settings["NAME"], settings["TEST"]["NAME"]
    if connection.vendor == "postgresql":
        # Not the database of a test run that may be going on beside this.
        settings["TEST"]["NAME"] = f"{original}_benchmark"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET max_parallel_workers_per_gather = 0")
        yield
    finally:
        connection.creation.destroy_test_db(original, verbosity=0)
        settings["TEST"]["NAME"] = name_of_tests


def _backend_stat() -> Path | None:
    """Where Linux tells the CPU time of the server process; None for SQLite or a server elsewhere."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    return stat if stat.exists() and "postgres" in stat.read_text() else None


class CpuClock:
    """CPU seconds of this process and of its database server process."""

    def __init__(self):
        self._stat = _backend_stat()
        self._elsewhere = connection.vendor == "postgresql" and self._stat is None

    def now(self) -> float:
        """Seconds so far; with a server on another machine the wall clock has to stand in."""
        if self._elsewhere:
            return time.perf_counter()
        return time.process_time() + self._server()

    def _server(self) -> float:
        if self._stat is None:
            return 0.0
        # After the command's name in brackets; fields 14 and 15 of proc(5): user and system time.
        fields = self._stat.read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


def cpu_seconds(job: Callable[[], object], *, at_least: float = 0.5) -> float:
    """Mean CPU seconds of one run, repeated until the clock's steps of 10 ms do not matter."""
    clock = CpuClock()
    runs, start = 0, clock.now()
    while True:
        job()
        runs += 1
        spent = clock.now() - start
        if spent >= at_least:
            return spent / runs


def medians(*jobs: Callable[[], object], rounds: int = 3, at_least: float = 0.5) -> list[float]:
    """Median CPU seconds of each job; the jobs take turns, so that a busy moment hits all of them."""
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(rounds):
        for times, job in zip(taken, jobs, strict=True):
            times.append(cpu_seconds(job, at_least=at_least))
    return [statistics.median(times) for times in taken]


def queries_of(job: Callable[[], object]) -> int:
    """How many queries one run makes."""
    with CaptureQueriesContext(connection) as captured:
        job()
    return len(captured)


def peak_mib(job: Callable[[], object]) -> float:
    """The largest memory that Python objects took during the job, above what stood before it."""
    tracemalloc.start()
    try:
        job()
        return tracemalloc.get_traced_memory()[1] / MIB
    finally:
        tracemalloc.stop()
