"""Writes that leave history: who, when, was, became. Services write only through these functions.

A plain ``bulk_create`` or ``update`` leaves no history; ``insert_all`` and ``update_all`` write it by one
statement for the whole set. ``actor`` is the user behind the change, or ``None`` for the operator.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from django.db import models, transaction

from common.bulk import CHANGED, CREATED, insert_rows, reserve_ids, update_rows, write_history

AnyModel = TypeVar("AnyModel", bound=models.Model)
# Columns whose Python value goes to the database as it is. A model with another kind of column, such as
# a moment of time, is inserted by Django's own ``bulk_create``, which is slower and knows every kind.
_PLAIN = (
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.DecimalField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)


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
    """Inserts many new rows of one model with their history; the database's constraints hold.

    The objects get their keys. ``save`` and ``full_clean`` are not called: derived fields must be filled.
    """
    objects = list(objects)
    if not objects:
        return objects
    model = type(objects[0])
    with transaction.atomic():
        readers = _readers(model)
        if readers is None:
            model._default_manager.bulk_create(objects)
        else:
            _insert_plain(model, readers, objects)
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
        columns = [model._meta.get_field(name) for name in fields]
        with transaction.atomic():
            if all(_is_plain(column) for column in columns):
                names = [column.attname for column in columns]
                update_rows(
                    model,
                    fields,
                    ((instance.pk, *(getattr(instance, name) for name in names)) for instance in objects),
                )
            else:
                model._default_manager.bulk_update(objects, fields, batch_size=500)
            keys = [instance.pk for instance in objects]
            write_history(model, keys, kind=CHANGED, user=actor, reason=reason)
    return objects


def _is_plain(column: models.Field) -> bool:
    return isinstance(column, _PLAIN) and not isinstance(
        column, models.DateTimeField | models.FileField | models.JSONField
    )


def _readers(model: type[models.Model]) -> dict[str, Callable] | None:
    """How each column's value is read from an object, or ``None`` when a column needs Django's own way."""
    readers = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.FileField):
            readers[field.name] = _file_reader(field.attname)
        elif isinstance(field, models.JSONField):
            readers[field.name] = _json_reader(field.attname)
        elif isinstance(field, _PLAIN) and not isinstance(field, models.DateTimeField):
            readers[field.name] = _reader(field.attname)
        else:
            return None
    return readers


def _reader(name: str) -> Callable:
    return lambda instance: getattr(instance, name)


def _file_reader(name: str) -> Callable:
    return lambda instance: getattr(instance, name).name or ""


def _json_reader(name: str) -> Callable:
    return lambda instance: json.dumps(getattr(instance, name))


def _insert_plain(model: type[models.Model], readers: dict[str, Callable], objects: list) -> None:
    related = [field for field in model._meta.concrete_fields if field.is_relation]
    for instance, key in zip(objects, reserve_ids(model, len(objects)), strict=True):
        instance.pk = key
        for field in related:
            # An object that was assigned before it had a key has one now.
            if field.is_cached(instance) and (target := field.get_cached_value(instance)) is not None:
                setattr(instance, field.attname, target.pk)
        instance._state.adding = False
    rows = [tuple(read(instance) for read in readers.values()) for instance in objects]
    insert_rows(model, list(readers), rows)
