"""The least that the database has to do for the rows: COPY into a staging table and INSERT … SELECT.

No reading of a workbook, no checks, no look-ups of people who are already there; but the same tables,
indexes, constraints and history as the import fills.
"""

from __future__ import annotations

import csv
import io

from django.db import connection
from django.db.models import BooleanField

from common.spelling import name_key
from mentors.models import MentoringForm, Pair, Participation, Person
from mentorship_portal.benchmarks.import_sample import SampleRow

STAGING = (
    "CREATE TEMPORARY TABLE staging (n integer, last text, first text, middle text, name_key text,"
    " birth integer, contact text, request text, started date, mentor_last text, mentor_first text,"
    " mentor_middle text, mentor_key text, workplace text)"
)
COLUMNS = 14


def copy_floor(organization, rows: list[SampleRow]) -> None:
    """Writes the rows' people, participations, pairs and history; the caller takes it back."""
    with connection.cursor() as cursor:
        cursor.execute(STAGING)
        _fill(cursor, rows)
        quote = connection.ops.quote_name
        person, participation = (quote(model._meta.db_table) for model in (Person, Participation))
        people = (
            "SELECT last, first, middle, name_key, birth, contact FROM staging UNION ALL "
            "SELECT mentor_last, mentor_first, mentor_middle, mentor_key, CAST(NULL AS integer), '' "
            "FROM staging GROUP BY 1, 2, 3, 4"
        )
        cursor.execute(
            f"INSERT INTO {person} (last_name, first_name, patronymic, name_key, birth_year, contact) "
            f"{people}"
        )
        _insert(
            cursor,
            Participation,
            f"FROM {person} AS p",
            person_id="p.id",
            organization_id=str(organization.pk),
            role="CASE WHEN p.birth_year IS NULL THEN 'mentor' ELSE 'mentee' END",
            workplace="CASE WHEN p.birth_year IS NULL THEN 'МБОУ «СОШ № 1»' ELSE '' END",
        )
        form = MentoringForm.objects.get(code="student_pupil").pk
        _insert(
            cursor,
            Pair,
            f"FROM staging AS s JOIN {person} AS a ON a.name_key = s.name_key AND a.birth_year = s.birth "
            f"JOIN {participation} AS pa ON pa.person_id = a.id "
            f"JOIN {person} AS b ON b.name_key = s.mentor_key AND b.birth_year IS NULL "
            f"JOIN {participation} AS pb ON pb.person_id = b.id",
            organization_id=str(organization.pk),
            mentee_id="pa.id",
            mentor_id="pb.id",
            form_id=str(form),
            started_on="s.started",
            request="s.request",
            mentor_population="'student'",
            mentee_population="'pupil'",
        )
        for model in (Person, Participation, Pair):
            _history(cursor, model)
        cursor.execute("DROP TABLE staging")


def _fill(cursor, rows: list[SampleRow]) -> None:
    values = [
        (
            row.number,
            *row.mentee.split(" "),
            name_key(row.mentee),
            row.birth_year,
            row.contact,
            row.request,
            row.started_on.isoformat(),
            *row.mentor.split(" "),
            name_key(row.mentor),
            row.workplace,
        )
        for row in rows
    ]
    if connection.vendor == "postgresql":
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(values)
        stream.seek(0)
        cursor.cursor.copy_expert("COPY staging FROM STDIN WITH (FORMAT csv)", stream)
    else:
        marks = ", ".join(["%s"] * COLUMNS)
        cursor.executemany(f"INSERT INTO staging VALUES ({marks})", values)


def _insert(cursor, model, source: str, **given: str) -> None:
    """INSERT … SELECT with the given expressions; columns that are not given become empty or false."""
    columns = dict(given)
    for field in model._meta.concrete_fields:
        if field.column not in columns and not field.null and not field.primary_key:
            columns[field.column] = "FALSE" if isinstance(field, BooleanField) else "''"
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    cursor.execute(
        f"INSERT INTO {quote(model._meta.db_table)} ({names}) SELECT {', '.join(columns.values())} {source}"
    )


def _history(cursor, model) -> None:
    quote = connection.ops.quote_name
    historical = model.history.model._meta
    tracked = {field.attname for field in historical.concrete_fields}
    columns = [field.column for field in model._meta.concrete_fields if field.attname in tracked]
    names = ", ".join(map(quote, columns))
    cursor.execute(
        f"INSERT INTO {quote(historical.db_table)} "
        f"({names}, history_date, history_change_reason, history_type) "
        f"SELECT {names}, CURRENT_TIMESTAMP, 'floor', '+' FROM {quote(model._meta.db_table)}"
    )
