"""Invitations: sent, opened, accepted, expired, withdrawn."""

import datetime
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.letters import send_due_letters
from accounts.models import AccessAction, AccessRecord, User
from accounts.tests.factories import PASSWORD, UserFactory
from orgs.enums import Role
from orgs.invitations.models import Invitation, InvitationStatus
from orgs.invitations.tokens import token_of
from orgs.tests.factories import InvitationFactory

ORDER = "Приказ от 29.08.2026 № 57"
ACCEPT = reverse("invitation-accept")
NEW = {
    "full_name": "Фролова Ирина Николаевна",
    "password": "Лодка у причала 9",
    "password_again": "Лодка у причала 9",
}


@pytest.fixture
def admin(signed_in, administrator):
    return signed_in(administrator)


@pytest.fixture
def guest():
    return Client()


@pytest.fixture
def invitation(school, administrator):
    return InvitationFactory(email="frolova@example.org", organization=school, created_by=administrator)


def link(invitation) -> str:
    return reverse("invitation-open", args=[token_of(invitation.nonce)])


def invite(admin, school, **more):
    return admin.post(
        reverse("invitation-new"),
        {
            "email": "Frolova@Example.org",
            "full_name": "Фролова Ирина",
            "role": "curator",
            "place": f"organization:{school.pk}",
            "appointment_order": ORDER,
            **more,
        },
    )


def test_an_invitation_goes_out_by_letter_and_is_noted(admin, school, administrator):
    assert invite(admin, school)["Location"].startswith(reverse("invitations"))
    made = Invitation.objects.get()
    assert (made.email, made.created_by, made.status) == ("frolova@example.org", administrator, "sent")
    assert made.expires_at - made.sent_at == datetime.timedelta(days=7)
    send_due_letters()
    (letter,) = mail.outbox
    assert letter.to == ["frolova@example.org"]
    assert "куратор, СОШ № 17" in letter.body
    assert "Фролова" not in letter.body
    assert link(made) in letter.body
    line = AccessRecord.objects.get(action=AccessAction.RIGHTS)
    assert (line.user, line.details["what"], line.details["place"]) == (administrator, "invited", "СОШ № 17")


def test_the_database_holds_no_link(admin, school):
    invite(admin, school)
    made = Invitation.objects.get()
    token = token_of(made.nonce)
    assert len(token) >= 43
    assert token not in (made.nonce, made.token_hash)
    assert token not in made.letter.sealed_body


def test_a_new_user_gets_account_and_role_and_is_signed_in(guest, invitation, school):
    response = guest.get(link(invitation))
    assert response["Location"] == ACCEPT
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.OPENED
    page = guest.get(ACCEPT).content.decode()
    assert "Куратор · СОШ № 17" in page
    assert "Не короче 12" in page
    assert guest.post(ACCEPT, NEW)["Location"] == "/"
    user = User.objects.get(email="frolova@example.org")
    role = user.memberships.get()
    assert (role.role, role.organization, role.appointment_order) == (Role.CURATOR, school, ORDER)
    assert user.check_password(NEW["password"])
    assert guest.get("/mentees/").status_code == 200
    school.refresh_from_db()
    assert (school.curator_name, school.curator_email) == (NEW["full_name"], user.email)
    invitation.refresh_from_db()
    assert (invitation.status, invitation.user) == (InvitationStatus.ACTIVATED, user)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"password": "коротко", "password_again": "коротко"}, "слишком короткий"),
        ({"password_again": "Другая лодка 99"}, "Пароли не совпадают"),
        ({"full_name": ""}, "Введите фамилию, имя и отчество"),
        ({"password": "frolova@example.org", "password_again": "frolova@example.org"}, "похож"),
    ],
)
def test_a_bad_password_or_name_is_refused_and_the_link_stays(guest, invitation, changes, said):
    guest.get(link(invitation))
    response = guest.post(ACCEPT, NEW | changes)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not User.objects.filter(email=invitation.email).exists()
    assert guest.post(ACCEPT, NEW).status_code == 302


@pytest.mark.parametrize("how", ["used", "expired", "withdrawn", "unknown", "sender_gone"])
def test_a_dead_link_says_what_to_do(guest, invitation, how, administrator):
    address = link(invitation)
    if how == "used":
        Invitation.objects.update(activated_at=timezone.now())
    if how == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    if how == "withdrawn":
        Invitation.objects.update(withdrawn_at=timezone.now())
    if how == "unknown":
        address = reverse("invitation-open", args=["A" * 43])
    if how == "sender_gone":
        administrator.memberships.update(ended_on="2021-01-01")
    page = guest.get(address).content.decode()
    assert "Ссылка больше не работает" in page
    assert "отправить его снова" in page
    assert "Ссылка больше не работает" in guest.post(ACCEPT, NEW).content.decode()
    assert not User.objects.filter(email="frolova@example.org").exists()


