"""Only one worker holds a run, and only the holder writes to it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.enums import RunState
from exchange.leases import LeaseLost, take
from exchange.models import ReportRun
from exchange.tests.factories import ReportRunFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run():
    return ReportRunFactory(state=RunState.WAITING, file="", file_name="", size=0, idempotency_key="question")


def expire(run):
    ReportRun.objects.filter(pk=run.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def state_of(run):
    run.refresh_from_db()
    return run.state, run.attempts


def test_waiting_run_is_taken_once(run):
    first, second = take(ReportRun, run.pk), take(ReportRun, run.pk)

    assert first is not None and second is None
    assert state_of(run) == (RunState.RUNNING, 1)
    assert run.lease == first.token
    assert run.started_at is not None
    assert timedelta(seconds=20) < run.lease_until - timezone.now() < timedelta(seconds=31)


@pytest.mark.parametrize("state", [RunState.READY, RunState.FAILED, RunState.CANCELLED])
def test_run_that_is_over_is_not_taken(run, state):
    ReportRun.objects.filter(pk=run.pk).update(state=state)

    assert take(ReportRun, run.pk) is None
    assert state_of(run) == (state, 0)


def test_abandoned_run_is_taken_by_another_worker_and_the_first_cannot_write(run):
    first = take(ReportRun, run.pk)
    expire(run)
    second = take(ReportRun, run.pk)

    assert state_of(run) == (RunState.RUNNING, 2)
    assert first.renew((1, 2, "still here")) is False
    assert first.fail("I am late") is False
    with pytest.raises(LeaseLost):
        first.finish(file="late.docx")
    second.finish(file="right.docx")
    assert state_of(run) == (RunState.READY, 2)
    assert run.file.name == "right.docx"


def test_lease_that_ran_out_still_holds_until_somebody_takes_the_run(run):
    lease = take(ReportRun, run.pk)
    expire(run)

    lease.finish(file="slow.docx")

    assert state_of(run) == (RunState.READY, 1)
    assert (run.lease, run.lease_until, run.idempotency_key) == (None, None, None)


def test_renewal_extends_the_lease_and_shows_progress(run):
    lease = take(ReportRun, run.pk)
    expire(run)

    assert lease.renew((3, 6, "я" * 300)) is True

    run.refresh_from_db()
    assert run.lease_until > timezone.now()
    assert (run.progress_done, run.progress_total, run.progress_text) == (3, 6, "я" * 250)


def test_run_of_used_up_attempts_is_not_taken(run, settings):
    ReportRun.objects.filter(pk=run.pk).update(attempts=settings.RUN_ATTEMPTS)

    assert take(ReportRun, run.pk) is None


def test_released_run_waits_and_fails_after_the_last_attempt(run, settings):
    settings.RUN_ATTEMPTS = 2

    take(ReportRun, run.pk).release("Не получилось")
    assert state_of(run) == (RunState.WAITING, 1)
    assert run.lease is None and run.message == ""

    take(ReportRun, run.pk).release("Не получилось")
    assert state_of(run) == (RunState.FAILED, 2)
    assert run.message == "Не получилось"
    assert run.idempotency_key is None
