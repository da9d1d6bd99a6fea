"""Keeps two imports of the same kind apart, so that the second sees what the first has written."""

from __future__ import annotations

import zlib

from django.db import connection

# Our own half of the key space of PostgreSQL's advisory locks.
_NAMESPACE = 0x494D50


def hold(name: str) -> None:
    """Waits for and takes the lock of that name until the end of the transaction.

    On SQLite the transaction itself keeps other writers out.
    """
    if connection.vendor != "postgresql":
        return
    number = zlib.crc32(name.encode()) - 2**31
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_NAMESPACE, number])
