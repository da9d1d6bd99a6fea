"""Taking a written import back, within a day: exactly what it has changed, as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AccessAction
from accounts.services import record_access
from common.importing import ImportContext, import_kinds
from common.undoing import CHANGED_SINCE, Objection, objections, undo
from exchange.enums import ImportStep, RunState
from exchange.models import ImportRun, ImportTrace
from exchange.parts import parts_of
from exchange.reading import untraced_fields
from orgs.scope import Scope

NAMED = 10


def undo_until(run: ImportRun) -> datetime | None:
    """Until when the import can be taken back; None when it cannot (any more)."""
    if run.step != ImportStep.DONE or run.state != RunState.READY or run.finished_at is None:
        return None
    until = run.finished_at + timedelta(hours=settings.IMPORT_UNDO_HOURS)
    return until if timezone.now() < until else None


def undo_import(actor, run: ImportRun) -> None:
    """Takes back what the import has written, with history and a line in the access journal.

    Raises ``ValidationError``: with the code «over» when it is too late, with «in_use» and a sentence for
    each row that somebody has changed or used since. The caller has asked whether the actor may.
    """
    parts = parts_of(run)
    untraced = untraced_fields(parts)
    try:
        with transaction.atomic():
            _hold_places(actor, run, parts)
            since = Now() - timedelta(hours=settings.IMPORT_UNDO_HOURS)
            taken = ImportRun.objects.filter(
                pk=run.pk, step=ImportStep.DONE, state=RunState.READY, finished_at__gt=since
            ).update(step=ImportStep.UNDONE, undone_at=Now())
            trace = ImportTrace.objects.filter(run=run).first()
            if not taken or trace is None:
                raise ValidationError(
                    _("This upload can no longer be undone: more than a day has passed, or it is undone."),
                    code="over",
                )
            if found := objections(trace.changes, untraced=untraced):
                raise ValidationError(
                    [ValidationError(sentence, code="in_use") for sentence in _sentences(found)]
                )
            reason = _("Upload undone: file “%(file)s”") % {"file": run.file_name}
            undo(trace.changes, actor=actor, reason=reason, untraced=untraced)
            trace.delete()
            record_access(
                actor,
                AccessAction.IMPORT,
                object_type="import_run",
                object_id=run.pk,
                kind=run.kind,
                file=run.file_name,
                sha256=run.sha256,
                undone=True,
            )
    except IntegrityError:
        raise ValidationError(
            _("At this very moment somebody uses the loaded records. Nothing was undone; try again."),
            code="in_use",
        ) from None
    finally:
        run.refresh_from_db()


def forget_traces() -> int:
    """Removes the traces of imports that can no longer be undone: they hold former values of records."""
    since = Now() - timedelta(hours=settings.IMPORT_UNDO_HOURS)
    return ImportTrace.objects.filter(run__finished_at__lte=since).delete()[0]


def _hold_places(actor, run: ImportRun, parts) -> None:
    """Waits for imports into the same place, as those wait for each other."""
    context = ImportContext(Scope.for_user(actor), actor, run.organization, run.municipality)
    for kind in dict.fromkeys(part.kind for part in parts):
        import_kinds.get(kind)(context).lock()


def _sentences(found: list[Objection]) -> list[str]:
    """The first rows in the way by name, and how many more there are."""
    unique = list(dict.fromkeys(found))
    names = _names(unique[:NAMED])
    said = []
    for objection in unique[:NAMED]:
        name = names[objection.model, objection.key]
        if objection.why == CHANGED_SINCE:
            said.append(_("“%(name)s” was changed after the upload.") % {"name": name})
        else:
            said.append(
                _("“%(name)s” is already used: %(where)s.")
                % {"name": name, "where": str(objection.user._meta.verbose_name_plural)}
            )
    rest = len(unique) - NAMED
    if rest > 0:
        said.append(
            ngettext("%(n)d more record stands in the way.", "%(n)d more records stand in the way.", rest)
            % {"n": rest}
        )
    return list(dict.fromkeys(said))


def _names(found: Iterable[Objection]) -> dict[tuple[type[models.Model], int], str]:
    keys: dict[type[models.Model], list[int]] = {}
    for objection in found:
        keys.setdefault(objection.model, []).append(objection.key)
    return {
        (model, row.pk): str(row)
        for model, own in keys.items()
        for row in model._base_manager.filter(pk__in=own).select_related()
    }
