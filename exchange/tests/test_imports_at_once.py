"""Two people load the same workbook at the same moment."""

import datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from orgs.models import Headcount
from orgs.tests.factories import OrganizationFactory
from orgs.tests.loading import figures, load, workbook


@pytest.mark.django_db(transaction=True)
def test_one_waits_and_then_finds_everything_there(tmp_path):
    school = OrganizationFactory()
    rows = [[school.inn, datetime.date(2000 + year, 9, 20), 100 + year] for year in range(20)]
    path = workbook(tmp_path / "n.xlsx", ["ИНН", "На дату", "Обучающихся всего"], *rows)
    start, results, failures = Barrier(2), [], []

    def import_it():
        try:
            start.wait()
            results.append(figures(load(path, "headcounts")))
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=import_it) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert sorted(results) == [(0, 0, 20, 0), (20, 0, 0, 0)]
    assert Headcount.objects.count() == 20
    assert Headcount.history.count() == 20
