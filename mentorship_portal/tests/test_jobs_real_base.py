"""A school's real base of 2,000 mentees, whose worker is killed again and again while it writes."""

from __future__ import annotations

import datetime
import json
import random
import time
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile

from exchange.enums import ImportStep, RunState
from exchange.models import ImportRun
from exchange.services import confirm_import, receive_import
from mentors.models import MentoringForm, Pair, Participation, Person
from mentors.tests.books import Mailbox, mentee
from mentorship_portal.tests.processes import wait_until
from orgs.scope import Scope

pytestmark = pytest.mark.worker

SURNAMES = [
    f"{root}{ending}" for root in ("Бел", "Орл", "Гус", "Юд", "Кузнец") for ending in ("ов", "овский")
]
FIRST = ["Артём", "Борис", "Виктор", "Глеб", "Денис", "Егор", "Захар", "Иван", "Кирилл", "Лев"]
PATRONYMICS = [f"{name}ович" for name in ("Антон", "Богдан", "Иван", "Мирон", "Павл", "Роман", "Степан")]
BIRTHS = (2009, 2010, 2011)
MENTOR = "Орлова Елена Викторовна"
ROWS = len(SURNAMES) * len(FIRST) * len(PATRONYMICS) * len(BIRTHS)
TABLES = (Person, Participation, Pair, Person.history.model, Participation.history.model, Pair.history.model)


@pytest.fixture
def base_file(bench, tmp_path):
    """The base of mentees as the school mails it."""
    forms = Path(django_settings.BASE_DIR, "mentors", "reference", "forms.json")
    for row in json.loads(forms.read_text(encoding="utf-8")):
        MentoringForm.objects.get_or_create(code=row["code"], defaults=row)
    start = datetime.date(2022, 9, 1)
    rows = [
        mentee(" ".join(name), MENTOR, birth=birth, start=start)
        for *name, birth in product(SURNAMES, FIRST, PATRONYMICS, BIRTHS)
    ]
    return Mailbox(tmp_path, bench.school).book("mentees", rows, name="База наставляемых.xlsx").read_bytes()


def written() -> tuple[int, ...]:
    return tuple(table.objects.count() for table in TABLES)


def kill_while_writing(bench, base_file, kills: int) -> None:
    """Checks and confirms the base, then kills its workers up to so often; at every death nothing or all."""
    dice = random.Random(2026)
    bench.start_worker()
    run = receive_import(
        bench.curator,
        Scope.for_user(bench.curator),
        kind="mentees",
        file=ContentFile(base_file),
        file_name="База наставляемых.xlsx",
        organization=bench.school,
    )
    bench.wait_for(run)
    assert (run.step, run.message) == (ImportStep.CONFIRM, "")
    assert (run.outcome["added"], run.outcome["refused"]) == (ROWS, 0)
    assert written() == (0,) * len(TABLES)
    bench.worker.kill()
    confirm_import(bench.curator, run, sha256=run.sha256)
    for attempt in range(1, kills + 1):
        bench.start_worker()
        wait_until(lambda attempt=attempt: _attempts(run) >= attempt or _is_done(run), "the next attempt")
        # The first one dies before it can have finished; the others anywhere between start and end.
        time.sleep(0 if attempt == 1 else dice.uniform(0, 1.5))
        bench.worker.kill()
        done = _is_done(run)
        assert not (done and attempt == 1)
        assert (written()[0] > 0) == done
        if done:
            break
        assert written() == (0,) * len(TABLES)
    bench.start_worker()
    bench.wait_for(run)
    assert run.step == ImportStep.DONE
    # Each mentee and the one mentor, in both roles' tables and in the history, exactly once.
    assert written()[:3] == (ROWS + 1, ROWS + 1, ROWS)
    assert written()[3] >= ROWS + 1


def test_real_base_is_written_wholly_or_not_at_all(bench, base_file):
    kill_while_writing(bench, base_file, kills=3)


@pytest.mark.long
def test_real_base_survives_a_hundred_kills(bench, base_file):
    kill_while_writing(bench, base_file, kills=100)


def _attempts(run) -> int:
    return ImportRun.objects.values_list("attempts", flat=True).get(pk=run.pk)


def _is_done(run) -> bool:
    return ImportRun.objects.filter(pk=run.pk, step=ImportStep.DONE, state=RunState.READY).exists()
