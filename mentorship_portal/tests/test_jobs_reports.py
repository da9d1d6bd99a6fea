"""A report that was asked for is made once, whatever happens to workers and broker on the way."""

from __future__ import annotations

import random
import time
from uuid import UUID

import pytest

from exchange.bell import send
from exchange.enums import RunState
from exchange.models import ReportRun
from exchange.services import cancel_run
from mentorship_portal.celery import app
from mentorship_portal.settings import CELERY_BROKER_TRANSPORT_OPTIONS
from mentorship_portal.tests.processes import WorkerProcess, wait_until

pytestmark = pytest.mark.worker


def under_way(run):
    run.refresh_from_db()
    return run.state == RunState.RUNNING and run.progress_done >= 1


def test_report_of_a_killed_worker_is_finished_by_the_next_one(bench):
    run = bench.ask("test-slow")
    bench.start_worker(JOB_STEP_SECONDS="0.5")
    wait_until(lambda: under_way(run), "the middle of the report")

    bench.worker.kill()
    run.refresh_from_db()
    assert (run.state, bench.files_of(run)) == (RunState.RUNNING, [])
    bench.start_worker()

    bench.wait_for(run)
    bench.assert_whole(run)
    assert run.attempts == 2


def test_worker_that_is_asked_to_stop_finishes_its_report_first(bench):
    run = bench.ask("test-slow")
    bench.start_worker(JOB_STEP_SECONDS="0.3")
    wait_until(lambda: under_way(run), "the middle of the report")

    bench.worker.stop()

    bench.assert_whole(run)
    assert run.attempts == 1


def test_wiped_broker_loses_no_report(bench, broker):
    runs = [bench.ask("test-quick", year) for year in range(2020, 2026)]

    broker.wipe()
    bench.start_worker()

    bench.wait_for(*runs)
    for run in runs:
        bench.assert_whole(run, run.year)


def test_click_with_the_broker_down_is_done_when_it_returns(bench, broker):
    app.conf.broker_transport_options = CELERY_BROKER_TRANSPORT_OPTIONS
    app._after_fork()
    bench.start_worker()
    first = bench.ask("test-quick", 2021)
    bench.wait_for(first)

    broker.stop()
    runs = [bench.ask("test-quick", year) for year in (2022, 2023, 2024)]
    assert {(run.state, run.rung_at) for run in runs} == {(RunState.WAITING, None)}
    broker.lose_files()
    broker.start()

    bench.wait_for(*runs)
    for run in runs:
        bench.assert_whole(run, run.year)


def test_message_delivered_three_times_makes_one_file(bench):
    run = bench.ask("test-slow")
    for _ in range(3):
        send(ReportRun, run.pk)
    bench.start_worker()
    bench.wait_for(run)
    send(ReportRun, run.pk)
    later = bench.ask("test-quick", 2021)

    bench.wait_for(later)
    bench.assert_whole(run)
    assert run.attempts == 1


def test_report_that_kills_its_process_is_given_up_and_the_queue_goes_on(bench):
    poison = bench.ask("test-poison")
    bench.start_worker(RUN_ATTEMPTS="3")
    others = [bench.ask("test-quick", year) for year in (2021, 2022)]

    bench.wait_for(*others)
    bench.wait_for(poison, state=RunState.FAILED)

    assert poison.attempts == 3
    assert poison.pk.hex[:8].upper() in poison.message
    assert bench.files_of(poison) == []
    for run in others:
        bench.assert_whole(run, run.year)


def test_two_workers_with_two_beats_make_each_report_once(bench, broker, database_url, tmp_path, settings):
    folder = tmp_path / "second"
    folder.mkdir()
    second = WorkerProcess(folder, broker.url, database_url, settings.PRIVATE_ROOT)
    runs = [bench.ask("test-slow", year) for year in range(2020, 2028)]
    try:
        bench.start_worker(RUN_LEASE_SECONDS="30")
        bench.worker, first = second, bench.worker
        bench.start_worker(RUN_LEASE_SECONDS="30")
        bench.worker = first
        bench.wait_for(*runs)
    finally:
        second.kill()

    for run in runs:
        bench.assert_whole(run, run.year)
    assert {run.attempts for run in runs} == {1}


def test_cancelled_report_stops_and_leaves_no_file(bench):
    run = bench.ask("test-slow")
    bench.start_worker(JOB_STEP_SECONDS="0.5")
    wait_until(lambda: under_way(run), "the middle of the report")

    assert cancel_run(bench.curator, run) is True
    wait_until(lambda: "cancelled" in bench.worker.said(), "the worker's notice")

    run.refresh_from_db()
    assert (run.state, run.file.name, bench.files_of(run)) == (RunState.CANCELLED, "", [])


def test_message_about_a_run_that_is_gone_harms_nobody(bench):
    send(ReportRun, UUID(int=0))
    run = bench.ask("test-quick")
    bench.start_worker()

    bench.wait_for(run)
    assert "Traceback" not in bench.worker.said()


@pytest.mark.long
def test_hundred_kills_at_random_moments_lose_no_report(bench):
    dice = random.Random(2026)
    runs = [bench.ask("test-slow", year) for year in range(2000, 2060)]
    for _ in range(100):
        bench.start_worker()
        time.sleep(dice.uniform(1.0, 6.0))
        bench.worker.kill()
    bench.start_worker()

    bench.wait_for(*runs)
    for run in runs:
        bench.assert_whole(run, run.year)


def test_worker_survives_a_broker_that_goes_away_in_the_middle_of_a_report(bench, broker):
    run = bench.ask("test-slow", 2021)
    bench.start_worker(JOB_STEP_SECONDS="0.3")
    wait_until(lambda: under_way(run), "the middle of the report")

    broker.stop()
    bench.wait_for(run)
    broker.lose_files()
    broker.start()
    later = bench.ask("test-quick", 2022)

    bench.wait_for(later)
    bench.assert_whole(run, 2021)
    bench.assert_whole(later, 2022)
    assert run.attempts == 1
