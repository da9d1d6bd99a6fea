"""Statements that a connection to PostgreSQL reads again and again are prepared there."""

import datetime

import pytest
from django.db import DataError, connection
from django.db.models import BigAutoField, DateField, F, IntegerField, Value
from django.test.utils import CaptureQueriesContext

from common.prepared import PLAIN_READINGS
from common.statements import Among, Given, Statement
from orgs.models import Membership, Organization
from orgs.tests.factories import MembershipFactory, OrganizationFactory

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite prepares statements by itself"),
]


def by_pk() -> Statement:
    return Statement(Organization.objects.filter(pk=Given("pk", BigAutoField())))


def sent(statement: Statement, **given) -> str:
    with CaptureQueriesContext(connection) as queries:
        statement.read(**given)
    return queries[0]["sql"].split()[0]


def test_a_statement_read_often_is_answered_by_its_name():
    school = OrganizationFactory()
    statement = by_pk()

    words = [sent(statement, pk=school.pk) for _reading in range(PLAIN_READINGS + 2)]

    assert words == ["SELECT"] * PLAIN_READINGS + ["EXECUTE"] * 2


def test_by_its_name_it_answers_for_other_values_too():
    first, second = OrganizationFactory(short_name="СОШ № 1"), OrganizationFactory(short_name="Лицей")
    statement = Statement(
        Organization.objects.filter(Among(F("pk"), "keys"))
        .annotate(share=Value(5, output_field=IntegerField()))
        .exclude(short_name__contains="100%")
        .order_by("pk")
    )

    for keys in ([first.pk], [second.pk], [], [first.pk, second.pk], [second.pk], []):
        assert [row.pk for row in statement.read(keys=keys)] == keys
    assert statement.read(keys=[first.pk])[0].share == 5


def test_days_and_empty_values_are_written_as_in_the_text():
    day = datetime.date(2025, 9, 1)
    MembershipFactory(organization=OrganizationFactory(), started_on=day)
    statement = Statement(
        Membership.objects.filter(started_on__lte=Given("day", DateField())).values_list("started_on")
    )

    for _reading in range(PLAIN_READINGS + 1):
        assert statement.read(day=day) == [(day,)]
    assert statement.read(day=day - datetime.timedelta(days=1)) == []
    assert statement.read(day=None) == []


def test_given_shared_connections_then_nothing_is_left_on_them(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    school = OrganizationFactory()
    statement = by_pk()

    assert {sent(statement, pk=school.pk) for _reading in range(PLAIN_READINGS + 2)} == {"SELECT"}


def test_an_error_of_the_server_is_an_error_of_django():
    statement = Statement(Organization.objects.filter(pk=Given("pk", IntegerField())))
    for _reading in range(PLAIN_READINGS + 1):
        statement.read(pk=1)

    with pytest.raises(DataError):
        statement.read(pk=10**40)


@pytest.mark.django_db(transaction=True)
def test_given_a_new_connection_then_the_statement_is_read_plainly_again():
    school = OrganizationFactory()
    statement = by_pk()
    for _reading in range(PLAIN_READINGS + 1):
        statement.read(pk=school.pk)

    connection.close()

    assert statement.read(pk=school.pk) == [school]
    assert sent(statement, pk=school.pk) == "SELECT"
