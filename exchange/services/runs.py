"""What reports and imports have in common: one open run for one question, cancelling, trying again."""

from __future__ import annotations

import hashlib
import json

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from exchange.bell import ring_after_commit
from exchange.enums import UNFINISHED, ImportStep, RunState
from exchange.leases import OVER
from exchange.models import ImportRun, Run

AFRESH = {"state": RunState.WAITING, "attempts": 0, "rung_at": None, "finished_at": None, "message": ""}


def cancel_run(actor, run: Run) -> bool:
    """Ends a run that is not over; False when it was too late. A worker on it stops without a result.

    The uploaded workbook of a cancelled import is removed. Raises ``PermissionDenied`` for anybody but
    the owner.
    """
    require_owner(actor, run)
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
    require_owner(actor, run)
    changed = type(run).objects.filter(pk=run.pk, state=RunState.FAILED).update(**AFRESH)
    if changed:
        ring_after_commit(run)
    run.refresh_from_db()
    return bool(changed)


def open_once(model: type[Run], actor, *, extra: dict | None = None, **question) -> tuple[Run, bool]:
    """The open run of a question, and whether it was made just now."""
    key = key_of(actor, question)
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


def key_of(actor, question: dict) -> str:
    named = {name: getattr(value, "pk", value) for name, value in question.items()} | {"owner": actor.pk}
    return hashlib.sha256(json.dumps(named, sort_keys=True, default=str).encode()).hexdigest()


def require_owner(actor, run: Run) -> None:
    if run.owner_id is None or run.owner_id != actor.pk:
        raise PermissionDenied(_("Only the person who started this can change it."))
