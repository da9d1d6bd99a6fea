"""Takes back what a trace says: new rows go, changed columns get their former values. All or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from common.bulk import CHANGED, REMOVED, update_rows, write_history
from common.traces import KEYS_IN_A_QUERY, digests, stored_values

CHANGED_SINCE, USED_SINCE = "changed", "used"


@dataclass(frozen=True, slots=True)
class Objection:
    """A row that stands in the way: changed since, or used by ``user`` (a row of another table)."""

    why: str
    model: type[models.Model]
    key: int
    user: type[models.Model] | None = None


@dataclass(slots=True)
class _Part:
    """What the trace says of one model; rows that are gone already are left out."""

    model: type[models.Model]
    added: dict[str, str]
    changed: dict[str, dict[str, list]]

    @property
    def keys(self) -> list[int]:
        return [int(key) for key in self.added]


def objections(changes: Iterable[dict], *, untraced: frozenset[str] = frozenset()) -> list[Objection]:
    """Rows that somebody has changed or used since; with none the changes can be taken back.

    A row that was removed since needs nothing. A column ``untraced`` is never an obstacle.
    """
    parts = _parts(changes)
    found: list[Objection] = []
    for part in parts:
        now = digests(part.model, part.keys, untraced)
        found += [
            Objection(CHANGED_SINCE, part.model, int(key))
            for key, digest in now.items()
            if digest != part.added[key]
        ]
        found += [
            Objection(CHANGED_SINCE, part.model, key)
            for key, row in _stands(part).items()
            if any(
                row[name] != became
                for name, (_was, became) in part.changed[str(key)].items()
                if name not in untraced
            )
        ]
    return found + _in_use(parts)


def undo(changes: Iterable[dict], *, actor, reason: str, untraced: frozenset[str] = frozenset()) -> None:
    """Takes the changes back, with history. Call it in a transaction, after asking for ``objections``.

    A few statements a model, whatever the number of rows. Raises ``IntegrityError`` when somebody has
    begun to use a row at this very moment.
    """
    parts = _parts(changes)
    for part in reversed(parts):
        _remove(part, actor, reason)
    for part in reversed(parts):
        _put_back(part, actor, reason, untraced)


def _parts(changes: Iterable[dict]) -> list[_Part]:
    return [_Part(apps.get_model(item["model"]), item["added"], item["changed"]) for item in changes]


def _stands(part: _Part) -> dict[int, dict[str, Any]]:
    """What the changed rows now hold, by key and column."""
    names = sorted({name for row in part.changed.values() for name in row})
    rows = stored_values(part.model, names, [int(key) for key in part.changed])
    return {key: dict(zip(names, values, strict=True)) for key, *values in rows}


def _in_use(parts: list[_Part]) -> list[Objection]:
    """New rows that rows of other tables, or other rows of these, point at."""
    going = {part.model: set(part.keys) for part in parts}
    moving: dict[tuple[type[models.Model], str], set[int]] = defaultdict(set)
    for part in parts:
        for key, row in part.changed.items():
            for name in row:
                moving[part.model, name].add(int(key))
    found = []
    for part in parts:
        for field in _pointing_at(part.model) if part.added else ():
            user = field.model
            for key, target in _rows_at(field, part.keys):
                if key not in going.get(user, ()) and key not in moving[user, field.attname]:
                    found.append(Objection(USED_SINCE, part.model, target, user))
    return found


def _pointing_at(model: type[models.Model]) -> list[models.ForeignKey]:
    """Foreign keys of real rows to the model; history points at what may be gone."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and (relation.one_to_many or relation.one_to_one)
        and getattr(relation.field, "db_constraint", False)
    ]


def _rows_at(field: models.ForeignKey, keys: list[int]) -> Iterable[tuple[int, int]]:
    for start in range(0, len(keys), KEYS_IN_A_QUERY):
        chosen = field.model._base_manager.filter(
            **{f"{field.name}__in": keys[start : start + KEYS_IN_A_QUERY]}
        )
        yield from chosen.order_by().values_list("pk", field.attname)


def _remove(part: _Part, actor, reason: str) -> None:
    if not part.added:
        return
    if _has_history(part.model):
        write_history(part.model, part.keys, kind=REMOVED, user=actor, reason=reason)
    for start in range(0, len(part.keys), KEYS_IN_A_QUERY):
        rows = part.model._base_manager.filter(pk__in=part.keys[start : start + KEYS_IN_A_QUERY])
        rows._raw_delete(rows.db)


def _put_back(part: _Part, actor, reason: str, untraced: frozenset[str]) -> None:
    by_columns: dict[tuple[str, ...], list[tuple]] = defaultdict(list)
    traced = []
    for key, now in _stands(part).items():
        # A column that a later file has written again without a change that counts stays as it is.
        own = {name: was for name, (was, became) in part.changed[str(key)].items() if now[name] == became}
        if own:
            by_columns[tuple(sorted(own))].append((key, *(own[name] for name in sorted(own))))
        if set(own) - untraced:
            traced.append(key)
    for names, rows in by_columns.items():
        fields = [_field_name(part.model, name) for name in names]
        update_rows(part.model, fields, rows)
    if _has_history(part.model):
        write_history(part.model, traced, kind=CHANGED, user=actor, reason=reason)


def _field_name(model: type[models.Model], attname: str) -> str:
    return next(field.name for field in model._meta.concrete_fields if field.attname == attname)


def _has_history(model: type[models.Model]) -> bool:
    return hasattr(model, "history")
