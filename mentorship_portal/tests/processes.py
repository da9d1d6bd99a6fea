"""A real broker and a real worker for tests of jobs; they are started, killed and wiped at will."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import redis

from mentorship_portal.serving.broker import EmbeddedBroker
from mentorship_portal.serving.processes import Child, die_with_parent

WAIT_LIMIT = 90  # seconds; a test fails loudly after it, and never depends on a shorter time


def wait_until(condition: Callable[[], object], what: str, limit: float = WAIT_LIMIT):
    """The first true value of ``condition``; AssertionError naming ``what`` when it never comes."""
    deadline = time.monotonic() + limit
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited {limit:g} s in vain for: {what}")


class BrokerProcess:
    """The same embedded broker that `make run` starts, in a folder of its own."""

    def __init__(self, folder: Path):
        self._embedded = EmbeddedBroker(folder)
        self._child: Child | None = None

    @property
    def url(self) -> str:
        return self._embedded.url

    def start(self) -> None:
        """Starts it and waits for its answer."""
        self._child = self._embedded.child()
        self._child.start()
        self._embedded.wait(self._child)

    def stop(self) -> None:
        """Ends it in order; what is queued stays in its file."""
        if self._child is not None:
            self._child.ask_to_stop()
            self._child.end()
            self._child = None

    def kill(self) -> None:
        """SIGKILL, as when the machine's memory runs out."""
        self._child.process.send_signal(signal.SIGKILL)
        self._child.end()
        self._child = None

    def wipe(self) -> None:
        """Everything queued is lost, the broker goes on."""
        redis.Redis.from_url(self.url).flushall()

    def lose_files(self) -> None:
        """After :meth:`stop`: the queue's file is gone at the next start."""
        shutil.rmtree(self._embedded.folder / "appendonlydir", ignore_errors=True)


class WorkerProcess:
    """``celery worker`` with beat, on the test database and the given broker."""

    def __init__(self, folder: Path, broker_url: str, database_url: str, private_root: Path):
        self.log = folder / "worker.log"
        self._schedule = folder / "beat-schedule"
        self._environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "mentorship_portal.settings",
            "DATABASE_URL": database_url,
            "REDIS_URL": broker_url,
            "DATA_DIR": str(private_root.parent),
            "DEMO": "0",
        }
        self.process: subprocess.Popen | None = None

    def start(self, **environment: str) -> None:
        """Starts it; it takes jobs a few seconds later. ``environment`` overrides settings."""
        command = [sys.executable, "-m", "celery", "-A", "mentorship_portal", "worker", "--beat"]
        command += ["--queues", "imports,reports,default", "--concurrency", "2", "--loglevel", "INFO"]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, "--schedule", str(self._schedule)],
                env={**self._environment, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: die_with_parent(signal.SIGKILL),
            )

    def kill(self) -> None:
        """SIGKILL to the worker and everything that it has started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # it has ended by itself
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        """SIGTERM: the worker finishes what it does, then ends."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=WAIT_LIMIT)
            self.kill()

    def said(self) -> str:
        """Its log so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""
