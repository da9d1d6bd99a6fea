"""The Russian order of names, the same on both databases."""

from __future__ import annotations

from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate

# PostgreSQL brings this ICU collation; for SQLite common.sqlite registers one of the same name.
RUSSIAN = "ru-x-icu"
# The same with numbers by their size, «СОШ № 2» before «СОШ № 10»; orgs makes it on PostgreSQL.
NATURAL = "ru_natural"


def in_russian_order(field: str) -> OrderBy:
    """For ``order_by``: the field in the Russian order; a leading ``-`` turns it round."""
    return OrderBy(Collate(field.removeprefix("-"), RUSSIAN), descending=field.startswith("-"))
