"""`make run`: one supervisor starts every part, tells who may sign in, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from mentorship_portal.tests.processes import wait_until

pytestmark = pytest.mark.worker


class Served:
    """One run of the supervisor on a folder of its own."""

    def __init__(self, data_dir: Path, **environment: str):
        self.data_dir = data_dir
        self.port = environment.get("PORT") or str(free_port())
        own = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_URL", "DJANGO_SETTINGS_MODULE", "BEHIND_TLS"}
        inherited = {name: value for name, value in os.environ.items() if name not in own}
        self.environment = {
            **inherited,
            "DATA_DIR": str(data_dir),
            "PORT": self.port,
            "DEMO": "0",
            **environment,
        }
        self.output = data_dir.with_suffix(".out")
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mentorship_portal.serving"],
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_ready(self) -> dict:
        wait_until(
            lambda: f"http://localhost:{self.port}/" in self.said() or self.ended(), "the announcement"
        )
        return self.get_ready()

    def get_ready(self) -> dict:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=30) as response:
            return json.load(response)

    def ended(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"ended with {self.process.returncode}: {self.said()}")
        return False

    def processes(self) -> dict[int, str]:
        """Command lines of every living process of this run."""
        mark = f"DATA_DIR={self.data_dir}".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
        return found

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=90)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """Shared by the runs of this module: the first one makes the database, later ones find it."""
    return tmp_path_factory.mktemp("portal")


@pytest.fixture
def portal(data_dir):
    served = Served(data_dir)
    yield served
    if served.process.poll() is None:
        served.stop()


def test_every_part_runs_and_a_stop_leaves_no_process(portal):
    ready = portal.wait_until_ready()
    wait_until(lambda: any("celery" in command for command in portal.processes().values()), "the worker")

    assert {part: ready[part]["ok"] for part in ("database", "broker", "queue")} == {
        "database": True,
        "broker": True,
        "queue": True,
    }
    assert portal.stop() == 0
    assert portal.processes() == {}


def test_a_killed_supervisor_takes_every_part_with_it(portal):
    portal.wait_until_ready()
    wait_until(lambda: any("celery" in command for command in portal.processes().values()), "the worker")

    portal.process.kill()
    portal.process.wait()

    wait_until(lambda: not portal.processes(), "the end of all parts")


def test_a_part_that_dies_is_started_again(portal):
    portal.wait_until_ready()
    broker = next(pid for pid, command in portal.processes().items() if "valkey-server" in command)

    os.kill(broker, signal.SIGKILL)

    wait_until(lambda: "broker" in portal.said(), "the sentence about the broker")
    wait_until(lambda: portal_is_ready(portal), "the portal to be ready again")


def test_ctrl_c_during_the_preparation_stops_everything(tmp_path):
    served = Served(tmp_path / "new")
    wait_until(lambda: "…" in served.said() or served.ended(), "the preparation")

    served.process.send_signal(signal.SIGINT)

    assert served.process.wait(timeout=60) == 0
    assert served.processes() == {}
    assert "Traceback" not in served.said()


def test_a_second_portal_on_the_same_data_is_refused(portal, data_dir):
    portal.wait_until_ready()

    second = Served(data_dir)

    assert second.process.wait(timeout=60) == 1
    assert [str(data_dir) in line for line in second.said().splitlines()] == [True]


def test_a_busy_port_is_said_in_one_line(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])

        refused = Served(tmp_path / "new", PORT=port)

        assert refused.process.wait(timeout=60) == 1
        assert [f"Порт {port} занят" in line for line in refused.said().splitlines()] == [True]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "восемь"),
        ("PORT", "70000"),
        ("DATABASE_URL", "oracle://db/portal"),
        ("DATABASE_URL", "not an address"),
        ("REDIS_URL", "amqp://broker"),
        ("DEBUG", "maybe"),
        ("LOG_LEVEL", "loud"),
        ("SHEET_ROWS", "many"),
        ("SECRET_KEY", "short"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("EMAIL_URL", "pigeon://loft"),
    ],
)
def test_a_broken_setting_is_named_in_one_line(tmp_path, name, value):
    refused = Served(tmp_path / "new", **{name: value})

    assert refused.process.wait(timeout=60) == 1
    assert [name in line for line in refused.said().splitlines()] == [True], refused.said()


def test_a_database_that_does_not_answer_is_said_in_one_line(tmp_path):
    address = f"postgres://nobody@127.0.0.1:{free_port()}/portal"

    refused = Served(tmp_path / "new", DATABASE_URL=address)

    assert refused.process.wait(timeout=60) == 1
    assert len(refused.said().strip().splitlines()) == 1
    assert "База данных не отвечает" in refused.said()


def portal_is_ready(portal) -> bool:
    try:
        return portal.get_ready()["ready"]
    except OSError:
        return False
