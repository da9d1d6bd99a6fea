"""The two jobs of an import: checking a workbook, and writing what its owner has confirmed."""

from __future__ import annotations

import hashlib
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from accounts.models import AccessAction
from accounts.services import record_access
from common.sheets.problems import Level
from exchange import messages
from exchange.enums import ImportStep
from exchange.heartbeat import Heartbeat
from exchange.jobs import Refused, perform
from exchange.leases import Lease
from exchange.memory import remember_columns
from exchange.models import ImportRun, ImportTrace
from exchange.parts import parts_of
from exchange.reading import SUMS, Result, read_run
from exchange.rights import may_import
from orgs.scope import Scope

DECISIVE = (Level.ERROR, Level.QUESTION)


class _NotAsConfirmed(Exception):
    """Takes the writing back: its outcome is not the one that the owner has confirmed."""

    def __init__(self, outcome: dict):
        super().__init__()
        self.outcome = outcome


def advance_import(run_id: uuid.UUID) -> bool:
    """One attempt at the step an import stands at; False when there was nothing to do."""
    return perform(ImportRun, run_id, _advance)


def same_result(confirmed: dict, found: dict) -> bool:
    """Whether two outcomes promise the same: figures, and the rows that are refused with their reasons."""
    return _essence(confirmed) == _essence(found)


def _advance(run: ImportRun, lease: Lease, pulse: Heartbeat) -> None:
    scope = Scope.for_user(run.owner)
    for part in parts_of(run):
        if not may_import(scope, part.kind, municipality=run.municipality, organization=run.organization):
            raise Refused(messages.rights_gone())
    with stored_copy(run) as path:
        if run.step == ImportStep.WRITE:
            _write(run, lease, pulse, scope, path)
        else:
            _check(run, lease, pulse, scope, path)


def _check(run: ImportRun, lease: Lease, pulse: Heartbeat, scope: Scope, path: Path) -> None:
    result = _read(run, pulse, scope, path, dry_run=True, text=_("Checking the rows"))
    document = result.as_json()
    if result.file_refused:
        reason = next(
            issue for issue in document["issues"] if issue["level"] == Level.ERROR and issue["row"] is None
        )
        lease.finish(
            step=ImportStep.REFUSED,
            outcome=document,
            message=" ".join(filter(None, (reason["message"], reason["fix"]))),
        )
        return
    # The run goes on: it keeps its key, so that the same file uploaded again leads back to it.
    lease.finish(step=ImportStep.CONFIRM, outcome=document, idempotency_key=run.idempotency_key)


def _write(run: ImportRun, lease: Lease, pulse: Heartbeat, scope: Scope, path: Path) -> None:
    """Writes rows and the run's own state in one transaction: after a kill there is nothing or all of it."""
    stored: list[str] = []

    def finish(result: Result) -> None:
        document = result.as_json()
        if not same_result(run.outcome, document):
            raise _NotAsConfirmed(document | {"committed": False})
        record_access(
            run.owner,
            AccessAction.IMPORT,
            object_type="import_run",
            object_id=run.pk,
            kind=run.kind,
            file=run.file_name,
            sha256=run.sha256,
            **{name: document[name] for name in SUMS},
        )
        ImportTrace.objects.update_or_create(run=run, defaults={"changes": result.changes})
        remember_columns(run, result)
        pulse.check()
        returned = _store_returned(run, result, path)
        stored.extend(filter(None, [returned]))
        lease.finish(step=ImportStep.DONE, outcome=document, returned_file=returned)

    text = _("Writing the rows")
    try:
        result = _read(run, pulse, scope, path, dry_run=False, text=text, within=finish)
        if not result.committed:
            raise _NotAsConfirmed(result.as_json())
    except _NotAsConfirmed as difference:
        lease.finish(
            step=ImportStep.CONFIRM,
            outcome=difference.outcome,
            message=messages.figures_changed(),
            idempotency_key=run.idempotency_key,
        )
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


def _read(
    run: ImportRun,
    pulse: Heartbeat,
    scope: Scope,
    path: Path,
    *,
    dry_run: bool,
    text: str,
    within: Callable[[Result], None] | None = None,
) -> Result:
    return read_run(
        run,
        scope,
        path,
        dry_run=dry_run,
        progress=lambda done, total: pulse.progress(done, total, text),
        within=within,
    )


def _store_returned(run: ImportRun, result: Result, path: Path) -> str:
    """Stores the workbook of refused rows, if there are any; the name in the storage or an empty string."""
    if not result.refused:
        return ""
    content = result.returned_rows(path)
    return default_storage.save(
        f"imports/{run.created_at:%Y/%m}/{run.pk.hex}-returned.xlsx", ContentFile(content)
    )


@contextmanager
def stored_copy(run: ImportRun) -> Iterator[Path]:
    """A local copy of the uploaded file, which is exactly the file that was hashed at the upload.

    Raises :class:`Refused` when the storage holds other bytes under its name.
    """
    digest = hashlib.sha256()
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        path = Path(folder, "workbook" + Path(run.file.name).suffix)
        with run.file.open("rb") as source, open(path, "wb") as copy:
            for chunk in source.chunks():
                digest.update(chunk)
                copy.write(chunk)
        if digest.hexdigest() != run.sha256:
            raise Refused(messages.stored_copy_changed())
        yield path


def _essence(document: dict) -> tuple:
    decisive = sorted(
        (issue["row"] or 0, issue["code"])
        for issue in document.get("issues", ())
        if issue["level"] in DECISIVE
    )
    return tuple(document.get(name) for name in SUMS), decisive
