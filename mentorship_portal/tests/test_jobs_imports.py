"""An import that is killed leaves nothing or all of it, and its repeat finishes it exactly once."""

from __future__ import annotations

import random
import time

import pytest

from accounts.models import AccessAction, AccessRecord
from exchange.enums import ImportStep, RunState
from exchange.models import ImportRun
from exchange.services import confirm_import
from mentorship_portal.tests.processes import wait_until
from orgs.models import Region

pytestmark = pytest.mark.worker

ROWS = 200
NAMES = [f"Регион {number}" for number in range(ROWS)]


def table(names=NAMES) -> bytes:
    return "\r\n".join(["Регион", *names]).encode("cp1251")


@pytest.fixture(autouse=True)
def every_import_goes_to_the_worker(settings):
    settings.IMPORT_INLINE_ROWS = 1


def confirmed(bench, names=NAMES):
    """An import run that has been checked by the worker and confirmed by its owner."""
    run = bench.upload(table(names))
    assert (run.step, run.state) == (ImportStep.CHECK, RunState.WAITING)
    wait_until(lambda: run.refresh_from_db() or run.step == ImportStep.CONFIRM, "the check")
    assert run.outcome["added"] == len(names)
    assert not Region.objects.exists()
    return confirm_import(bench.curator, run, sha256=run.sha256)


def being_written(run):
    run.refresh_from_db()
    return run.step == ImportStep.WRITE and run.state == RunState.RUNNING


def assert_nothing_or_all(run):
    """What everybody can see agrees with the run's own row."""
    run = ImportRun.objects.get(pk=run.pk)
    rows = Region.objects.count()
    journal = AccessRecord.objects.filter(action=AccessAction.IMPORT).count()
    expected = (ROWS, 1) if run.step == ImportStep.DONE else (0, 0)
    assert (rows, journal) == expected, f"{rows} rows and {journal} journal lines at step {run.step}"


def assert_done_once(run):
    run.refresh_from_db()
    assert (run.step, run.state) == (ImportStep.DONE, RunState.READY)
    assert (run.outcome["added"], run.outcome["committed"]) == (ROWS, True)
    assert sorted(Region.objects.values_list("name", flat=True)) == sorted(NAMES)
    assert AccessRecord.objects.filter(action=AccessAction.IMPORT).count() == 1


def test_large_workbook_is_checked_and_written_by_the_worker(bench):
    bench.start_worker(JOB_STEP_SECONDS="0")
    run = confirmed(bench)

    bench.wait_for(run)

    assert_done_once(run)
    assert run.attempts == 1


def test_import_killed_while_it_is_written_leaves_nothing_and_its_repeat_finishes_it(bench):
    bench.start_worker(JOB_STEP_SECONDS="0.2")
    run = confirmed(bench)
    wait_until(lambda: being_written(run), "the writing")
    time.sleep(1)

    bench.worker.kill()
    assert_nothing_or_all(run)
    run.refresh_from_db()
    assert (run.step, run.state) == (ImportStep.WRITE, RunState.RUNNING)
    bench.start_worker(JOB_STEP_SECONDS="0")

    bench.wait_for(run)
    assert_done_once(run)
    assert run.attempts == 2


def test_import_killed_while_it_is_checked_is_checked_again(bench):
    run = bench.upload(table())
    bench.start_worker(JOB_STEP_SECONDS="0.2")
    wait_until(lambda: run.refresh_from_db() or run.state == RunState.RUNNING, "the check")

    bench.worker.kill()
    bench.start_worker(JOB_STEP_SECONDS="0")

    bench.wait_for(run)
    assert (run.step, run.outcome["added"], Region.objects.count()) == (ImportStep.CONFIRM, ROWS, 0)


def test_data_changed_between_check_and_writing_send_the_import_back(bench):
    bench.start_worker(JOB_STEP_SECONDS="0")
    run = bench.upload(table())
    wait_until(lambda: run.refresh_from_db() or run.step == ImportStep.CONFIRM, "the check")
    Region.objects.create(name=NAMES[7])

    confirm_import(bench.curator, run, sha256=run.sha256)
    wait_until(lambda: run.refresh_from_db() or run.message, "the answer")

    assert (run.step, run.state) == (ImportStep.CONFIRM, RunState.READY)
    assert (run.outcome["added"], run.outcome["unchanged"]) == (ROWS - 1, 1)
    assert Region.objects.count() == 1


@pytest.mark.long
def test_hundred_kills_at_every_stage_leave_nothing_or_all(bench):
    dice = random.Random(2026)
    for round_number in range(20):
        Region.objects.all().delete()
        AccessRecord.objects.all().delete()
        bench.start_worker(JOB_STEP_SECONDS="0")
        run = bench.upload(table([*NAMES[1:], NAMES[0] + " " * round_number]))
        wait_until(lambda run=run: run.refresh_from_db() or run.step == ImportStep.CONFIRM, "the check")
        bench.worker.kill()
        run = confirm_import(bench.curator, run, sha256=run.sha256)
        for _ in range(5):
            bench.start_worker(JOB_STEP_SECONDS="0.1")
            time.sleep(dice.uniform(1.5, 6.5))
            bench.worker.kill()
            assert_nothing_or_all(run)
        bench.start_worker(JOB_STEP_SECONDS="0")
        bench.wait_for(run)
        assert_done_once(run)
        bench.worker.kill()
