"""A form that was sent twice by a double click leaves one row."""

from __future__ import annotations

import datetime
from typing import TypeVar

from django.db import models
from django.utils import timezone

AnyModel = TypeVar("AnyModel", bound=models.Model)
DOUBLE_CLICK = datetime.timedelta(seconds=30)


def lock(row: AnyModel) -> AnyModel:
    """The row, fresh and locked until the end of the transaction."""
    return type(row)._base_manager.select_for_update(of=("self",)).get(pk=row.pk)


def just_made(actor, rows: models.QuerySet) -> models.Model | None:
    """The newest of ``rows`` that the same user added a moment ago, or None.

    Call it while the row that owns them is locked, so that of two requests the second one finds the first.
    """
    if actor is None:
        return None
    added = rows.model.history.filter(
        history_type="+", history_user=actor, history_date__gte=timezone.now() - DOUBLE_CLICK
    )
    return rows.filter(pk__in=added.values("id")).order_by("-pk").first()


def just_changed(actor, row: models.Model) -> bool:
    """Whether the newest change of the row is the same user's, a moment ago."""
    newest = row.history.order_by("-history_date", "-history_id").first()
    return (
        actor is not None
        and newest.history_user_id == actor.pk
        and newest.history_date >= timezone.now() - DOUBLE_CLICK
    )
