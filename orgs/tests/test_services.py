"""Writes of the orgs app: registration, roles by date, headcounts and documents."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.tests.factories import UserFactory
from orgs import services
from orgs.enums import Role
from orgs.models import Document, Headcount, Membership, Municipality, Organization
from orgs.tests.factories import (
    DistrictFactory,
    DocumentTypeFactory,
    MembershipFactory,
    OrganizationFactory,
    OrganizationTypeFactory,
    make_inn,
)

pytestmark = pytest.mark.django_db
SEPTEMBER = datetime.date(2026, 9, 5)


@pytest.fixture
def actor():
    return UserFactory()


def last_record(instance):
    """Type and user of the newest history record."""
    record = instance.history.first()
    return record.history_type, record.history_user


class TestRegistration:
    def test_municipality_comes_with_its_region_and_districts(self, actor):
        municipality = services.register_municipality(
            actor=actor, name="Заречье", region="Озёрская область", districts=["Северный", "Южный"]
        )
        assert municipality.region.name == "Озёрская область"
        assert set(municipality.districts.values_list("name", flat=True)) == {"Северный", "Южный"}
        assert last_record(municipality) == ("+", actor)

    def test_organization_is_registered_with_the_user_in_its_history(self, actor):
        district = DistrictFactory()
        organization = services.register_organization(
            actor=actor,
            inn=make_inn(700),
            short_name="СОШ № 1",
            type=OrganizationTypeFactory(),
            municipality=district.municipality,
            district=district,
        )
        assert last_record(organization) == ("+", actor)

    def test_mistyped_inn_is_refused(self, actor):
        with pytest.raises(ValidationError) as refusal:
            services.register_organization(
                actor=actor,
                inn="5400000017",
                short_name="СОШ № 1",
                type=OrganizationTypeFactory(),
                municipality=DistrictFactory().municipality,
            )
        assert set(refusal.value.message_dict) == {"inn"}
        assert not Organization.objects.exists()

    def test_district_of_another_municipality_is_refused(self, actor):
        with pytest.raises(ValidationError) as refusal:
            services.register_organization(
                actor=actor,
                inn=make_inn(701),
                short_name="СОШ № 1",
                type=OrganizationTypeFactory(),
                municipality=DistrictFactory().municipality,
                district=DistrictFactory(),
            )
        assert set(refusal.value.message_dict) == {"district"}

    def test_closing_an_organization_ends_its_open_roles(self, actor):
        school = OrganizationFactory()
        role = MembershipFactory(organization=school)
        elsewhere = MembershipFactory(organization=OrganizationFactory())
        services.close_organization(actor=actor, organization=school, on=SEPTEMBER)
        role.refresh_from_db()
        elsewhere.refresh_from_db()
        assert (school.status, school.closed_on, role.ended_on) == ("closed", SEPTEMBER, SEPTEMBER)
        assert elsewhere.ended_on is None


class TestRoles:
    def test_curator_is_appointed_by_an_order_and_named_on_the_organization(self, actor):
        school, user = OrganizationFactory(), UserFactory(full_name="Соколова Наталья Андреевна")
        membership = services.appoint(
            actor=actor, user=user, role=Role.CURATOR, organization=school, order="Приказ № 41-од"
        )
        school.refresh_from_db()
        assert (school.curator_name, school.curator_email) == (user.full_name, user.email)
        assert school.curator_order == membership.appointment_order == "Приказ № 41-од"
        assert last_record(membership) == ("+", actor)

    def test_curator_without_an_order_is_refused(self, actor):
        with pytest.raises(ValidationError) as refusal:
            services.appoint(
                actor=actor, user=UserFactory(), role=Role.CURATOR, organization=OrganizationFactory()
            )
        assert set(refusal.value.message_dict) == {"appointment_order"}
        assert not Membership.objects.exists()

    def test_same_role_at_the_same_place_is_given_once(self, actor):
        school, user = OrganizationFactory(), UserFactory()
        services.appoint(actor=actor, user=user, role=Role.HEAD, organization=school)
        with pytest.raises(ValidationError):
            services.appoint(actor=actor, user=user, role=Role.HEAD, organization=school)

    def test_role_above_the_school_needs_a_place_above_the_school(self, actor):
        with pytest.raises(ValidationError):
            services.appoint(
                actor=actor, user=UserFactory(), role=Role.METHODOLOGIST, organization=OrganizationFactory()
            )

    def test_dismissed_role_stays_in_the_past_and_ends_once(self, actor):
        membership = MembershipFactory(organization=OrganizationFactory())
        services.dismiss(actor=actor, membership=membership, on=SEPTEMBER)
        assert list(Membership.objects.on_date(SEPTEMBER)) == [membership]
        assert not Membership.objects.on_date(SEPTEMBER + datetime.timedelta(days=1)).exists()
        with pytest.raises(ValidationError):
            services.dismiss(actor=actor, membership=membership)


class TestHeadcounts:
    def test_numbers_of_the_same_date_are_replaced_and_the_old_ones_stay_in_history(self, actor):
        school = OrganizationFactory()
        for children in (500, 512):
            services.record_headcount(
                actor=actor, organization=school, on_date=SEPTEMBER, pupils_10_18=children
            )
        headcount = Headcount.objects.get()
        assert headcount.pupils_10_18 == 512
        assert list(headcount.history.values_list("history_type", "pupils_10_18")) == [
            ("~", 512),
            ("+", 500),
        ]

    def test_more_seniors_than_children_are_refused(self, actor):
        with pytest.raises(ValidationError):
            services.record_headcount(
                actor=actor,
                organization=OrganizationFactory(),
                on_date=SEPTEMBER,
                pupils_10_18=100,
                pupils_15_18=101,
            )

    def test_many_headcounts_are_written_with_their_history(self, actor):
        rows = [Headcount(organization=OrganizationFactory(), on_date=SEPTEMBER) for _ in range(3)]
        services.record_headcounts(actor=actor, headcounts=rows, reason="headcounts.xlsx")
        recorded = Headcount.history.values_list("history_type", "history_user", "history_change_reason")
        assert list(recorded) == [("+", actor.pk, "headcounts.xlsx")] * 3
        assert {row.pk for row in rows} == set(Headcount.objects.values_list("pk", flat=True))


class TestDocuments:
    def test_document_needs_requisites_a_link_or_a_file(self, actor):
        school, kind = OrganizationFactory(), DocumentTypeFactory()
        with pytest.raises(ValidationError):
            services.add_document(actor=actor, organization=school, type=kind)
        document = services.add_document(actor=actor, organization=school, type=kind, number="12-од")
        assert Document.objects.get() == document

    def test_same_document_is_kept_once(self, actor):
        school, kind = OrganizationFactory(), DocumentTypeFactory()
        services.add_document(
            actor=actor, organization=school, type=kind, number="12-од", issued_on=SEPTEMBER
        )
        with pytest.raises(ValidationError):
            services.add_document(
                actor=actor, organization=school, type=kind, number="12-од", issued_on=SEPTEMBER
            )

    def test_many_documents_are_written_with_an_empty_file(self, actor):
        school, kind = OrganizationFactory(), DocumentTypeFactory()
        rows = [Document(organization=school, type=kind, number=str(number)) for number in range(3)]
        services.add_documents(actor=actor, documents=rows)
        assert set(Document.objects.values_list("number", "file")) == {("0", ""), ("1", ""), ("2", "")}


def test_municipality_without_a_region_is_possible(actor):
    services.register_municipality(actor=actor, name="Заречье")
    assert Municipality.objects.get().region is None
