"""Inviting the curators of many schools at once."""

import pytest
from django.urls import reverse

from accounts.tests.factories import UserFactory
from orgs.invitations import pasted
from orgs.invitations.models import Invitation
from orgs.scope import Scope
from orgs.tests.factories import InvitationFactory, OrganizationFactory

PAGE = reverse("invitations-curators")
ORDER = "Приказ от 29.08.2026 № 57"


@pytest.fixture
def scope(administrator):
    return Scope.for_user(administrator)


@pytest.fixture
def admin(signed_in, administrator):
    return signed_in(administrator)


def rows_of(response) -> list[dict]:
    return [form.initial for form in response.context["rows"]]


def as_post(*rows) -> dict:
    data = {"step": "send", "form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-{name}": value for name, value in row.items()}
    return data


def row(email, organization, **more) -> dict:
    return {"take": "on", "email": email, "organization": organization, "appointment_order": ORDER, **more}


@pytest.mark.parametrize(
    ("line", "school"),
    [
        ("СОШ № 18\tИванова Мария\tivanova@example.org", "sibling_school"),
        ("сош №18; Ivanova@Example.org", "sibling_school"),
        ("Иванова <ivanova@example.org>, СОШ № 30", "district_school"),
        ("ivanova@example.org", None),
        ("Лицей № 3\tivanova@example.org", None),
    ],
)
def test_a_line_names_the_organization_in_any_usual_way(scope, cast, line, school):
    (found,) = pasted.from_text(line, scope).proposals
    assert found.email == "ivanova@example.org"
    assert found.organization == (getattr(cast, school) if school else None)


def test_an_address_alone_is_known_by_the_organization_it_is_curator_of(scope, cast):
    cast.sibling_school.curator_email = "Ivanova@example.org"
    cast.sibling_school.curator_name, cast.sibling_school.curator_order = "Иванова", ORDER
    cast.sibling_school.save()
    (found,) = pasted.from_text("ivanova@example.org\n\nivanova@example.org", scope).proposals
    assert (found.organization, found.full_name, found.order) == (cast.sibling_school, "Иванова", ORDER)


def test_notes_say_what_is_known_already(scope, cast):
    UserFactory(email="known@example.org")
    InvitationFactory(email="waiting@example.org", organization=cast.school)
    text = "СОШ № 17 curator@example.org\nСОШ № 17 known@example.org\nСОШ № 17 waiting@example.org"
    found = {item.email.partition("@")[0]: item for item in pasted.from_text(text, scope).proposals}
    assert (found["curator"].take, found["curator"].note) == (False, "уже куратор этой организации")
    assert "уже есть учётная запись" in found["known"].note
    assert "уже приглашали" in found["waiting"].note


def test_organizations_without_a_curator_are_offered(admin, cast):
    cast.sibling_school.curator_email = "ivanova@example.org"
    cast.sibling_school.save()
    cast.foreign_school.curator_email = "foreign@example.org"
    cast.foreign_school.save()
    page = admin.get(PAGE).content.decode()
    assert "У 1 организации указан адрес куратора" in page
    preview = admin.post(PAGE, {"step": "organizations"})
    assert [item["email"] for item in rows_of(preview)] == ["ivanova@example.org"]
    assert not Invitation.objects.exists()


def test_what_was_previewed_is_sent(admin, cast):
    preview = admin.post(PAGE, {"step": "text", "text": "СОШ № 18 a@example.org\nСОШ № 30 b@example.org"})
    assert "Отправить 2 приглашения" in preview.content.decode()
    response = admin.post(
        PAGE,
        as_post(
            row("a@example.org", "СОШ № 18"),
            row("b@example.org", "СОШ № 30", take=""),
            row("c@example.org", "СОШ № 30", full_name="Седова"),
        ),
    )
    assert response.status_code == 302
    made = set(Invitation.objects.values_list("email", "organization__short_name", "role"))
    assert made == {("a@example.org", "СОШ № 18", "curator"), ("c@example.org", "СОШ № 30", "curator")}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "не адрес"}, "Это не адрес электронной почты"),
        ({"organization": "Лицей № 3"}, "Такой организации среди ваших нет"),
        ({"appointment_order": ""}, "назначают приказом"),
        ({"email": "curator@example.org", "organization": "СОШ № 17"}, "уже есть эта роль"),
    ],
)
def test_one_wrong_row_sends_nothing_and_keeps_what_was_typed(admin, cast, wrong, said):
    good = row("a@example.org", "СОШ № 18", full_name="Агапова")
    response = admin.post(PAGE, as_post(good, row("b@example.org", "СОШ № 30") | wrong))
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "Исправьте 1 строку" in page
    assert "Агапова" in page
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(("text", "said"), [("", "Вставьте хотя бы один"), ("СОШ № 18", "нет адреса")])
def test_a_text_without_addresses_is_refused(admin, text, said):
    response = admin.post(PAGE, {"step": "text", "text": text})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_no_mark_no_letters(admin, cast):
    response = admin.post(PAGE, as_post(row("a@example.org", "СОШ № 18", take="")))
    assert response.status_code == 422
    assert "Отметьте хотя бы одну строку" in response.content.decode()


def test_two_organizations_of_one_name_are_not_guessed(scope, cast):
    OrganizationFactory(short_name="СОШ № 18", municipality=cast.municipality)
    assert pasted.find_organization("СОШ № 18", scope) is None


def test_the_name_and_the_order_of_a_line_are_taken_along(scope, cast):
    line = f"СОШ № 18\tИванова-Седова Мария Петровна\ti@example.org\t{ORDER}"
    (found,) = pasted.from_text(line, scope).proposals
    assert (found.full_name, found.order) == ("Иванова-Седова Мария Петровна", ORDER)


def test_a_line_with_a_broken_address_is_shown_to_be_completed(admin, cast):
    lines = (
        "ОО\tФИО\tЭл. почта",
        "СОШ № 18\tИванова Мария\tivanova@example",
        "СОШ № 30\tПетрова Анна",
        "СОШ № 17\ta@example.org",
    )
    preview = admin.post(PAGE, {"step": "text", "text": "\n".join(lines)})
    assert [
        (item["email"], item["organization"], item["full_name"], item["take"]) for item in rows_of(preview)
    ] == [
        ("ivanova@example", "СОШ № 18", "Иванова Мария", False),
        ("", "СОШ № 30", "Петрова Анна", False),
        ("a@example.org", "СОШ № 17", "", True),
    ]
    page = preview.content.decode()
    assert "адрес не прочитан" in page
    assert "1 строка без адреса и организации пропущена: «ОО\tФИО\tЭл. почта»" in page


def test_a_whole_municipality_is_invited_at_once(admin, cast):
    schools = [
        OrganizationFactory(
            municipality=cast.municipality, short_name=f"Школа {n}", curator_email=f"c{n}@example.org"
        )
        for n in range(224)
    ]
    text = "\n".join(f"{school.short_name}\t{school.curator_email}" for school in schools)
    preview = admin.post(PAGE, {"step": "text", "text": text})
    assert len(rows_of(preview)) == 224
    sent = admin.post(
        PAGE,
        as_post(*(row(school.curator_email, school.short_name, full_name="", note="") for school in schools)),
    )
    assert sent.status_code == 302
    assert Invitation.objects.count() == 224


def test_more_than_can_be_sent_at_once_is_refused_whole(admin, cast):
    text = "\n".join(f"c{n}@example.org" for n in range(pasted.MOST_ROWS + 1))
    response = admin.post(PAGE, {"step": "text", "text": text})
    assert response.status_code == 422
    assert "Вставьте список частями" in response.content.decode()
