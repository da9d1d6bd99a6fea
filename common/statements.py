"""Statements put together once: a queryset that is compiled once and read many times with other values.

To put a wide query together anew costs Django more time than the database needs to answer it. A statement
is read by Django's own code in every other respect: models or values, related rows, converters.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Expression, Field, Func, QuerySet


class Given(Expression):
    """The place of a value inside the queryset of a :class:`Statement`; ``field`` says how it is written."""

    def __init__(self, name: str, field: Field):
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", (_Place(self.name, partial(self._written, connection)),)

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
        return template.format(sql), (*parameters, _Place(self.name, write))


class Statement:
    """A queryset with places of values (:class:`Given`, :class:`Among`), compiled at the first reading.

    What the queryset holds besides, a day for example, stays in it: whoever keeps a statement keeps it no
    longer than that holds.
    """

    def __init__(self, rows: QuerySet):
        self._rows = rows
        self._compiled: dict[str, tuple] = {}

    def read(self, **given: Any) -> list:
        """The rows for the values; every place has to be given."""
        rows = self._rows.all()
        rows.query.get_compiler = partial(self._bound, given)
        return list(rows)

    def _bound(self, given: dict[str, Any], using: str, **_options):
        compiled, sql, parameters = self._known(using)
        # The compiler tells Django's iterables what stands in which column; connections belong to threads.
        compiler = copy.copy(compiled)
        compiler.connection = connections[using]
        values = tuple(
            part.write(given[part.name]) if isinstance(part, _Place) else part for part in parameters
        )
        compiler.as_sql = lambda: (sql, values)
        return compiler

    def _known(self, using: str) -> tuple:
        if using not in self._compiled:
            compiler = self._rows.all().query.get_compiler(using)
            self._compiled[using] = compiler, *compiler.as_sql()
        return self._compiled[using]


class _Place:
    """Among the parameters of a compiled statement: which value belongs here and how it is written."""

    __slots__ = ("name", "write")

    def __init__(self, name: str, write: Callable[[Any], Any]):
        self.name = name
        self.write = write


def _as_json(keys) -> str:
    return json.dumps(list(keys))
