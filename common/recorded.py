"""Writes that leave history: who, when, was, became. Services write only through these functions.

A plain ``bulk_create`` or ``update`` leaves no history; ``insert_all`` and ``update_all`` write it by one
statement for the whole set. ``actor`` is the user behind the change, or ``None`` for the operator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.db import models, transaction

from common.bulk import CHANGED, CREATED, write_history

AnyModel = TypeVar("AnyModel", bound=models.Model)


def save_as(actor, instance: AnyModel, *, reason: str = "") -> AnyModel:
    """Checks and saves one row with its history; raises ``ValidationError`` with messages for people."""
    instance._history_user = actor
    instance._change_reason = reason
    instance.full_clean()
    instance.save()
    return instance


def delete_as(actor, instance: models.Model, *, reason: str = "") -> None:
    """Deletes one row; its history keeps what stood there."""
    instance._history_user = actor
    instance._change_reason = reason
    instance.delete()


def insert_all(actor, objects: Iterable[AnyModel], *, reason: str = "") -> list[AnyModel]:
    """Inserts many new rows of one model with their history; the database's constraints hold."""
    objects = list(objects)
    if objects:
        model = type(objects[0])
        with transaction.atomic():
            model._default_manager.bulk_create(objects)
            keys = [instance.pk for instance in objects]
            write_history(model, keys, kind=CREATED, user=actor, reason=reason)
    return objects


def update_all(
    actor, objects: Iterable[AnyModel], fields: Sequence[str], *, reason: str = ""
) -> list[AnyModel]:
    """Writes the named fields of many rows of one model with their history."""
    objects = list(objects)
    if objects:
        model = type(objects[0])
        with transaction.atomic():
            model._default_manager.bulk_update(objects, fields, batch_size=500)
            keys = [instance.pk for instance in objects]
            write_history(model, keys, kind=CHANGED, user=actor, reason=reason)
    return objects
