"""The own settings."""

import pytest
from django.urls import reverse

from accounts.tests.codes import with_second_factor
from orgs.enums import Role
from orgs.tests.factories import MembershipFactory

SETTINGS = reverse("settings")


def test_name_and_language_are_kept(signed_in, curator):
    client = signed_in(curator)
    response = client.post(SETTINGS, {"full_name": "Соколова Н. А.", "language": "en"})
    assert response.status_code == 302
    curator.refresh_from_db()
    assert (curator.full_name, curator.language) == ("Соколова Н. А.", "en")
    page = client.get(SETTINGS).content.decode()
    assert "Saved." in page
    assert "Your roles" in page


@pytest.mark.parametrize("data", [{"full_name": "", "language": "ru"}, {"full_name": "А", "language": "fr"}])
def test_a_wrong_one_is_refused(signed_in, curator, data):
    response = signed_in(curator).post(SETTINGS, data)
    assert response.status_code == 422
    assert "<title>Ошибка:" in response.content.decode()


def test_all_own_roles_stand_there_with_links(signed_in, curator, district, sibling_school):
    MembershipFactory(user=curator, role=Role.METHODOLOGIST, district=district)
    MembershipFactory(user=curator, role=Role.HEAD, organization=sibling_school)
    page = signed_in(curator).get(SETTINGS, {"org": sibling_school.pk}).content.decode()
    for link in (f"?org={sibling_school.pk}", f"?district={district.pk}"):
        assert f'href="/{link}' in page
    assert "СОШ № 18" in page


def test_the_second_step_is_shown_as_it_is(signed_in, curator):
    client = signed_in(curator)
    assert "Настроить коды на телефоне" in client.get(SETTINGS).content.decode()
    with_second_factor(curator)
    page = client.get(SETTINGS).content.decode()
    assert "Осталось 10 резервных кодов" in page
    assert reverse("second-factor-off") in page


def test_a_user_without_roles_reads_whom_to_ask(signed_in, stranger):
    assert "У вас пока нет роли" in signed_in(stranger).get(SETTINGS).content.decode()


def test_other_fields_of_the_account_cannot_be_posted(signed_in, curator):
    signed_in(curator).post(
        SETTINGS,
        {
            "full_name": "Соколова",
            "language": "ru",
            "is_superuser": "on",
            "is_staff": "on",
            "email": "x@y.ru",
        },
    )
    curator.refresh_from_db()
    assert (curator.is_superuser, curator.is_staff, curator.email) == (False, False, "curator@example.org")
