"""A made-up region for measurements, written by the database itself in a few statements.

Rows follow from their number by arithmetic, so every run of one size measures the same data. The
statements run on PostgreSQL and on SQLite.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import NOT_PROVIDED, CharField, JSONField, TextField

import monitoring

YEARS = (2018, 2019, 2020, 2021, 2022)
YEAR = YEARS[-1]


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is; mentors, mentees, pairs and answers are spread evenly over organizations."""

    organizations: int
    mentors: int
    mentees: int
    answers: int
    municipalities: int = 1

    @property
    def pairs(self) -> int:
        """One pair of each mentee in each of the five years."""
        return self.mentees * len(YEARS)


SIZES = {
    "city": Size(organizations=200, mentors=1_500, mentees=6_000, answers=12_000),
    "region": Size(organizations=1_000, mentors=40_000, mentees=200_000, answers=2_000_000, municipalities=5),
}


def seed(size: Size) -> None:
    """Fills an empty, migrated database with a region of the size."""
    _trust_rows()
    _dictionaries()
    _insert("orgs.Municipality", size.municipalities, name="'Муниципалитет ' || i")
    _insert(
        "orgs.Organization",
        size.organizations,
        inn="CAST(5400000000 + i AS varchar)",
        short_name="'Школа № ' || i",
        type_id="1",
        municipality_id=f"1 + (i % {size.municipalities})",
        mentoring_page="CASE WHEN i % 3 = 0 THEN '' ELSE 'https://example.org/' END",
    )
    _headcounts(size)
    _people(size)
    _pairs(size)
    _programs(size)
    _answers(size)
    _refresh_statistics()


def _trust_rows() -> None:
    """Spares the check of every foreign key in this session: half the time of seeding a region."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        if cursor.fetchone()[0]:
            cursor.execute("SET session_replication_role = replica")


def _dictionaries() -> None:
    _insert("orgs.OrganizationType", 1, code="'school'", title="'школа'")
    forms = (("pupil_pupil", "pupil", "pupil"), ("teacher_teacher", "teacher", "teacher"))
    model = apps.get_model("mentors.MentoringForm")
    for code, mentor, mentee in forms:
        model.objects.create(code=code, title=code, mentor_population=mentor, mentee_population=mentee)
    apps.get_model("mentors.MentoringKind").objects.create(code="reverse", title="реверсивное")
    path = Path(monitoring.__file__).parent / "reference" / "indicators.json"
    indicator = apps.get_model("monitoring.Indicator")
    for row in json.loads(path.read_text(encoding="utf-8")):
        indicator.objects.create(**row)


def _headcounts(size: Size) -> None:
    per_year = size.organizations
    _insert(
        "orgs.Headcount",
        per_year * len(YEARS),
        organization_id=f"1 + (i % {per_year})",
        on_date=_day(f"{YEARS[0]} + (i - 1) / {per_year}", "09-20"),
        pupils_total="600 + i % 400",
        pupils_10_18="300 + i % 300",
        pupils_15_18="100 + i % 100",
        teachers="30 + i % 40",
        young_specialists="i % 9",
        where="i % 17 <> 0",
    )


def _people(size: Size) -> None:
    """Mentors first, then mentees; four fifths of each are pupils, every third has a full date of birth."""
    total = size.mentors + size.mentees
    pupil = "i % 5 <> 0"
    year = f"CASE WHEN {pupil} THEN {YEAR} - 8 - i % 12 ELSE 1960 + i % 40 END"
    _insert(
        "mentors.Person",
        total,
        last_name="'Фамилия' || i",
        first_name="'Имя'",
        name_key="'фамилия' || i || ' имя'",
        birth_year=year,
        birth_date=f"CASE WHEN i % 3 = 0 THEN {_day(year, '06-15')} END",
    )
    mentor = f"i <= {size.mentors}"
    _insert(
        "mentors.Participation",
        total,
        person_id="i",
        organization_id=f"1 + i % {size.organizations}",
        role=f"CASE WHEN {mentor} THEN 'mentor' ELSE 'mentee' END",
        started_on=_day(str(YEARS[0]), "09-01"),
        experience_years="CASE WHEN i % 5 = 0 THEN i % 11 END",
    )


def _pairs(size: Size) -> None:
    """Each mentee has one pair a year with a mentor of the same school; the last year's are open."""
    mentee = f"{size.mentors} + 1 + (i - 1) % {size.mentees}"
    year = f"{YEARS[0]} + (i - 1) / {size.mentees}"
    per_school = size.mentors // size.organizations
    # The mentor's number has the mentee's remainder by organizations, that is the same school; mentors
    # of a school take turns over its pairs.
    school = f"(({mentee}) % {size.organizations})"
    mentor = f"CASE WHEN {school} = 0 THEN {size.organizations} ELSE {school} END + {size.organizations} * "
    mentor += f"((i / {size.organizations} + i / {size.mentees}) % {per_school})"
    pupil = f"({mentee}) % 5 <> 0"
    side = f"CASE WHEN {pupil} THEN 'pupil' ELSE 'teacher' END"
    _insert(
        "mentors.Pair",
        size.pairs,
        organization_id=f"1 + {school}",
        mentor_id=mentor,
        mentee_id=mentee,
        form_id=f"CASE WHEN {pupil} THEN 1 ELSE 2 END",
        kind_id="CASE WHEN i % 997 = 0 THEN 1 END",
        mentor_population=side,
        mentee_population=side,
        started_on=_day(year, "09-01"),
        ended_on=f"CASE WHEN {year} < {YEAR} THEN {_day(f'{year} + 1', '05-25')} END",
    )


