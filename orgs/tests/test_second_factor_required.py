"""Who sees more than one school needs a second step of the sign-in."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import second_factor
from accounts.tests.codes import code_of, with_second_factor
from accounts.tests.factories import PASSWORD
from orgs.enums import Role
from orgs.tests.factories import MembershipFactory, OrganizationFactory

SET_UP = reverse("second-factor-set-up")


@pytest.fixture(autouse=True)
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def sign_in(client, user):
    return client.post(reverse("sign-in"), {"login": user.email, "password": PASSWORD}, follow=True)


@pytest.mark.parametrize("name", ["methodologist", "district_methodologist", "analyst", "administrator"])
def test_at_the_first_sign_in_they_set_it_up(name, cast, client):
    response = sign_in(client, getattr(cast, name))
    assert response.redirect_chain[-1][0].startswith(SET_UP)
    assert "Ваша роль открывает сведения многих школ" in response.content.decode()
    for path in ("/organizations/", "/indicators/", "/settings/", "/users/"):
        assert client.get(path)["Location"].startswith(SET_UP)
    assert client.post("/organizations/")["Location"] == SET_UP


@pytest.mark.parametrize("name", ["curator", "head", "mentor", "mentee", "stranger"])
def test_others_sign_in_by_the_password(name, cast, client):
    assert sign_in(client, getattr(cast, name)).redirect_chain == [("/", 302)]


def test_after_the_set_up_the_portal_is_open_and_the_next_sign_in_asks_for_a_code(client, methodologist):
    sign_in(client, methodologist)
    code = code_of(client.session["second_factor_key"])
    response = client.post(SET_UP, {"code": code, "next": "/organizations/"})
    assert "Резервные коды" in response.content.decode()
    assert client.get("/organizations/").status_code == 200
    client.post(reverse("sign-out"))
    assert sign_in(client, methodologist).redirect_chain[-1][0].startswith(reverse("second-factor"))


def test_a_curator_who_is_also_a_methodologist_needs_it_whatever_place_she_chooses(client, curator, district):
    MembershipFactory(user=curator, role=Role.METHODOLOGIST, district=district)
    sign_in(client, curator)
    school = curator.memberships.exclude(organization=None).get().organization_id
    assert client.get(f"/mentees/?org={school}")["Location"].startswith(SET_UP)


def test_a_role_given_meanwhile_asks_in_the_open_session(client, curator, district):
    sign_in(client, curator)
    assert client.get("/").status_code == 200
    MembershipFactory(user=curator, role=Role.METHODOLOGIST, district=district)
    assert client.get("/")["Location"].startswith(SET_UP)


def test_it_cannot_be_turned_off(client, methodologist):
    key, _codes = with_second_factor(methodologist)
    sign_in(client, methodologist)
    client.post(reverse("second-factor"), {"code": code_of(key)})
    response = client.post(reverse("second-factor-off"), {"password": PASSWORD})
    assert response.status_code == 403
    assert second_factor.is_on(methodologist)
    assert "Его требует ваша роль" in client.get(reverse("settings")).content.decode()


def test_before_the_step_nothing_of_any_place_is_shown(client, methodologist):
    school = OrganizationFactory(municipality=methodologist.memberships.get().municipality)
    sign_in(client, methodologist)
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "Приозёрск" not in response.content.decode()
    assert client.get(reverse("organization", args=[school.pk])).status_code == 302


def test_the_demo_asks_for_none(client, methodologist, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    assert sign_in(client, methodologist).redirect_chain == [("/", 302)]


def test_a_reset_by_an_administrator_ends_the_sessions_and_asks_anew(client, methodologist, administrator):
    key, _codes = with_second_factor(methodologist)
    sign_in(client, methodologist)
    client.post(reverse("second-factor"), {"code": code_of(key)})
    assert client.get("/organizations/").status_code == 200

    own_key, _own = with_second_factor(administrator)
    admin = Client()
    sign_in(admin, administrator)
    admin.post(reverse("second-factor"), {"code": code_of(own_key)})
    assert admin.post(reverse("user-second-factor", args=[methodologist.pk])).status_code == 302

    assert client.get("/organizations/")["Location"].startswith(reverse("sign-in"))
    assert sign_in(client, methodologist).redirect_chain[-1][0].startswith(SET_UP)
