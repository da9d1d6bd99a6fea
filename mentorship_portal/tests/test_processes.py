"""The real broker and worker that tests of jobs rely on do work together."""

from pathlib import Path

import pytest

from mentorship_portal.celery import app
from mentorship_portal.tests.processes import wait_until

pytestmark = pytest.mark.worker


def test_a_message_reaches_the_worker_even_after_the_broker_was_restarted(broker, worker):
    app.send_task("exchange.tasks.requeue_expired")
    broker.stop()
    broker.start()

    worker.start()

    wait_until(lambda: "requeue_expired" in worker.said() and "succeeded" in worker.said(), "the task's end")
    assert "Traceback" not in worker.said()


def test_a_message_reaches_the_worker_through_redis(real_redis, worker):
    app.send_task("exchange.tasks.requeue_expired")

    worker.start(REDIS_URL=real_redis)

    wait_until(lambda: "requeue_expired" in worker.said() and "succeeded" in worker.said(), "the task's end")


def test_nothing_of_a_killed_worker_stays(broker, worker):
    worker.start()
    wait_until(lambda: "ready" in worker.said(), "the worker's start")
    session = worker.process.pid

    worker.process.kill()
    worker.process.wait()

    wait_until(lambda: not _members(session), "the end of pool and beat")


def _members(session: int) -> list[str]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(stat.parent.name)
    return found
