"""Rows that come out of the database without passing ``__init__`` are the same rows."""

import pytest
from django.apps import apps
from django.db.models import Model
from django.db.models.signals import post_init, pre_init

from common.models import ReadStraight
from orgs.models import Organization
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


def fields_of(row) -> dict:
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_a_row_holds_what_djangos_own_reading_gives(monkeypatch):
    school = OrganizationFactory(short_name="СОШ № 1")
    ours = Organization.objects.get(pk=school.pk)
    monkeypatch.setattr(Organization, "from_db", classmethod(Model.from_db.__func__))

    django_row = Organization.objects.get(pk=school.pk)

    assert fields_of(ours) == fields_of(django_row)
    assert (ours._state.adding, ours._state.db) == (False, django_row._state.db)


def test_a_column_left_out_is_read_when_it_is_asked_for(django_assert_num_queries):
    school = OrganizationFactory(short_name="СОШ № 1", head_name="Орлова Е. В.")
    row = Organization.objects.only("short_name").get(pk=school.pk)

    assert row.get_deferred_fields() >= {"head_name", "district_id"}
    with django_assert_num_queries(1):
        assert row.head_name == "Орлова Е. В."


def test_a_row_that_was_read_is_saved_as_ever():
    row = Organization.objects.get(pk=OrganizationFactory(short_name="СОШ № 1").pk)
    row.short_name = "Лицей"
    row.save()

    assert Organization.objects.get().short_name == "Лицей"


def test_related_rows_come_with_it(django_assert_num_queries):
    school = OrganizationFactory()
    row = Organization.objects.select_related("municipality", "district").get(pk=school.pk)

    with django_assert_num_queries(0):
        assert (row.municipality, row.district) == (school.municipality, school.district)


def test_nobody_waits_for_the_signal_that_is_not_sent():
    straight = [model for model in apps.get_models() if issubclass(model, ReadStraight)]

    assert Organization in straight
    assert not [
        model for model in straight if pre_init.has_listeners(model) or post_init.has_listeners(model)
    ]
