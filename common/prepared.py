"""Statements that PostgreSQL plans once for a connection and then answers by their name.

To plan a wide statement costs the server as much as to answer it. What is read again and again on one
connection is prepared there; SQLite and shared connections read plainly.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.base.base import BaseDatabaseWrapper

# A statement is prepared when a connection reads it once more than so often: most connections of a quiet
# portal close before that, and preparing is one more way to the server.
PLAIN_READINGS = 2

_numbers = itertools.count(1)


class Place:
    """Among the parameters of a compiled statement: which value belongs here and how it is written."""

    __slots__ = ("name", "write")

    def __init__(self, name: str, write: Callable[[Any], Any]):
        self.name = name
        self.write = write


class Preparable:
    """The text of a statement with its parameters; some of them are places of values."""

    def __init__(self, sql: str, parameters: Sequence[Any]):
        self._sql = sql
        self._parameters = parameters
        self._places = [part for part in parameters if isinstance(part, Place)]
        self._name = f"portal_{next(_numbers)}"
        self._by_name = f"EXECUTE {self._name} ({', '.join(['%s'] * len(self._places))})"
        # By the driver's connection, which is one thread's and ends with what is prepared on it.
        self._readings: WeakKeyDictionary[Any, int] = WeakKeyDictionary()

    def bound(self, connection: BaseDatabaseWrapper, given: dict[str, Any]) -> tuple[str, tuple]:
        """What to send over the connection for the values: the text or the name, with its parameters."""
        if self._is_prepared(connection):
            return self._by_name, tuple(place.write(given[place.name]) for place in self._places)
        written = (
            part.write(given[part.name]) if isinstance(part, Place) else part for part in self._parameters
        )
        return self._sql, tuple(written)

    def _is_prepared(self, connection: BaseDatabaseWrapper) -> bool:
        if not self._places or not prepares(connection):
            return False
        held = connection.connection
        seen = self._readings.get(held, 0)
        if seen < PLAIN_READINGS:
            self._readings[held] = seen + 1
        elif seen == PLAIN_READINGS:
            self._prepare(connection)
            self._readings[held] = seen + 1
        return seen >= PLAIN_READINGS

    def _prepare(self, connection: BaseDatabaseWrapper) -> None:
        from psycopg2.extensions import AsIs  # not there where the portal runs on SQLite alone

        numbers = itertools.count(1)
        parameters = [
            AsIs(f"${next(numbers)}") if isinstance(part, Place) else part for part in self._parameters
        ]
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            text = cursor.mogrify(self._sql, parameters).decode()
            cursor.execute(f"PREPARE {self._name} AS {text}")


def prepares(connection: BaseDatabaseWrapper) -> bool:
    """Whether statements can be prepared: an open connection to PostgreSQL that is the portal's own.

    Behind a pooler the next transaction may meet another server process, which knows no such name.
    """
    is_shared = connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS", False)
    return connection.vendor == "postgresql" and not is_shared and connection.connection is not None
