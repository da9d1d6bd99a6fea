"""Child processes that never outlive the supervisor."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
LOG_LIMIT = 10 * 1024 * 1024  # bytes; an older log is kept once beside it
RESTARTS = 5
RESTART_WINDOW = 60  # seconds


def die_with_parent(number: signal.Signals) -> None:
    """Asks Linux to send this process the signal when its parent dies, however it dies.

    Other systems lack this: there the children of a supervisor killed by SIGKILL must be ended by hand.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, number)


@dataclass
class Child:
    """One part of the portal: how to start it, how to stop it, where it writes."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str]
    orphan_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0  # seconds between the request to stop and the kill
    process: subprocess.Popen | None = None
    starts: deque = field(default_factory=lambda: deque(maxlen=RESTARTS + 1))

    def start(self) -> None:
        """Starts the process in a session of its own: Ctrl-C reaches only the supervisor."""
        parent = os.getpid()

        def before_exec() -> None:
            die_with_parent(self.orphan_signal)
            if os.getppid() != parent:
                os._exit(1)

        self._turn_log()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=before_exec,  # safe: the supervisor has one thread
            )
        self.starts.append(time.monotonic())

    def has_ended(self) -> bool:
        """Whether the process was started and is gone."""
        return self.process is not None and self.process.poll() is not None

    def may_restart(self) -> bool:
        """False when it has been started too often within the last minute."""
        recent = [moment for moment in self.starts if time.monotonic() - moment < RESTART_WINDOW]
        return len(recent) <= RESTARTS

    def last_words(self) -> str:
        """The last line of its log, for the sentence about its end."""
        with self.log.open("rb") as stream:
            stream.seek(max(0, self.log.stat().st_size - 4096))
            lines = stream.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1].strip() if lines else ""

    def ask_to_stop(self) -> None:
        """Sends SIGTERM."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """Waits for the end, then kills the whole session, so that no grandchild stays."""
        if self.process is None:
            return
        try:
            self.process.wait(timeout=self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self._kill_session()
        self.process.wait()

    def _kill_session(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # all of it has ended by itself

    def _turn_log(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.log.touch()
