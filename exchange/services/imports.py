"""Uploading a workbook, deciding about it, and confirming it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from common.importing import import_kinds
from exchange import messages, undo, uploads
from exchange.bell import ring_after_commit
from exchange.enums import ImportStep, RunState
from exchange.imports import advance_import
from exchange.inspection import Inspection
from exchange.models import ImportRun
from exchange.parts import Part, parts_of
from exchange.problems import names_another_school
from exchange.rights import may_import
from exchange.services.looking import first_look, only_municipality, usual_kind
from exchange.services.runs import AFRESH, key_of, open_once, require_owner
from orgs.scope import Scope


def receive_import(
    actor,
    scope: Scope,
    *,
    kind: str = "",
    hint: str = "",
    file: File,
    file_name: str,
    organization=None,
    municipality=None,
) -> ImportRun:
    """The run of an uploaded workbook, small ones already checked.

    Without ``kind`` the headings say what is on its sheets, and without a place an ИНН in the file. The same
    file from the same person for the same place leads back to the run that is still open. Raises
    ``PermissionDenied`` and ``ValidationError`` as :func:`ask_report`, before anything is stored.
    """
    if kind and kind not in import_kinds:
        raise ValidationError(_("There is no such kind of workbook. Choose one from the list."), code="kind")
    uploads.check_size(file)
    look = Inspection()
    if not kind:
        look = first_look(scope, file, file_name, organization, municipality, hint)
        organization = organization or look.organization
        kind = look.parts[0].kind if look.parts else usual_kind(scope, organization, municipality, hint)
    if organization:
        municipality = organization.municipality
    elif municipality is None and kind:
        municipality = only_municipality(scope, kind)
    if not organization and (not municipality or import_kinds.get(kind).needs_organization):
        choose = _("Choose the organization that the workbook is from.")
        raise ValidationError(f"{look.doubt} {choose}".lstrip(), code="organization")
    for code in {kind, *(part.kind for part in look.parts)}:
        if not may_import(scope, code, municipality=municipality, organization=organization):
            raise PermissionDenied(_("You can load workbooks only for the places that you work for."))
    sha256 = uploads.fingerprint(file)
    question = {"kind": kind, "sha256": sha256, "organization": organization, "municipality": municipality}
    open_run = ImportRun.objects.filter(idempotency_key=key_of(actor, question)).first()
    if open_run:
        return open_run
    stored = uploads.store(file, file_name)
    run, is_new = None, False
    extra = {
        "file": stored,
        "file_name": uploads.shown_name(file_name),
        "parts": [part.as_json() for part in look.parts],
        "parameters": {"look": True} if look.doubtful else {},
    }
    try:
        run, is_new = open_once(ImportRun, actor, **question, extra=extra)
    finally:
        if not is_new:
            default_storage.delete(stored)
    return _start(run) if is_new else run


def recheck_import(
    actor,
    run: ImportRun,
    *,
    sheet: str | None = None,
    mapping=None,
    parts: list[Part] | None = None,
    answers=None,
    corrections: dict[str, str] | None = None,
    excluded: list[str] | None = None,
) -> ImportRun:
    """Checks the workbook again with what its owner has decided; what is None stays as it was.

    ``mapping`` is heading by field, ``answers`` are by «row:code», ``corrections`` by «row:column»,
    ``excluded`` are rows; see ``exchange.parts``. With other ``parts`` the cells of the former ones are no
    longer corrected. Raises ``PermissionDenied`` for anybody but the owner, ``ValidationError`` when the
    import is already over.
    """
    require_importer(actor, run)
    decided = {
        "sheet": sheet,
        "mapping": mapping,
        "answers": answers,
        "corrections": corrections,
        "excluded": excluded,
    }
    if parts is not None:
        _require_kinds(actor, run, parts)
        decided |= {
            "kind": parts[0].kind,
            "parts": [part.as_json() for part in parts],
            "mapping": {},
            "parameters": {},
        }
        if [part.sheet for part in parts] != [part.sheet for part in parts_of(run)]:
            decided |= {"answers": {}, "corrections": {}, "excluded": []}
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
    actor,
    run: ImportRun,
    *,
    sha256: str,
    good_rows_only: bool = False,
    own_book: bool = False,
    answers: dict | None = None,
) -> ImportRun:
    """Writes what the owner has seen; small workbooks at once, the others by a worker.

    ``sha256`` is that of the file whose result was shown. With new ``answers`` the rows are checked again
    first and the run waits for another confirmation. ``own_book``: the owner says that a file which names
    another organization is right all the same. A second click changes nothing. Raises
    ``PermissionDenied`` for anybody but the owner, and ``ValidationError`` with the reason.
    """
    require_importer(actor, run)
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
    if not own_book and names_another_school(run):
        raise ValidationError(
            _("The file names another organization. Say that it is the workbook of “%(name)s” after all.")
            % {"name": run.organization},
            code="another_school",
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


def resume_import(actor, run: ImportRun) -> ImportRun:
    """A new import of the same file with what was decided about it, to correct the rows that were put off.

    What is in the portal already stays unchanged by it. Raises ``PermissionDenied`` for anybody but the
    owner, ``ValidationError`` when no row was put off or the file is gone.
    """
    require_importer(actor, run)
    if run.step != ImportStep.DONE or not run.outcome.get("refused") or not run.file:
        raise ValidationError(_("This upload has no rows that were put off."), code="nothing")
    question = {
        "kind": run.kind,
        "sha256": run.sha256,
        "organization": run.organization,
        "municipality": run.municipality,
    }
    open_run = ImportRun.objects.filter(idempotency_key=key_of(actor, question)).first()
    if open_run:
        return open_run
    with run.file.open("rb") as source:
        stored = uploads.store(File(source), run.file_name)
    kept = ("file_name", "sheet", "mapping", "parts", "corrections", "excluded", "answers")
    extra = {name: getattr(run, name) for name in kept} | {"file": stored}
    again, is_new = open_once(ImportRun, actor, **question, extra=extra)
    if not is_new:
        default_storage.delete(stored)
    return _start(again) if is_new else again


def undo_import(actor, run: ImportRun) -> None:
    """Takes a written import back; see :func:`exchange.undo.undo_import`. Raises ``PermissionDenied`` too."""
    require_importer(actor, run)
    undo.undo_import(actor, run)


def _start(run: ImportRun) -> ImportRun:
    if uploads.is_small(run):
        advance_import(run.pk)
    else:
        ring_after_commit(run)
    run.refresh_from_db()
    return run


def _require_kinds(actor, run: ImportRun, parts: list[Part]) -> None:
    scope = Scope.for_user(actor)
    for part in parts:
        if part.kind not in import_kinds or not may_import(
            scope, part.kind, municipality=run.municipality, organization=run.organization
        ):
            raise PermissionDenied(messages.rights_gone())


def require_importer(actor, run: ImportRun) -> None:
    require_owner(actor, run)
    scope = Scope.for_user(actor)
    if not may_import(scope, run.kind, municipality=run.municipality, organization=run.organization):
        raise PermissionDenied(messages.rights_gone())
