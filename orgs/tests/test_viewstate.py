"""The place and the school year of a page stand in its address, and never show more than the roles give."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from common.dates import SchoolYear, today
from orgs.addresses import address
from orgs.enums import READER_ROLES, Role
from orgs.models import Organization
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory
from orgs.viewstate import read_view_state

pytestmark = pytest.mark.django_db


def request_of(user, query=""):
    request = RequestFactory().get(f"/mentees/{query}")
    request.user = user
    read_view_state(request)
    return request


def seen(request) -> set[int]:
    return set(Organization.objects.visible_to(request.scope).values_list("pk", flat=True))


def test_links_of_a_curator_carry_her_school_and_the_current_year(curator, school):
    request = request_of(curator)

    year = SchoolYear.of(today()).start_year
    assert address(request, "mentees", only="no_pair") == f"/mentees/?org={school.pk}&y={year}&only=no_pair"


def test_a_past_year_of_the_address_stays_in_the_links(curator):
    request = request_of(curator, "?y=2024")

    assert request.school_year == SchoolYear(2024)
    assert "y=2024" in address(request, "mentors")


@pytest.mark.parametrize("year", ["2999", "-1", "abc", "99999999999999999999", ""])
def test_a_year_that_cannot_be_counts_as_not_given(curator, year):
    assert request_of(curator, f"?y={year}").school_year == SchoolYear.of(today())


def test_a_person_with_two_schools_sees_one_of_them_by_its_address(curator, school, district_school):
    MembershipFactory(user=curator, role=Role.CURATOR, organization=district_school)

    assert seen(request_of(curator)) == {school.pk, district_school.pk}
    assert seen(request_of(curator, f"?org={district_school.pk}")) == {district_school.pk}


def test_roles_are_not_mixed_when_the_address_names_a_place(curator, school, municipality):
    MembershipFactory(user=curator, role=Role.ANALYST, organization=None, municipality=municipality)

    request = request_of(curator, f"?mun={municipality.pk}")

    assert request.membership.role == Role.ANALYST
    assert request.scope.roles == {Role.ANALYST}


def test_two_roles_in_one_place_are_told_apart_by_the_role(curator, school):
    MembershipFactory(user=curator, role=Role.HEAD, organization=school)

    request = request_of(curator, f"?org={school.pk}&role=head")

    assert request.membership.role == Role.HEAD
    assert "role=head" in address(request, "mentees")


def test_a_methodologist_looks_at_one_school_of_hers(methodologist, school):
    request = request_of(methodologist, f"?org={school.pk}")

    assert request.place == school
    assert seen(request) == {school.pk}
    assert f"org={school.pk}" in address(request, "mentees")


@pytest.mark.parametrize("part", ["org", "district", "mun"])
def test_a_foreign_place_in_the_address_shows_nothing_more(
    curator, methodologist, foreign_school, foreign_district, foreign_municipality, part
):
    key = {"org": foreign_school, "district": foreign_district, "mun": foreign_municipality}[part].pk
    for user in (curator, methodologist):
        assert seen(request_of(user, f"?{part}={key}")) == seen(request_of(user))


def test_a_scope_is_never_narrowed_to_a_membership_of_somebody_else(curator, foreign_curator):
    with pytest.raises(ValueError):
        Scope.for_user(curator).narrowed(membership=foreign_curator.memberships.get())


def test_narrowing_keeps_the_roles_of_readers(methodologist, school):
    narrowed = request_of(methodologist, f"?org={school.pk}").scope

    assert set(narrowed.organization_ids(READER_ROLES).values_list("pk", flat=True)) == {school.pk}