def _programs(size: Size) -> None:
    """Every tenth pair has a personal programme."""
    _insert(
        "mentors.Program",
        size.pairs // 10,
        organization_id=f"1 + ({size.mentors} + 1 + (i * 10 - 1) % {size.mentees}) % {size.organizations}",
        pair_id="i * 10",
        title="'Программа'",
        status="CASE WHEN i % 4 = 0 THEN 'draft' ELSE 'running' END",
    )


def _answers(size: Size) -> None:
    year = f"{YEARS[0]} + i % {len(YEARS)}"
    _insert(
        "surveys.Answer",
        size.answers,
        organization_id=f"1 + (i / {len(YEARS)}) % {size.organizations}",
        respondent="CASE WHEN i % 3 = 0 THEN 'mentor' ELSE 'mentee' END",
        form_id="1",
        wave="CASE WHEN i % 4 = 0 THEN 1 ELSE 2 END",
        answered_on=_day(year, "05-20"),
        year=year,
        joint_work="1 + i % 10",
        result="1 + (i / 10) % 10",
        enjoyed="i % 6 <> 0",
    )


def _day(year: str, month_and_day: str) -> str:
    return f"CAST(CAST({year} AS varchar) || '-{month_and_day}' AS {_date_type()})"


def _date_type() -> str:
    # SQLite keeps dates as text.
    return "date" if connection.vendor == "postgresql" else "varchar"


def _insert(label: str, rows: int, *, where: str = "", **expressions: str) -> None:
    """Inserts rows 1 to ``rows`` of a model; columns that are not given take the model's defaults."""
    model = apps.get_model(label)
    columns, selected, parameters = [], [], []
    for column in model._meta.concrete_fields:
        columns.append(connection.ops.quote_name(column.column))
        expression = "i" if column.primary_key else expressions.pop(column.column, None)
        if expression is None:
            selected.append("%s")
            parameters.append(_default(column))
        else:
            selected.append(expression.replace("%", "%%"))
    if expressions:
        raise ValueError(f"{label} has no columns {', '.join(sorted(expressions))}")
    table = connection.ops.quote_name(model._meta.db_table)
    condition = f" WHERE {where.replace('%', '%%')}" if where else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < {rows}) "
            f"INSERT INTO {table} ({', '.join(columns)}) "
            f"SELECT {', '.join(selected)} FROM series{condition}",
            parameters,
        )
        for statement in connection.ops.sequence_reset_sql(no_style(), [model]):
            cursor.execute(statement)


def _default(column):
    if column.default is not NOT_PROVIDED:
        value = column.get_default()
        return json.dumps(value) if isinstance(column, JSONField) else value
    if column.null:
        return None
    if isinstance(column, CharField | TextField):
        return ""
    raise ValueError(f"{column} needs a value")


def _refresh_statistics() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
