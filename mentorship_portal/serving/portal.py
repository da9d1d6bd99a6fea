"""Starts the parts of the portal in order, watches them, stops them."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from mentorship_portal.serving.broker import EmbeddedBroker
from mentorship_portal.serving.options import Options, StartError
from mentorship_portal.serving.processes import Child, die_with_parent

READY_LIMIT = 60  # seconds
BASE_DIR = Path(__file__).resolve().parent.parent.parent


def serve() -> None:
    """Runs the portal until Ctrl-C or SIGTERM; raises StartError when it cannot start or go on."""
    if os.environ.pop("STOP_WITH_PARENT", ""):
        die_with_parent(signal.SIGTERM)
    options = Options.from_environment()
    options.check_port()
    _set_defaults()
    settings = _settings()
    with _only_one(settings.DATA_DIR):
        Portal(options, settings).run()


class StopAsked(BaseException):
    """Ctrl-C or SIGTERM while the portal is being started; no library may take it for an error."""


class Portal:
    """The running parts: broker (when embedded), web, jobs."""

    def __init__(self, options: Options, settings):
        self.options = options
        self.settings = settings
        self.children: list[Child] = []
        self.stop_requested = threading.Event()
        self._watching = False

    def run(self) -> None:
        """Starts everything, then watches until a stop is asked for."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            self._start()
            self._watch()
        except StopAsked:
            say("")
        finally:
            self._watching = True
            self._stop()

    def _start(self) -> None:
        if not os.environ.get("REDIS_URL", "").strip():
            broker = EmbeddedBroker(self.settings.DATA_DIR)
            self._launch(broker.child())
            os.environ["REDIS_URL"] = self.settings.REDIS_URL = broker.url
            broker.publish_address()
            broker.wait(self.children[0])
        import django

        django.setup()
        from django.utils.translation import activate

        from mentorship_portal.serving import announcement
        from mentorship_portal.serving.preparation import prepare

        activate(self.settings.LANGUAGE_CODE)
        prepare(say)
        self._launch(self._web())
        self._wait_until_ready()
        self._launch(self._jobs())
        for line in announcement.lines(self.options.address):
            say(line)

    def _web(self) -> Child:
        shared_memory = Path("/dev/shm")
        heartbeat = ["--worker-tmp-dir", str(shared_memory)] if shared_memory.is_dir() else []
        command = [sys.executable, "-m", "gunicorn", "mentorship_portal.wsgi:application"]
        host = f"[{self.options.bind}]" if ":" in self.options.bind else self.options.bind
        command += ["--bind", f"{host}:{self.options.port}", "--workers", str(self.options.web_workers)]
        command += ["--threads", "4", "--preload", "--timeout", "60", "--graceful-timeout", "5", *heartbeat]
        return self._child("web", command, signal.SIGTERM)

    def _jobs(self) -> Child:
        command = [sys.executable, "-m", "celery", "-A", "mentorship_portal", "worker", "--beat"]
        command += ["--queues", "imports,reports,default", "--concurrency", str(self.options.job_workers)]
        command += ["--schedule", str(self.settings.DATA_DIR / "beat-schedule")]
        # A worker that waits for its last job would outlive a killed supervisor by minutes; a job that is
        # cut off is taken up again, because its row keeps it. The sweep's every step need not be told.
        return self._child("worker", command, signal.SIGKILL, LOG_LEVEL="WARNING")

    def _child(self, name: str, command: list[str], orphan_signal: signal.Signals, **defaults: str) -> Child:
        log = self.settings.DATA_DIR / "log" / f"{name}.log"
        return Child(name, command, log, {**defaults, **os.environ}, orphan_signal)

    def _launch(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_LIMIT
        while True:
            problem = _ready_problem(self.options, self.settings.ALLOWED_HOSTS)
            if problem is None:
                return
            for child in self.children:
                if child.has_ended():
                    raise StartError(f"{child.name}: {child.last_words()} ({child.log})")
            if time.monotonic() > deadline:
                raise StartError(f"/readyz: {problem} ({self.settings.DATA_DIR / 'log'})")
            time.sleep(0.05)

    def _watch(self) -> None:
        from django.utils.translation import gettext as _

        self._watching = True
        while not self.stop_requested.wait(0.5):
            for child in self.children:
                if not child.has_ended():
                    continue
                words = {"part": child.name, "code": child.process.returncode, "log": child.log}
                if not child.may_restart():
                    raise StartError(_("%(part)s keeps ending (code %(code)s). See %(log)s") % words)
                say(_("%(part)s has ended (code %(code)s) and is started again. See %(log)s") % words)
                child.end()
                child.start()

    def _stop(self) -> None:
        # The broker goes last: web and workers still say good-bye to it.
        users = [child for child in self.children if child.name != "broker"]
        brokers = [child for child in self.children if child.name == "broker"]
        for group in (users, brokers):
            for child in group:
                child.ask_to_stop()
            for child in group:
                child.end()

    def _on_signal(self, number: int, frame) -> None:
        if self.stop_requested.is_set():
            for child in self.children:
                child.patience = 0  # asked twice: no more waiting
        self.stop_requested.set()
        if not self._watching:
            # Migrations and the demo take long: they are broken off and rolled back.
            raise StopAsked


def say(line: str) -> None:
    """One line for the person at the keyboard, at once even through a pipe."""
    print(line, flush=True)


def _set_defaults() -> None:
    """`make run` means this machine: no TLS in front, and the demo when the database is the embedded one."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship_portal.settings")
    os.environ.setdefault("BEHIND_TLS", "0")
    if not os.environ.get("DATABASE_URL", "").strip():
        os.environ.setdefault("DEMO", "1")


def _settings():
    from django.conf import settings

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    except (ImproperlyConfigured, OSError) as error:
        words = " ".join(str(error).split())
        raise StartError(f"Неверная настройка / bad setting: {words}") from error
    return settings


@contextmanager
def _only_one(data_dir: Path):
    """Two portals on one folder would write to the same queue and the same database."""
    with (data_dir / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StartError(
                f"Портал с данными в {data_dir} уже запущен. Остановите его или задайте другой DATA_DIR / "
                "already running"
            ) from error
        yield


def _ready_problem(options: Options, allowed_hosts: list[str]) -> str | None:
    """None when /readyz says yes, otherwise what it says."""
    bind = "127.0.0.1" if options.bind in {"0.0.0.0", "::"} else options.bind
    host = f"[{bind}]" if ":" in bind else bind
    request = urllib.request.Request(f"http://{host}:{options.port}/readyz")
    named = next((name for name in allowed_hosts if not name.startswith(("*", "."))), None)
    if named:
        request.add_header("Host", named)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return None if json.load(response)["ready"] else "not ready"
    except urllib.error.HTTPError as error:
        return " ".join(error.read(500).decode("utf-8", "replace").split())
    except OSError as error:
        return str(error)
