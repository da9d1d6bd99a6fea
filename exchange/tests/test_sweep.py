"""The sweep finds what killed workers and a lost broker have left, each run once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.bell import ring
from exchange.enums import RunState
from exchange.leases import take
from exchange.models import ReportRun
from exchange.sweep import Swept, sweep
from exchange.tests.factories import ReportRunFactory

pytestmark = pytest.mark.django_db


def waiting(**fields):
    return ReportRunFactory(state=RunState.WAITING, **fields)


def abandoned(attempts):
    run = waiting(attempts=attempts - 1)
    take(ReportRun, run.pk)
    ReportRun.objects.filter(pk=run.pk).update(
        lease_until=timezone.now() - timedelta(seconds=1), idempotency_key=f"key {run.pk}"
    )
    return run


def test_waiting_run_that_nobody_rang_for_is_rung_for_once(rings):
    run = waiting()

    assert sweep() == Swept(rung=1)
    assert sweep() == Swept()
    assert rings == [("ReportRun", run.pk)]


def test_bell_that_was_not_heard_is_rung_again_after_a_while(rings, settings):
    run = waiting(rung_at=timezone.now() - timedelta(seconds=settings.RUN_RING_SECONDS + 1))
    waiting(rung_at=timezone.now())

    assert sweep() == Swept(rung=1)
    assert rings == [("ReportRun", run.pk)]


def test_longest_waiting_is_rung_for_first_and_the_broker_is_not_flooded(rings, monkeypatch):
    monkeypatch.setattr("exchange.sweep.BELLS", 2)
    runs = [waiting() for _ in range(3)]
    for age, run in enumerate(runs):
        ReportRun.objects.filter(pk=run.pk).update(created_at=timezone.now() - timedelta(minutes=age))

    assert sweep() == Swept(rung=2)
    assert rings == [("ReportRun", runs[2].pk), ("ReportRun", runs[1].pk)]


def test_abandoned_run_is_queued_again(rings):
    run = abandoned(attempts=1)

    assert sweep() == Swept(requeued=1, rung=1)

    run.refresh_from_db()
    assert (run.state, run.attempts, run.lease) == (RunState.WAITING, 1, None)
    assert rings == [("ReportRun", run.pk)]


def test_run_in_good_hands_is_left_alone(rings):
    run = waiting()
    lease = take(ReportRun, run.pk)

    assert sweep() == Swept()
    run.refresh_from_db()
    assert run.lease == lease.token


def test_run_that_kills_its_workers_is_given_up_with_a_code(rings, settings):
    run = abandoned(attempts=settings.RUN_ATTEMPTS)

    assert sweep() == Swept(failed=1)
    assert sweep() == Swept()

    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert run.pk.hex[:8].upper() in run.message
    assert run.idempotency_key is None
    assert run.finished_at is not None
    assert rings == []


def test_with_the_broker_down_runs_stay_due(monkeypatch):
    asked = []
    monkeypatch.setattr("exchange.sweep.send", lambda model, run_id: asked.append(run_id) and False)
    first, second = waiting(), waiting()

    assert sweep() == Swept()

    assert len(asked) == 1
    assert set(ReportRun.objects.due_for_ringing()) == {first, second}


def test_click_with_the_broker_down_leaves_the_run_to_the_sweep(settings, monkeypatch):
    from kombu.exceptions import OperationalError

    def refuse(*args, **options):
        assert options["retry"] is False
        raise OperationalError("Connection refused")

    monkeypatch.setattr("exchange.bell.current_app.send_task", refuse)
    run = waiting()

    assert ring(run) is False
    assert list(ReportRun.objects.due_for_ringing()) == [run]
