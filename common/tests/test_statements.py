"""Statements: compiled once, read with other values, the same rows as the plain queryset."""

import datetime
import threading

import pytest
from django.db import connection
from django.db.models import BigAutoField, CharField, DateField, F

from common.statements import Among, Given, Kept, Statement
from orgs.models import Membership, Organization
from orgs.tests.factories import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db


def names_of(keys) -> list[str]:
    statement = Statement(Organization.objects.filter(Among(F("pk"), "keys")).order_by("pk"))
    return [row.short_name for row in statement.read(keys=keys)]


def test_one_statement_answers_for_other_values_each_time():
    first, second = OrganizationFactory(short_name="СОШ № 1"), OrganizationFactory(short_name="СОШ № 2")
    statement = Statement(Organization.objects.filter(pk=Given("pk", BigAutoField())))

    assert statement.read(pk=first.pk) == [first]
    assert statement.read(pk=second.pk) == [second]
    assert statement.read(pk=0) == []


def test_a_list_of_any_length_is_one_value():
    schools = OrganizationFactory.create_batch(3)

    assert names_of([school.pk for school in schools]) == [school.short_name for school in schools]
    assert names_of({schools[1].pk: "keys of a mapping too"}) == [schools[1].short_name]
    assert names_of([]) == []


def test_days_are_written_as_the_database_keeps_them_and_come_back_as_days():
    day = datetime.date(2025, 9, 1)
    MembershipFactory(
        organization=OrganizationFactory(), started_on=day, ended_on=day + datetime.timedelta(days=30)
    )
    began = Statement(
        Membership.objects.filter(started_on__lte=Given("day", DateField())).values_list("started_on")
    )

    assert began.read(day=day) == [(day,)]
    assert began.read(day=day - datetime.timedelta(days=1)) == []


def test_related_rows_come_with_the_statement(django_assert_num_queries):
    membership = MembershipFactory(role="curator", organization=OrganizationFactory(short_name="Лицей"))
    statement = Statement(
        Membership.objects.filter(role=Given("role", CharField())).select_related("organization")
    )

    with django_assert_num_queries(1):
        (found,) = statement.read(role="curator")
        assert (found, found.organization.short_name) == (membership, "Лицей")


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(KeyError, match="pk"):
        Statement(Organization.objects.filter(pk=Given("pk", BigAutoField()))).read()


@pytest.mark.django_db(transaction=True)
def test_a_statement_compiled_in_one_thread_is_read_in_another_by_its_own_connection():
    school = OrganizationFactory()
    statement = Statement(Organization.objects.filter(pk=Given("pk", BigAutoField())))
    assert statement.read(pk=school.pk) == [school]
    found, used = [], []

    def read():
        found.extend(statement.read(pk=school.pk))
        used.append(connection.connection)
        connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()

    assert found == [school]
    assert used != [connection.connection]


def test_a_condition_that_nothing_can_meet_finds_nothing():
    OrganizationFactory()

    assert (
        Statement(Organization.objects.filter(pk__in=[], inn=Given("inn", CharField()))).read(inn="1") == []
    )


class TestKept:
    """What was made is not made again, and the least wanted goes first."""

    def test_given_a_known_key_then_nothing_is_made_again(self):
        kept, made = Kept(most=2), []

        for key in ("a", "b", "a"):
            kept.get(key, lambda key=key: made.append(key) or key)

        assert made == ["a", "b"]

    def test_given_too_many_then_what_was_asked_for_longest_ago_goes(self):
        kept, made = Kept(most=2), []

        for key in ("a", "b", "a", "c", "a", "b"):
            kept.get(key, lambda key=key: made.append(key) or key)

        assert made == ["a", "b", "c", "b"]
