"""While somebody works, the lease stays alive; once it is lost, the work stops."""

import time

import pytest

from exchange import heartbeat
from exchange.enums import RunState
from exchange.heartbeat import Heartbeat
from exchange.leases import LeaseLost, take
from exchange.models import ReportRun
from exchange.tests.factories import ReportRunFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr(heartbeat, "PULSE_SECONDS", 0.02)
    return ReportRunFactory(state=RunState.WAITING)


def wait_until(condition):
    for _ in range(500):
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_progress_is_shown_while_the_work_goes_on(run):
    with Heartbeat(take(ReportRun, run.pk)) as pulse:
        pulse.progress(3, 6, "Считаем показатели")
        assert wait_until(lambda: ReportRun.objects.filter(pk=run.pk, progress_done=3).exists())

    run.refresh_from_db()
    assert (run.progress_total, run.progress_text) == (6, "Считаем показатели")


def test_lease_is_renewed_without_any_progress(run, settings):
    settings.RUN_LEASE_SECONDS = 1
    lease = take(ReportRun, run.pk)
    run.refresh_from_db()
    before = run.lease_until

    with Heartbeat(lease):
        assert wait_until(lambda: ReportRun.objects.get(pk=run.pk).lease_until > before)


def test_cancelled_run_stops_its_worker(run, settings):
    settings.RUN_LEASE_SECONDS = 1
    with Heartbeat(take(ReportRun, run.pk)) as pulse:
        ReportRun.objects.filter(pk=run.pk).update(state=RunState.CANCELLED, lease=None)

        def told():
            try:
                pulse.progress(1, 1, "")
            except LeaseLost:
                return True
            return False

        assert wait_until(told)

    run.refresh_from_db()
    assert run.state == RunState.CANCELLED


def test_passing_trouble_of_the_database_does_not_end_the_work(run, settings, monkeypatch):
    from django.db import OperationalError

    from exchange.leases import Lease

    calls = []
    renew = Lease.renew

    def troubled(self, progress=None):
        calls.append(progress)
        if len(calls) == 1:
            raise OperationalError("database is locked")
        return renew(self, progress)

    monkeypatch.setattr(Lease, "renew", troubled)
    with Heartbeat(take(ReportRun, run.pk)) as pulse:
        pulse.progress(1, 2, "шаг")
        assert wait_until(lambda: ReportRun.objects.filter(pk=run.pk, progress_done=1).exists())
        pulse.check()

    assert len(calls) >= 2
