"""Statements put together once: a queryset that is compiled once and read many times with other values.

To put a wide query together anew costs Django more time than the database needs to answer it. A statement
is read by Django's own code in every other respect: models or values, related rows, converters.
"""

from __future__ import annotations

import copy
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import partial
from threading import Lock
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, Expression, Field, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from common.prepared import Place, Preparable

Made = TypeVar("Made")


class Given(Expression):
    """The place of a value inside the queryset of a :class:`Statement`; ``field`` says how it is written."""

    def __init__(self, name: str, field: Field):
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", (Place(self.name, partial(self._written, connection)),)

    def _written(self, connection, value: Any) -> Any:
        return self.output_field.get_db_prep_value(value, connection)


class Among(Func):
    """The condition that an expression is one of the keys of a list given: ``among(F("pk"), "keys")``."""

    output_field = BooleanField()

    def __init__(self, expression, name: str):
        super().__init__(expression)
        self.name = name

    def as_sql(self, compiler, connection, **extra):
        raise NotImplementedError(f"{connection.vendor} has no list of values as one parameter here")

    def as_postgresql(self, compiler, connection, **extra):
        return self._compared(compiler, "{} = ANY(%s)", list)

    def as_sqlite(self, compiler, connection, **extra):
        return self._compared(compiler, "{} IN (SELECT value FROM json_each(%s))", _as_json)

    def _compared(self, compiler, template: str, write: Callable):
        sql, parameters = compiler.compile(self.source_expressions[0])
        return template.format(sql), (*parameters, Place(self.name, write))


class Statement:
    """A queryset with places of values (:class:`Given`, :class:`Among`), compiled at the first reading.

    What the queryset holds besides, a day for example, stays in it: whoever keeps a statement keeps it no
    longer than that holds.
    """

    def __init__(self, rows: QuerySet):
        self._rows = rows
        self._compiled: dict[str, tuple[SQLCompiler, Preparable]] = {}

    def read(self, **given: Any) -> list:
        """The rows for the values; every place has to be given."""
        rows = self._rows.all()
        rows.query.get_compiler = partial(self._bound, given)
        try:
            return list(rows)
        except EmptyResultSet:
            # Django knows of some conditions, «in no place» for example, that no row can meet them.
            return []

    def _bound(self, given: dict[str, Any], using: str, **_options):
        compiled, statement = self._known(using)
        # The compiler tells Django's iterables what stands in which column; connections belong to threads.
        compiler = copy.copy(compiled)
        compiler.connection = connections[using]
        bound = statement.bound(compiler.connection, given)
        compiler.as_sql = lambda: bound
        return compiler

    def _known(self, using: str) -> tuple[SQLCompiler, Preparable]:
        if using not in self._compiled:
            compiler = self._rows.all().query.get_compiler(using)
            self._compiled[using] = compiler, Preparable(*compiler.as_sql())
        return self._compiled[using]


class Kept(Generic[Made]):
    """What was put together before, by everything that it was put together from; at most ``most`` of them.

    Whatever was asked for longest ago goes first. Processes keep their own.
    """

    def __init__(self, most: int):
        self._most = most
        self._known: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What stands under the key, made if it is not there yet."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        made = make()
        with self._lock:
            self._known[key] = made
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return made


def _as_json(keys) -> str:
    return json.dumps(list(keys))
