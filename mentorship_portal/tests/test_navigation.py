"""Sections above the page: one menu per role, only pages that exist, the current one marked."""

import pytest

from mentorship_portal.navigation import MENU, SECTIONS, Section, items
from orgs.enums import Role
from orgs.tests.factories import MembershipFactory
from orgs.viewstate import leading_membership

pytestmark = pytest.mark.django_db


def sections_on(response) -> list[str]:
    return [str(item.label) for item in response.context["nav_items"]]


def test_every_role_has_its_menu():
    assert set(SECTIONS) == set(Role.values)
    assert set(MENU) <= set(SECTIONS)


def test_a_curator_sees_the_sections_of_a_school(signed_in, curator):
    response = signed_in(curator).get("/mentees/")

    assert sections_on(response)[:4] == ["Сегодня", "Наставники", "Наставляемые", "Пары"]
    assert [str(item.label) for item in response.context["nav_items"] if item.current] == ["Наставляемые"]
    assert response.context["frame_place"] == str(curator.memberships.get().organization)


@pytest.mark.parametrize("name", ["curator", "methodologist", "analyst", "head", "administrator", "mentor"])
def test_every_section_and_menu_line_opens(signed_in, cast, name):
    client = signed_in(getattr(cast, name))
    context = client.get("/").context
    for item in [*context["nav_items"], *context["menu_items"]]:
        assert client.get(item.url, follow=True).status_code == 200, item.label


@pytest.mark.parametrize(
    ("name", "page", "section"),
    [
        ("methodologist", "/targets/", "Дорожная карта"),
        ("administrator", "/invitations/", "Пользователи"),
        ("administrator", "/invitations/new/", "Пользователи"),
        ("administrator", "/indicators/parameters/", "Справочники"),
    ],
)
def test_a_page_beside_its_section_marks_the_section(signed_in, cast, name, page, section):
    response = signed_in(getattr(cast, name)).get(page)
    assert [str(item.label) for item in response.context["nav_items"] if item.current] == [section]


def test_menus_of_two_roles_are_never_mixed(signed_in, mentor, school):
    MembershipFactory(user=mentor, role=Role.CURATOR, organization=school)

    response = signed_in(mentor).get("/")

    assert sections_on(response)[0] == "Сегодня"
    assert "Мои пары" not in sections_on(response)


def test_a_user_without_roles_sees_no_sections(signed_in, stranger):
    response = signed_in(stranger).get("/")

    assert sections_on(response) == []
    assert leading_membership([]) is None


def test_a_section_without_a_page_is_left_out():
    shown = items((Section("/mentees/", "Наставляемые"), Section("/nothing-here/", "Ничего")), "/mentees/7/")

    assert [(item.label, item.current) for item in shown] == [("Наставляемые", True)]


def test_the_home_page_is_current_only_on_itself():
    today, mentees = items((Section("/", "Сегодня"), Section("/mentees/", "Наставляемые")), "/mentees/")

    assert (today.current, mentees.current) == (False, True)
