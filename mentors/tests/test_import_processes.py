"""The command in processes of its own: killed at any moment, and several at once into one school."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from common.workbooks import Column, WorkbookWriter
from mentors.tests.books import START, STUDENT
from orgs.tests.factories import make_inn

pytestmark = pytest.mark.worker

ROWS = 2_000
MENTEES_OF_ONE = 4
PEOPLE = ROWS + ROWS // MENTEES_OF_ONE
INN = make_inn(1)
TABLES = tuple(
    f"mentors_{name}"
    for name in (
        *("pair", "participation", "person"),
        *("historicalpair", "historicalparticipation", "historicalperson"),
    )
)
NOTHING = (0,) * len(TABLES)


class Portal:
    """An empty portal with one school on a database that other processes share."""

    def __init__(self, url: str, folder: Path):
        self.url, self.folder = url, folder
        self.environment = {**os.environ, "DATABASE_URL": url, "DATA_DIR": str(folder / "data")}
        self.run("migrate", "--verbosity=0")
        self.run("load_reference")
        self.run("import_workbook", "organizations", organizations(folder))

    def start(self, *arguments) -> subprocess.Popen:
        """A command of the portal that runs."""
        command = [sys.executable, "manage.py", *map(str, arguments)]
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.environment, stdout=pipe, stderr=pipe, text=True
        )

    def run(self, *arguments) -> str:
        """What a command says when it has ended well."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, out + err
        return out

    def import_(self, path: Path) -> subprocess.Popen:
        """The import of a base of mentees that runs."""
        return self.start("import_workbook", "mentees", path, "--organization", INN, "--json")

    def connect(self):
        """A connection past Django, as the database itself sees its rows."""
        if self.url.startswith("sqlite"):
            return sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=60)
        return psycopg2.connect(self.url)

    def counts(self) -> tuple[int, ...]:
        """Rows of all tables that the import writes."""
        with closing(self.connect()) as database:
            rows = " UNION ALL ".join(f"SELECT {n}, count(*) FROM {t}" for n, t in enumerate(TABLES))
            cursor = database.cursor()
            cursor.execute(rows)
            return tuple(count for _number, count in sorted(cursor.fetchall()))

    def empty(self) -> None:
        """Takes everything away that an import has written."""
        with closing(self.connect()) as database:
            cursor = database.cursor()
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")
            database.commit()


def organizations(folder: Path) -> Path:
    """The list of organizations with the one school."""
    headings = ["ИНН", "Краткое наименование", "Тип", "Муниципалитет"]
    return book(folder / "organizations.xlsx", headings, [[INN, "СОШ № 1", "школа", "Приозёрск"]])


def book(path: Path, headings: list[str], rows: list[list]) -> Path:
    with WorkbookWriter(path, title=path.stem) as workbook:
        workbook.sheet("Лист", [Column(heading) for heading in headings], rows)
    return path


def word(number: int) -> str:
    """A surname of its own for every number."""
    return "Ма" + "".join("бвгджзклмн"[int(digit)] + "а" for digit in f"{number:05}")


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    """A base of mentees: each with a mentor, who has a few of them."""
    headings = [
        *("ФИО наставляемого", "Год рождения наставляемого", "Дата вхождения в программу"),
        *("ФИО наставника", "Форма наставничества"),
    ]
    rows = [
        [f"{word(n)} Пётр Ильич", 2009, START, f"{word(90_000 + n // MENTEES_OF_ONE)} Олег Львович", STUDENT]
        for n in range(ROWS)
    ]
    return book(tmp_path_factory.mktemp("base") / "mentees.xlsx", headings, rows)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def portal(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sqlite":
        yield Portal(f"sqlite:///{folder / 'portal.sqlite3'}", folder)
        return
    if connection.vendor != "postgresql":
        pytest.skip("this leg has no PostgreSQL")
    known = connection.settings_dict
    server = f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT'] or 5432}"
    name = f"{known['NAME']}_killed"
    with closing(psycopg2.connect(f"{server}/postgres")) as database:
        database.autocommit = True
        cursor = database.cursor()
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
        yield Portal(f"{server}/{name}", folder)
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def everything(portal, base) -> tuple[int, ...]:
    """What an undisturbed import writes; the portal is empty again afterwards."""
    portal.empty()
    assert portal.import_(base).wait(timeout=300) == 0
    counts = portal.counts()
    portal.empty()
    return counts


def kill_often(portal, base, everything, *, times: int) -> None:
    dice = random.Random(2026)
    started = time.monotonic()
    assert portal.import_(base).wait(timeout=300) == 0
    whole = time.monotonic() - started
    portal.empty()
    for _ in range(times):
        process = portal.import_(base)
        # The start of the process takes half of the time and writes nothing.
        time.sleep(dice.uniform(0.4, 1.1) * whole)
        process.kill()
        process.communicate()
        assert portal.counts() in (NOTHING, everything)
    portal.run("import_workbook", "mentees", base, "--organization", INN)
    assert portal.counts() == everything


def test_an_import_killed_at_any_moment_leaves_nothing_or_all_and_its_repeat_finishes_it(
    portal, base, everything
):
    assert everything[:3] == (ROWS, PEOPLE, PEOPLE)
    kill_often(portal, base, everything, times=5)


@pytest.mark.long
def test_a_hundred_kills_of_an_import_lose_and_double_nothing(portal, base, everything):
    kill_often(portal, base, everything, times=100)


def test_several_imports_of_one_file_at_once_write_it_once(portal, base, everything):
    processes = [portal.import_(base) for _ in range(3)]
    documents = [json.loads(process.communicate(timeout=300)[0]) for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted((each["added"], each["unchanged"]) for each in documents) == [
        (0, ROWS),
        (0, ROWS),
        (ROWS, 0),
    ]
    assert portal.counts() == everything
