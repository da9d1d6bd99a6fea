"""What bulk writes have done, exactly enough to take it back: keys of new rows, values before and after.

``common.bulk`` tells the trace of the running block of every insert and update; see ``common.undoing``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

from common.plain import plain

# Below the limit of parameters of a query on either database.
KEYS_IN_A_QUERY = 10_000
_current: ContextVar[Trace | None] = ContextVar("trace of bulk writes", default=None)


class Trace:
    """The net effect of the bulk writes of a block, by model in the order of the first write."""

    def __init__(self) -> None:
        self.added: dict[type[models.Model], list[int]] = {}
        self.before: dict[type[models.Model], dict[int, dict[str, Any]]] = {}

    def inserted(self, model: type[models.Model], keys: Iterable[int]) -> None:
        """Notes new rows."""
        self._open(model)
        self.added[model].extend(keys)

    def before_update(self, model: type[models.Model], fields: Sequence[str], keys: Iterable[int]) -> None:
        """Notes what stands in the fields now; what an earlier update has noted stays."""
        self._open(model)
        new = set(self.added[model])
        names = [model._meta.get_field(name).attname for name in fields]
        known = self.before[model]
        for key, *values in stored_values(model, names, [key for key in keys if key not in new]):
            row = known.setdefault(key, {})
            for name, value in zip(names, values, strict=True):
                row.setdefault(name, value)

    def changes(self, *, untraced: frozenset[str] = frozenset()) -> list[dict]:
        """The net effect as plain JSON, one item a model; call it inside the transaction of the writes.

        Each item has ``model`` (its label), ``added`` (a digest of each new row by key) and ``changed``
        (by key and column what was and what became). Columns ``untraced`` do not count in the digest.
        """
        found = []
        for model, keys in self.added.items():
            item = {
                "model": model._meta.label_lower,
                "added": digests(model, keys, untraced),
                "changed": self._changed(model),
            }
            if item["added"] or item["changed"]:
                found.append(item)
        return found

    def _open(self, model: type[models.Model]) -> None:
        self.added.setdefault(model, [])
        self.before.setdefault(model, {})

    def _changed(self, model: type[models.Model]) -> dict[str, dict[str, list]]:
        before = self.before[model]
        names = sorted({name for row in before.values() for name in row})
        changed = {}
        for key, *values in stored_values(model, names, before):
            now = dict(zip(names, values, strict=True))
            differing = {name: [was, now[name]] for name, was in before[key].items() if now[name] != was}
            if differing:
                changed[str(key)] = differing
        return changed


@contextmanager
def traced() -> Iterator[Trace]:
    """A block whose bulk writes are noted."""
    trace = Trace()
    token = _current.set(trace)
    try:
        yield trace
    finally:
        _current.reset(token)


def running_trace() -> Trace | None:
    """The trace of the block that is being done, if there is one."""
    return _current.get()


def stored_values(
    model: type[models.Model], names: Sequence[str], keys: Iterable[int]
) -> Iterator[tuple[Any, ...]]:
    """Key and plain values of the columns for the rows that are there."""
    keys = list(keys)
    for start in range(0, len(keys), KEYS_IN_A_QUERY):
        chosen = model._base_manager.filter(pk__in=keys[start : start + KEYS_IN_A_QUERY])
        for row in chosen.order_by().values_list("pk", *names).iterator(chunk_size=2000):
            yield tuple(map(plain, row))


def digests(model: type[models.Model], keys: Iterable[int], untraced: frozenset[str]) -> dict[str, str]:
    """A short digest of each row by its key, which differs as soon as a column does."""
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in untraced
    ]
    return {
        str(key): hashlib.blake2b(
            json.dumps(values, ensure_ascii=False, default=str).encode(), digest_size=8
        ).hexdigest()
        for key, *values in stored_values(model, names, keys)
    }
