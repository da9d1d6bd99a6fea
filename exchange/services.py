"""What people do with runs: ask, upload, answer, confirm, cancel, try again.

A change of state is one UPDATE that carries its own condition, so a double click or two tabs do it once.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from common.importing import import_kinds
from common.reporting import report_kinds
from exchange import messages, uploads
from exchange.bell import ring, ring_after_commit
from exchange.enums import UNFINISHED, ImportStep, RunState
from exchange.imports import advance_import
from exchange.leases import OVER
from exchange.models import ImportRun, ReportRun, Run
from exchange.rights import may_import, may_report
from orgs.scope import Scope

__all__ = [
    "ask_report",
    "cancel_run",
    "confirm_import",
    "receive_import",
    "recheck_import",
    "repeat_run",
    "ring",
]

YEARS = range(2000, 2101)
AFRESH = {"state": RunState.WAITING, "attempts": 0, "rung_at": None, "finished_at": None, "message": ""}


def ask_report(
    actor,
    scope: Scope,
    *,
    kind: str,
    format: str,
    year: int,
    as_of: date | None = None,
    municipality=None,
    organization=None,
) -> ReportRun:
    """The run that will make the report; the same question while it is open gives the same run.

    Without ``as_of`` the report is about the state on 31 December of the year. Raises ``PermissionDenied``
    when the scope does not cover the place, ``ValidationError`` for an unknown kind, format or year.
    """
    if organization:
        municipality = organization.municipality
    if not may_report(scope, municipality=municipality, organization=organization):
        raise PermissionDenied(_("You can make reports only on the places that you work for."))
    if kind not in report_kinds:
        raise ValidationError(_("There is no such kind of report. Choose one from the list."), code="kind")
    if format not in report_kinds.get(kind).formats:
        raise ValidationError(
            _("This report is not made in the format %(format)s. Choose one of: %(formats)s.")
            % {"format": format.upper(), "formats": ", ".join(report_kinds.get(kind).formats).upper()},
            code="format",
        )
    if year not in YEARS:
        raise ValidationError(_("Choose a year from 2000 to 2100."), code="year")
    question = {
        "kind": kind,
        "format": format,
        "year": year,
        "as_of": as_of or date(year, 12, 31),
        "municipality": municipality,
        "organization": organization,
    }
    run, is_new = _open_once(ReportRun, actor, **question)
    if is_new:
        ring_after_commit(run)
    return run


def receive_import(
    actor, scope: Scope, *, kind: str, file: File, file_name: str, organization=None, municipality=None
) -> ImportRun:
    """The run of an uploaded workbook, small ones already checked.

    The same file from the same person for the same place leads back to the run that is still open. Raises
    ``PermissionDenied`` and ``ValidationError`` as :func:`ask_report`, before anything is stored.
    """
    if kind not in import_kinds:
        raise ValidationError(_("There is no such kind of workbook. Choose one from the list."), code="kind")
    if organization:
        municipality = organization.municipality
    elif import_kinds.get(kind).needs_organization:
        raise ValidationError(_("Choose the organization that the workbook is from."), code="organization")
    if not may_import(scope, kind, municipality=municipality, organization=organization):
        raise PermissionDenied(_("You can load workbooks only for the places that you work for."))
    uploads.check_size(file)
    sha256 = uploads.fingerprint(file)
    question = {"kind": kind, "sha256": sha256, "organization": organization, "municipality": municipality}
    open_run = ImportRun.objects.filter(idempotency_key=_key(actor, question)).first()
    if open_run:
        return open_run
    stored = uploads.store(file, file_name)
    run, is_new = None, False
    try:
        run, is_new = _open_once(
            ImportRun, actor, **question, extra={"file": stored, "file_name": uploads.shown_name(file_name)}
        )
    finally:
        if not is_new:
            default_storage.delete(stored)
    return _start(run) if is_new else run


def recheck_import(
    actor, run: ImportRun, *, sheet: str | None = None, mapping=None, answers=None
) -> ImportRun:
    """Checks the workbook again with what its owner has decided; what is None stays as it was.

    ``mapping`` is heading by field, ``answers`` are by «row:code». Raises ``PermissionDenied`` for anybody
    but the owner, ``ValidationError`` when the import is already over.
    """
    _require_importer(actor, run)
    decided = {"sheet": sheet, "mapping": mapping, "answers": answers}
    decided = {name: value for name, value in decided.items() if value is not None}
    open_steps = (ImportStep.CHECK, ImportStep.CONFIRM, ImportStep.REFUSED)
    changed = (
        ImportRun.objects.filter(pk=run.pk, step__in=open_steps, state__in=(RunState.READY, RunState.FAILED))
        .exclude(file="")
        .update(**AFRESH, **decided, step=ImportStep.CHECK, outcome={})
    )
    if not changed:
        raise ValidationError(_("This import is already over. Upload the file again."), code="over")
    return _start(run)


def confirm_import(
    actor, run: ImportRun, *, sha256: str, good_rows_only: bool = False, answers: dict | None = None
) -> ImportRun:
    """Writes what the owner has seen; small workbooks at once, the others by a worker.

    ``sha256`` is that of the file whose result was shown. With new ``answers`` the rows are checked again
    first and the run waits for another confirmation. A second click changes nothing. Raises
    ``PermissionDenied`` for anybody but the owner, and ``ValidationError`` with the reason.
    """
    _require_importer(actor, run)
    run.refresh_from_db()
    if sha256 != run.sha256:
        raise ValidationError(messages.stored_copy_changed(), code="file_changed")
    if answers is not None and answers != run.answers:
        return recheck_import(actor, run, answers=answers)
    if run.step in (ImportStep.WRITE, ImportStep.DONE):
        return run
    if run.step != ImportStep.CONFIRM:
        raise ValidationError(
            _("This import is not ready to be confirmed. Wait for the check."), code="not_ready"
        )
    if run.outcome["refused"] and not good_rows_only:
        raise ValidationError(
            _(
                "Some rows have problems. Correct them in the file and upload it again, answer the "
                "questions, or load only the good rows."
            ),
            code="rows_refused",
        )
    changed = ImportRun.objects.filter(pk=run.pk, state=RunState.READY, step=ImportStep.CONFIRM).update(
        **AFRESH, step=ImportStep.WRITE, good_rows_only=good_rows_only
    )
    if changed:
        return _start(run)
    run.refresh_from_db()
    if run.step not in (ImportStep.WRITE, ImportStep.DONE):
        raise ValidationError(_("This import is already over. Upload the file again."), code="over")
    return run


def cancel_run(actor, run: Run) -> bool:
    """Ends a run that is not over; False when it was too late. A worker on it stops without a result.

    The uploaded workbook of a cancelled import is removed. Raises ``PermissionDenied`` for anybody but
    the owner.
    """
    _require_owner(actor, run)
    is_import = isinstance(run, ImportRun)
    cancellable = Q(state__in=UNFINISHED)
    if is_import:
        cancellable |= Q(state=RunState.READY, step=ImportStep.CONFIRM)
    values = {**OVER, "state": RunState.CANCELLED, "finished_at": Now(), "progress_text": ""}
    cancelled = (
        type(run)
        .objects.filter(cancellable, pk=run.pk)
        .update(**values, **({"file": ""} if is_import else {}))
    )
    if cancelled and is_import and run.file:
        name = run.file.name
        transaction.on_commit(lambda: default_storage.delete(name))
    run.refresh_from_db()
    return bool(cancelled)


def repeat_run(actor, run: Run) -> bool:
    """Tries a failed run again with fresh attempts; False when it is not failed (any more)."""
    _require_owner(actor, run)
    changed = type(run).objects.filter(pk=run.pk, state=RunState.FAILED).update(**AFRESH)
    if changed:
        ring_after_commit(run)
    run.refresh_from_db()
    return bool(changed)


def _open_once(model: type[Run], actor, *, extra: dict | None = None, **question) -> tuple[Run, bool]:
    """The open run of a question, and whether it was made just now."""
    key = _key(actor, question)
    tries_left = 3
    while True:
        try:
            with transaction.atomic():
                return model.objects.create(
                    owner=actor, idempotency_key=key, **question, **(extra or {})
                ), True
        except IntegrityError:
            run = model.objects.filter(idempotency_key=key).first()
            if run:
                return run, False
            # The other run was open a moment ago and is over now: the next round makes a new one.
            tries_left -= 1
            if not tries_left:
                raise


def _key(actor, question: dict) -> str:
    named = {name: getattr(value, "pk", value) for name, value in question.items()} | {"owner": actor.pk}
    return hashlib.sha256(json.dumps(named, sort_keys=True, default=str).encode()).hexdigest()


def _start(run: ImportRun) -> ImportRun:
    if uploads.is_small(run):
        advance_import(run.pk)
    else:
        ring_after_commit(run)
    run.refresh_from_db()
    return run


def _require_owner(actor, run: Run) -> None:
    if run.owner_id is None or run.owner_id != actor.pk:
        raise PermissionDenied(_("Only the person who started this can change it."))


def _require_importer(actor, run: ImportRun) -> None:
    _require_owner(actor, run)
    scope = Scope.for_user(actor)
    if not may_import(scope, run.kind, municipality=run.municipality, organization=run.organization):
        raise PermissionDenied(messages.rights_gone())
