"""A new password by a letter."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.letters import send_due_letters
from accounts.models import AccessAction, AccessRecord, Letter
from accounts.tests.codes import with_second_factor
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NEW = "Новая парта у окна 7"


@pytest.fixture
def user():
    return UserFactory(email="curator@example.org")


def ask(client, email="curator@example.org", **more):
    return client.post(reverse("password-reset"), {"email": email}, **more)


def letter() -> str:
    """The text of the one letter that went out."""
    send_due_letters()
    (message,) = mail.outbox
    return message.body


def link() -> str:
    return re.search(r"https?://\S+", letter()).group()


def choose(client, address, password=NEW):
    form = client.get(address, follow=True)
    return client.post(form.redirect_chain[-1][0], {"new_password1": password, "new_password2": password})


def test_a_known_and_an_unknown_address_get_the_same_answer(client, user):
    known, unknown = ask(client), ask(client, "nobody@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert known["Location"] == reverse("password-reset-sent")
    assert "Если такая учётная запись есть" in client.get(known["Location"]).content.decode()
    assert [item.to for item in Letter.objects.all()] == ["curator@example.org"]


def test_the_letter_is_plain_russian_text_without_names(client, user):
    ask(client, "Curator@Example.org")
    send_due_letters()
    (message,) = mail.outbox
    assert message.to == ["curator@example.org"]
    assert message.content_subtype == "plain"
    assert message.subject == "Новый пароль для портала наставничества"
    assert "24\N{NO-BREAK SPACE}часа" in message.body
    assert user.full_name not in message.body + message.subject


def test_the_password_is_changed_once_and_the_old_one_opens_nothing(client, user):
    ask(client)
    address = link()
    response = choose(client, address)
    assert (response.status_code, response["Location"]) == (302, reverse("sign-in"))
    assert not client.login(username=user.email, password=PASSWORD)
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert "больше не работает" in client.get(address, follow=True).content.decode()
    line = AccessRecord.objects.get(action=AccessAction.RIGHTS)
    assert (line.object_id, line.details) == (str(user.pk), {"what": "password_reset"})


def test_a_link_is_dead_after_a_day(client, user, monkeypatch):
    ask(client)
    address = link()
    later = datetime.datetime.now() + datetime.timedelta(hours=24, minutes=1)
    monkeypatch.setattr("django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self: later)
    assert "больше не работает" in client.get(address, follow=True).content.decode()


def test_the_token_does_not_stay_in_the_address(client, user):
    ask(client)
    chain = client.get(link(), follow=True).redirect_chain
    assert chain[-1][0].endswith("/set-password/")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("короткий", "короткий", "слишком короткий"),
        ("password123456", "password123457", "Пароли не совпадают"),
        ("curator@example.org", "curator@example.org", "похож"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason_after_the_rules_were_told(
    client, user, first, second, said
):
    ask(client)
    page = client.get(link(), follow=True)
    assert "Не короче 12\N{NO-BREAK SPACE}знаков" in page.content.decode()
    response = client.post(page.redirect_chain[-1][0], {"new_password1": first, "new_password2": second})
    assert response.status_code == 422
    assert said in response.content.decode()


def test_a_reset_does_not_skip_the_second_step(client, user):
    with_second_factor(user)
    ask(client)
    choose(client, link())
    response = client.post(reverse("sign-in"), {"login": user.email, "password": NEW}, follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("second-factor"))


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_a_foreign_host_never_gets_into_a_letter(client, user, header, settings):
    response = ask(client, **{header: "evil.example"})
    send_due_letters()
    assert all("evil.example" not in message.body for message in mail.outbox)
    if header == "HTTP_HOST":
        assert (response.status_code, len(mail.outbox)) == (400, 0)


def test_the_address_of_the_portal_is_a_setting(client, user, settings):
    settings.SITE_URL = "https://portal.example"
    ask(client)
    assert link().startswith("https://portal.example/password-reset/")


def test_many_requests_send_one_letter(client, user):
    for _ in range(5):
        ask(client)
    assert Letter.objects.count() == 1
    Letter.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=6))
    ask(client)
    assert Letter.objects.count() == 2


def test_a_closed_account_and_one_that_waits_for_its_invitation_get_no_letter(client, user):
    user.is_active = False
    user.save()
    UserFactory(email="new@example.org", password=None)
    ask(client)
    ask(client, "new@example.org")
    assert not Letter.objects.exists()


def test_the_sign_in_page_leads_there(client):
    assert reverse("password-reset") in client.get(reverse("sign-in")).content.decode()
