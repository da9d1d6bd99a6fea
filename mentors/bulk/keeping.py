"""Keeps what a bulk action has changed, and takes it back."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.traces import traced
from common.undoing import objections, undo
from mentors.bulk_models import BulkChange
from mentors.models import Meeting, Pair, Participation


@transaction.atomic
def keep_change(*, actor, organization, register: str, action: str, work: Callable[[], str]) -> BulkChange:
    """Runs ``work``, which says in words what it has done, and keeps its trace."""
    with traced() as trace:
        text = work()
        changes = trace.changes()
    return BulkChange.objects.create(
        organization=organization,
        actor=actor,
        register=register,
        action=action,
        text=text[:300],
        changes=changes,
    )


def take_back(*, actor, change: BulkChange) -> None:
    """Takes a bulk change back as a whole, or raises ``ValidationError`` naming the record in the way."""
    try:
        with transaction.atomic():
            change = BulkChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
            if not change.can_be_undone:
                raise ValidationError(
                    _("A day has passed or the change was taken back already. Correct the records by hand.")
                )
            found = objections(change.changes)
            if found:
                raise ValidationError(
                    _("Nothing was taken back: “%(name)s” was changed since. Correct the records by hand.")
                    % {"name": _name_of(found[0].model, found[0].key)}
                )
            undo(change.changes, actor=actor, reason=_("Taken back: %(text)s") % {"text": change.text})
            change.undone_at, change.undone_by = timezone.now(), actor
            change.save(update_fields=["undone_at", "undone_by"])
    except IntegrityError as conflict:
        raise ValidationError(
            _("Nothing was taken back: new records stand in the way. Correct the records by hand.")
        ) from conflict


def _name_of(model, key: int) -> str:
    """The record in words; the change belongs to the user's own school, and so do its rows."""
    row = apps.get_model(model._meta.label).objects.filter(pk=key).first()
    if isinstance(row, Participation):
        return row.person.full_name
    if isinstance(row, Meeting) and row.pair:
        return str(row.pair)
    return str(row) if isinstance(row, Pair) else str(model._meta.verbose_name)
