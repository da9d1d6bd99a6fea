"""Trigram indexes of PostgreSQL for the search by any part of a word (see common.search)."""

from django.db import migrations

INDEXES = {
    # Over an expression and not the column: a look-up of many equal keys must not take this index.
    "person_name_parts": "mentors_person USING gin ((name_key || '') gin_trgm_ops)",
    "program_title_parts": (
        "mentors_program USING gin "
        "(replace(lower(title COLLATE \"ru-x-icu\"), 'ё', 'е') gin_trgm_ops)"
    ),
}


def make(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name, place in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {place}")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("mentors", "0005_bulk_changes")]

    operations = [migrations.RunPython(make, drop)]
