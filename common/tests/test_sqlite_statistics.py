"""SQLite chooses indexes by what the tables hold, as soon as it has been told."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from common.sqlite import refresh_statistics

pytestmark = pytest.mark.django_db


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps statistics itself")
def test_statistics_know_how_many_rows_a_table_holds():
    refresh_statistics()
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = %s", [ContentType._meta.db_table])
        counted = {int(row[0].split()[0]) for row in cursor.fetchall()}
    assert counted == {ContentType.objects.count()}


@pytest.mark.skipif(connection.vendor == "sqlite", reason="said of the other databases")
def test_other_databases_are_left_alone(django_assert_num_queries):
    with django_assert_num_queries(0):
        refresh_statistics()
