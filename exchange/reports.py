"""Making one report: from its row to a stored file, whichever kind it is."""

from __future__ import annotations

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from common.reporting import BuiltFile, ReportContext, report_kinds
from exchange import messages
from exchange.heartbeat import Heartbeat
from exchange.jobs import Refused, perform
from exchange.leases import Lease, LeaseLost
from exchange.making import build
from exchange.models import ReportRun
from exchange.rights import may_report
from orgs.scope import Scope


def make_report(run_id: uuid.UUID) -> bool:
    """One attempt at a report run; False when it was not free. Delivered again, it does nothing."""
    return perform(ReportRun, run_id, _make)


def _make(run: ReportRun, lease: Lease, pulse: Heartbeat) -> None:
    scope = Scope.for_user(run.owner)
    if not may_report(
        scope, municipality=run.municipality, organization=run.organization, district=run.district
    ):
        raise Refused(messages.rights_gone())
    built = build(
        report_kinds.get(run.kind),
        ReportContext(
            scope=scope,
            municipality=run.municipality,
            organization=run.organization,
            year=run.year,
            as_of=run.as_of,
            format=run.format,
            progress=pulse.progress,
            district=run.district,
            organizations=tuple(run.organizations),
            school_year=run.school_year,
        ),
    )
    pulse.check()
    _publish(run, lease, built)


def _publish(run: ReportRun, lease: Lease, built: BuiltFile) -> None:
    """Stores the file and shows it by one guarded UPDATE; before that no row names it."""
    for attempt in range(1, run.attempts):
        default_storage.delete(_stored_name(run, attempt))  # left by a worker killed before its UPDATE
    name = default_storage.save(_stored_name(run, run.attempts), ContentFile(built.content))
    try:
        lease.finish(
            file=name,
            file_name=built.file_name,
            size=len(built.content),
            sha256=hashlib.sha256(built.content).hexdigest(),
        )
    except LeaseLost:
        default_storage.delete(name)
        raise


def _stored_name(run: ReportRun, attempt: int) -> str:
    return f"reports/{run.created_at:%Y/%m}/{run.pk.hex}-{attempt}.{run.format}"