def test_a_link_works_once_even_in_two_windows(invitation):
    first, second = Client(), Client()
    for window in (first, second):
        window.get(link(invitation))
    assert first.post(ACCEPT, NEW).status_code == 302
    assert "Ссылка больше не работает" in second.post(ACCEPT, NEW).content.decode()
    assert User.objects.filter(email=invitation.email).count() == 1


def test_a_known_user_signs_in_and_takes_the_role(guest, invitation, school):
    user = UserFactory(email="frolova@example.org")
    guest.get(link(invitation))
    page = guest.get(ACCEPT).content.decode()
    assert "уже есть учётная запись" in page
    assert guest.post(ACCEPT, NEW).status_code == 200
    assert not user.memberships.exists()
    response = guest.post(reverse("sign-in"), {"login": user.email, "password": PASSWORD, "next": ACCEPT})
    assert response["Location"] == ACCEPT
    assert "Принять роль" in guest.get(ACCEPT).content.decode()
    assert guest.post(ACCEPT)["Location"] == "/"
    assert user.memberships.get().organization == school
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_somebody_else_cannot_take_it(guest, invitation):
    UserFactory(email="frolova@example.org")
    other = UserFactory(email="other@example.org")
    guest.force_login(other)
    guest.get(link(invitation))
    assert "вы вошли как other@example.org" in guest.get(ACCEPT).content.decode()
    guest.post(ACCEPT)
    assert not other.memberships.exists()


def test_sending_again_makes_a_new_link_for_another_week(admin, guest, invitation):
    old = link(invitation)
    Invitation.objects.update(expires_at=timezone.now())
    assert admin.post(reverse("invitation-resend", args=[invitation.pk])).status_code == 302
    invitation.refresh_from_db()
    assert invitation.status == InvitationStatus.SENT
    assert "Ссылка больше не работает" in guest.get(old).content.decode()
    assert guest.get(link(invitation)).status_code == 302


def test_the_link_can_be_shown_to_hand_it_over(admin, invitation):
    response = admin.post(reverse("invitation-link", args=[invitation.pk]))
    assert link(invitation) in response.content.decode()
    assert AccessRecord.objects.get(action=AccessAction.RIGHTS).details["what"] == "invitation_link_shown"
    assert link(invitation) not in admin.get(reverse("invitations")).content.decode()


def test_withdrawing_kills_the_link(admin, guest, invitation):
    admin.post(reverse("invitation-withdraw", args=[invitation.pk]))
    assert "Ссылка больше не работает" in guest.get(link(invitation)).content.decode()
    page = admin.get(reverse("invitations"))
    assert "Отозвано" in page.content.decode()


def test_the_same_person_invited_twice_has_one_invitation(admin, school):
    invite(admin, school)
    invite(admin, school)
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"appointment_order": ""}, "назначают приказом"),
        ({"email": "curator@example.org"}, "уже есть эта роль"),
        ({"email": "не адрес"}, "Это не адрес электронной почты"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused(admin, school, more, said):
    response = invite(admin, school, **more)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Invitation.objects.exists()


def test_the_register_shows_and_filters_by_status(admin, invitation, school):
    InvitationFactory(email="opened@example.org", organization=school, opened_at=timezone.now())
    InvitationFactory(email="late@example.org", organization=school, expires_at=timezone.now())
    page = admin.get(reverse("invitations")).content.decode()
    assert re.findall("Отправлено|Открыто|Истекло", page)
    for status, email in (("opened", "opened"), ("expired", "late"), ("sent", "frolova")):
        rows = admin.get(reverse("invitations"), {"only": status}).context["rows"]
        assert [row.email for row in rows] == [f"{email}@example.org"]


@pytest.mark.django_db
def test_the_database_refuses_a_role_at_a_wrong_place(municipality):
    with pytest.raises(IntegrityError), transaction.atomic():
        InvitationFactory(role=Role.CURATOR, organization=None, municipality=municipality)


def test_the_operator_invites_the_first_administrator(municipality, guest, capsys, settings):
    settings.SITE_URL = "https://portal.example"
    call_command("invite", "first@example.org", "--role", "administrator", "--municipality", "Приозёрск")
    address = re.search(r"https://portal\.example(/invitation/\S+)", capsys.readouterr().out).group(1)
    guest.get(address)
    assert guest.post(ACCEPT, NEW).status_code == 302
    user = User.objects.get(email="first@example.org")
    assert user.memberships.get().municipality == municipality


def test_errors_of_an_invitation_are_listed_as_its_fields_stand_on_the_page(admin):
    form = admin.post(reverse("invitation-new"), {}).context["form"]
    assert list(form.errors) == ["email", "role", "place"]
