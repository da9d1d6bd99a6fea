"""Reference data: rows of JSON files become rows of tables, and what people have edited stays.

Every value is merged three ways: what the file says now, what was loaded last time (the ledger), and
what stands in the table. A value that still is what was loaded, or is empty, follows the file; another
one was written by hand and stays, unless the load is a reset. Rows are never deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.utils.translation import gettext as _

from common.bulk import CHANGED, CREATED, write_history

REASON = "load_reference"


class ReferenceDataError(Exception):
    """A file of reference data is wrong; the message names the file, the row and the field."""


class Ledger(Protocol):
    """Remembers which values were loaded into which row; the caller owns the table behind it."""

    def read(self, table: str) -> dict[str, dict[str, Any]]:
        """Values loaded last time by the identity of the row."""

    def write(self, table: str, values: Mapping[str, dict[str, Any]]) -> None:
        """Remembers the values loaded now."""


@dataclass(frozen=True)
class Table:
    """Where the rows of one model come from and what tells them apart.

    ``file`` lies in the folder ``reference`` of the model's app; ``key`` names the fields that identify a
    row (inside its parent); ``children`` maps a list inside a row to the table of its rows, ``parent`` is
    their foreign key back; ``siblings`` are foreign keys to another row of the same parent, given by key.
    """

    model: type[models.Model]
    file: str = ""
    key: str = "code"
    parent: str = ""
    siblings: tuple[str, ...] = ()
    children: Mapping[str, Table] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """«app.model», the name of the table in the ledger."""
        return self.model._meta.label_lower

    @property
    def path(self) -> Path:
        """The file with the rows."""
        return Path(apps.get_app_config(self.model._meta.app_label).path) / "reference" / self.file


@dataclass
class Counts:
    """What a load has done with the rows of one table; ``kept`` rows hold values written by hand."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0


@dataclass
class _Row:
    identity: str
    values: dict[str, Any]
    lists: dict[str, list[dict]]
    parent: models.Model | None = None
    object: models.Model | None = None
    is_new: bool = False
    kept: bool = False
    changed: set[str] = field(default_factory=set)


