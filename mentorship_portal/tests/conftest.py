"""Jobs that go through real processes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile

from exchange.enums import RunState
from exchange.services import ask_report, receive_import
from mentorship_portal.tests.processes import WorkerProcess, wait_until
from orgs.models import Organization
from orgs.scope import Scope

# Seconds instead of half a minute; attempts are plenty, so that a slow machine is not taken for a poison.
QUICK_JOBS = {
    "DJANGO_SETTINGS_MODULE": "mentorship_portal.tests.job_settings",
    "RUN_LEASE_SECONDS": "3",
    "RUN_RING_SECONDS": "2",
    "RUN_SWEEP_SECONDS": "1",
    "RUN_ATTEMPTS": "1000",
}


@dataclass
class JobBench:
    """A school whose curator asks for reports and uploads workbooks, and a worker to be ill-treated."""

    school: Organization
    curator: object
    worker: WorkerProcess

    def start_worker(self, **environment: str) -> None:
        """Starts the worker; ``environment`` overrides settings."""
        self.worker.start(**(QUICK_JOBS | environment))

    def ask(self, kind: str, year: int = 2026):
        """A report run, asked for by the curator."""
        scope = Scope.for_user(self.curator)
        return ask_report(self.curator, scope, kind=kind, format="txt", year=year, organization=self.school)

    def upload(self, content: bytes):
        """An import run of a workbook, uploaded by the curator."""
        return receive_import(
            self.curator,
            Scope.for_user(self.curator),
            kind="test-regions",
            file=ContentFile(content),
            file_name="Регионы.csv",
            organization=self.school,
        )

    def wait_for(self, *runs, state=RunState.READY) -> None:
        """Waits until every run is in the state; fails loudly, with the worker's log, when it never is."""
        for run in runs:
            try:
                wait_until(lambda run=run: _reload(run).state == state, f"{state} of {run} (now {run.state})")
            except AssertionError as failure:
                raise AssertionError(
                    f"{failure}; the run is {run.state}\n{self.worker.said()[-5000:]}"
                ) from None

    def expected(self, year: int = 2026) -> str:
        """SHA-256 of the file that an undisturbed run makes."""
        from mentorship_portal.tests.job_kinds import slow_content

        return hashlib.sha256(slow_content(self.school, year)).hexdigest()

    def files_of(self, run) -> list[Path]:
        """Everything in the private storage that belongs to the run, finished or not."""
        return [path for path in self.files() if run.pk.hex in path.name]

    def files(self) -> list[Path]:
        """Every file in the private storage, temporary ones too."""
        return [path for path in Path(django_settings.PRIVATE_ROOT).rglob("*") if path.is_file()]

    def assert_whole(self, run, year: int = 2026) -> None:
        """The run is ready with one file whose bytes are those of an undisturbed run."""
        _reload(run)
        (path,) = self.files_of(run)
        assert run.state == RunState.READY
        assert run.sha256 == self.expected(year)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == self.expected(year)
        assert (run.lease, run.idempotency_key, run.message) == (None, None, "")


@pytest.fixture
def bench(worker):
    """See :class:`JobBench`; broker and database are running, the worker is not yet."""
    from mentorship_portal.tests import job_kinds
    from orgs.tests.factories import MembershipFactory, OrganizationFactory

    job_kinds.register()
    school = OrganizationFactory()
    yield JobBench(school, MembershipFactory(organization=school).user, worker)
    job_kinds.unregister()


def _reload(run):
    run.refresh_from_db()
    return run
