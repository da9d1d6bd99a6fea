"""Set-based writes for imports: reserved keys, COPY or executemany, one-statement updates and history.

Plain ``bulk_create`` and ``update`` leave no history and build a model object per row; an import of
10,000 rows needs neither. Values must have been validated before; the database's own constraints hold.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Iterable, Sequence

from django.db import connections, models, router
from django.utils import timezone

from common.plain import plain as _plain
from common.traces import running_trace

CREATED, CHANGED, REMOVED = "+", "~", "-"


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Keys for ``count`` new rows; call inside the transaction that inserts them."""
    if not count:
        return []
    connection = _connection(model)
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return list(range(first, first + count))


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Inserts rows given as tuples in the order of ``fields``; other columns get the model's defaults."""
    rows = list(rows)
    if not rows:
        return
    connection = _connection(model)
    meta = model._meta
    given = [meta.get_field(name).column for name in fields]
    constants = {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in meta.concrete_fields
        if field.column not in given and field is not meta.pk
    }
    columns = [*given, *constants]
    tail = tuple(constants.values())
    quote = connection.ops.quote_name
    table = quote(meta.db_table)
    names = ", ".join(map(quote, columns))
    if (trace := running_trace()) is not None and "id" in fields:
        place = list(fields).index("id")
        trace.inserted(model, [row[place] for row in rows])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            stream = io.StringIO()
            csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(
                (*row, *tail) for row in rows
            )
            stream.seek(0)
            # The writer says None and "" alike; only columns without text can be empty here.
            nullable = ", ".join(
                quote(field.column)
                for field in meta.concrete_fields
                if field.null and field.column in columns
            )
            options = f"FORMAT csv, FORCE_NULL ({nullable})" if nullable else "FORMAT csv"
            # The raw cursor is below Django, which would turn the driver's errors into its own.
            with connection.wrap_database_errors:
                cursor.cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH ({options})", stream)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",
                [tuple(map(_plain, row)) + tail for row in rows],
            )


def update_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Updates rows given as tuples ``(key, *values in the order of fields)`` by one statement."""
    rows = list(rows)
    if not rows:
        return
    if (trace := running_trace()) is not None:
        trace.before_update(model, fields, [row[0] for row in rows])
    connection = _connection(model)
    meta = model._meta
    quote = connection.ops.quote_name
    table, key = quote(meta.db_table), quote(meta.pk.column)
    columns = [meta.get_field(name) for name in fields]
    payload = json.dumps([[_plain(value) for value in row] for row in rows], ensure_ascii=False)
    if connection.vendor == "postgresql":
        picked = [
            f"(v.item->>{index})::{_postgres_type(field, connection)}"
            for index, field in enumerate(columns, 1)
        ]
        source = "(SELECT item FROM jsonb_array_elements(%s::jsonb) AS item) AS v"
        match = "(v.item->>0)::bigint"
    else:
        picked = [f"json_extract(v.value, '$[{index}]')" for index in range(1, len(columns) + 1)]
        source = "json_each(%s) AS v"
        match = "json_extract(v.value, '$[0]')"
    assignments = ", ".join(
        f"{quote(field.column)} = {value}" for field, value in zip(columns, picked, strict=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {assignments} FROM {source} WHERE {table}.{key} = {match}", [payload]
        )


def write_history(
    model: type[models.Model],
    ids: Iterable[int],
    *,
    kind: str,
    user=None,
    reason: str = "",
    at: datetime.datetime | None = None,
) -> None:
    """Copies the rows as they now stand into the model's history by one statement.

    ``kind`` is ``CREATED``, ``CHANGED`` or, before the rows go, ``REMOVED``; ``reason`` names
    the file the change came from.
    """
    ids = list(ids)
    if not ids:
        return
    connection = _connection(model)
    quote = connection.ops.quote_name
    historical = model.history.model
    tracked = {field.attname for field in historical._meta.concrete_fields}
    columns = [field.column for field in model._meta.concrete_fields if field.attname in tracked]
    names = ", ".join(quote(column) for column in columns)
    extra = {
        "history_date": at or timezone.now(),
        "history_change_reason": reason,
        "history_type": kind,
        "history_user_id": getattr(user, "pk", None),
    }
    if connection.vendor == "postgresql":
        chosen, keys = "= ANY(%s)", ids
    else:
        chosen, keys = "IN (SELECT value FROM json_each(%s))", json.dumps(ids)
    # Without a cast PostgreSQL takes a parameter in a SELECT list for text.
    kinds = (
        {"history_date": "timestamptz", "history_user_id": "bigint"}
        if connection.vendor == "postgresql"
        else {}
    )
    values = ", ".join(f"CAST(%s AS {kinds[name]})" if name in kinds else "%s" for name in extra)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(historical._meta.db_table)} ({names}, {', '.join(map(quote, extra))}) "
            f"SELECT {names}, {values} FROM {quote(model._meta.db_table)} "
            f"WHERE {quote(model._meta.pk.column)} {chosen}",
            [*(_stamp(value, connection) for value in extra.values()), keys],
        )


def _connection(model):
    return connections[router.db_for_write(model)]


def _postgres_type(field: models.Field, connection) -> str:
    target = field.target_field if field.is_relation else field
    return target.rel_db_type(connection) if field.is_relation else target.db_type(connection)


def _stamp(value, connection):
    if isinstance(value, datetime.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