def load_tables(tables: Iterable[Table], *, ledger: Ledger, reset: bool = False) -> dict[str, Counts]:
    """Loads the files in the given order in one transaction; returns counts by the table's label.

    Raises ``ReferenceDataError`` for a file that names an unknown field or points at an unknown row.
    """
    counts: dict[str, Counts] = {}
    with transaction.atomic():
        for table in tables:
            try:
                data = json.loads(table.path.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                raise ReferenceDataError(
                    _("The file %(file)s cannot be read: %(error)s") % {"file": table.path, "error": error}
                ) from error
            _load(table, [(None, "", row) for row in data], counts, ledger, reset)
    return counts


def _load(table, sources, counts, ledger, reset) -> None:
    remembered = ledger.read(table.label)
    rows = [_row(table, parent, prefix, source) for parent, prefix, source in sources]
    _attach_existing(table, rows)
    targets = {name: _targets(table, name) for name in _foreign_keys(table, rows)}
    plain = {name for row in rows for name in row.values} - set(table.siblings)
    _merge(table, rows, plain, targets, remembered, reset)
    created = [row for row in rows if row.is_new]
    table.model._default_manager.bulk_create([row.object for row in created])
    if table.siblings:
        _merge_siblings(table, rows, remembered, reset)
    updated = [row for row in rows if row.changed]
    if updated:
        names = sorted(set().union(*(row.changed for row in updated)))
        table.model._default_manager.bulk_update([row.object for row in updated], names)
    if hasattr(table.model, "history"):
        write_history(table.model, [row.object.pk for row in created], kind=CREATED, reason=REASON)
        old = [row.object.pk for row in updated if not row.is_new]
        write_history(table.model, old, kind=CHANGED, reason=REASON)
    ledger.write(
        table.label,
        {row.identity: row.values for row in rows if remembered.get(row.identity) != row.values},
    )
    tally = counts.setdefault(table.label, Counts())
    for row in rows:
        tally.added += row.is_new
        tally.updated += bool(row.changed) and not row.is_new
        tally.unchanged += not row.is_new and not row.changed
        tally.kept += row.kept
    for name, child in table.children.items():
        nested = [(row.object, f"{row.identity}/", item) for row in rows for item in row.lists.get(name, ())]
        _load(child, nested, counts, ledger, reset)


def _row(table: Table, parent, prefix: str, source: dict) -> _Row:
    lists = {name: source[name] for name in table.children if name in source}
    values = {name: value for name, value in source.items() if name not in lists}
    if table.key not in values:
        raise ReferenceDataError(
            _("A row of %(table)s has no “%(field)s”.") % {"table": table.label, "field": table.key}
        )
    return _Row(f"{prefix}{values[table.key]}", values, lists, parent)


def _attach_existing(table: Table, rows: list[_Row]) -> None:
    existing = {_place(table, found): found for found in table.model._default_manager.all()}
    for row in rows:
        row.object = existing.get((row.parent and row.parent.pk, row.values[table.key]))
        if row.object is None:
            row.is_new = True
            row.object = table.model(**({table.parent: row.parent} if table.parent else {}))


def _place(table: Table, found: models.Model) -> tuple:
    parent = getattr(found, f"{table.parent}_id") if table.parent else None
    return parent, getattr(found, table.key)


def _foreign_keys(table: Table, rows: list[_Row]) -> set[str]:
    names = {name for row in rows for name in row.values}
    for name in names:
        try:
            table.model._meta.get_field(name)
        except FieldDoesNotExist as error:
            raise ReferenceDataError(
                _("%(table)s has no field “%(field)s”.") % {"table": table.label, "field": name}
            ) from error
    related = {name for name in names if table.model._meta.get_field(name).is_relation}
    return related - set(table.siblings)


def _targets(table: Table, name: str) -> dict[str, int]:
    """Keys of the rows that the foreign key may point at, by their code."""
    target = table.model._meta.get_field(name).related_model
    return dict(target._default_manager.values_list("code", "pk"))


def _merge(table, rows, names, targets, remembered, reset) -> None:
    codes = {name: {key: code for code, key in found.items()} for name, found in targets.items()}
    for row in rows:
        loaded = remembered.get(row.identity, {})
        for name in names & row.values.keys():
            wanted = row.values[name]
            if name in targets:
                if wanted is not None and wanted not in targets[name]:
                    raise ReferenceDataError(
                        _("%(table)s, row “%(row)s”: “%(value)s” is not known as %(field)s.")
                        % {"table": table.label, "row": row.identity, "value": wanted, "field": name}
                    )
                current = codes[name].get(getattr(row.object, f"{name}_id"))
                write, value = f"{name}_id", targets[name].get(wanted)
            else:
                current = _comparable(getattr(row.object, name))
                write, value = name, table.model._meta.get_field(name).to_python(wanted)
            _take(row, name, write, value, current=current, wanted=wanted, loaded=loaded, reset=reset)


def _merge_siblings(table, rows, remembered, reset) -> None:
    by_key = {(row.parent and row.parent.pk, row.values[table.key]): row.object for row in rows}
    keys = {row.object.pk: row.values[table.key] for row in rows}
    for row in rows:
        loaded = remembered.get(row.identity, {})
        for name in set(table.siblings) & row.values.keys():
            wanted = row.values[name]
            sibling = by_key.get((row.parent and row.parent.pk, wanted))
            if sibling is None:
                raise ReferenceDataError(
                    _("%(table)s, row “%(row)s”: “%(value)s” is not known as %(field)s.")
                    % {"table": table.label, "row": row.identity, "value": wanted, "field": name}
                )
            current = keys.get(getattr(row.object, f"{name}_id"))
            # New rows have been written by now, so that a sibling's key exists; they need an update.
            if current != wanted and (row.is_new or _may_follow(current, name, loaded, reset)):
                setattr(row.object, f"{name}_id", sibling.pk)
                row.changed.add(name)


def _take(row: _Row, name: str, write: str, value, *, current, wanted, loaded, reset) -> None:
    if row.is_new:
        setattr(row.object, write, value)
    elif current != wanted:
        if _may_follow(current, name, loaded, reset):
            setattr(row.object, write, value)
            row.changed.add(name)
        else:
            row.kept = True


def _may_follow(current, name: str, loaded: dict, reset: bool) -> bool:
    if reset:
        return True
    return current == loaded[name] if name in loaded else current in (None, "", [], {})


def _comparable(value):
    return value.isoformat() if isinstance(value, date) else value
