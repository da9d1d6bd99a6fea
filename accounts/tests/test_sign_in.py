"""Signing in and out."""

import datetime

import pytest
from axes.models import AccessAttempt
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessAction, AccessRecord, User
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


def send(client, login="curator@example.org", password=PASSWORD, **more):
    return client.post(reverse("sign-in"), {"login": login, "password": password, **more})


@pytest.fixture
def user():
    return UserFactory(email="curator@example.org")


def actions() -> list[str]:
    return list(AccessRecord.objects.order_by("pk").values_list("action", flat=True))


def test_a_user_signs_in_with_a_new_session_and_a_journal_line(client, user):
    client.get(reverse("sign-in"))
    session = client.session
    session["seen"] = True
    session.save()
    before = client.session.session_key
    response = send(client, login="Curator@Example.org ")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session.session_key != before
    line = AccessRecord.objects.get()
    assert (line.user, line.action, line.ip_address) == (user, AccessAction.SIGN_IN, "127.0.0.1")


@pytest.mark.parametrize(
    ("login", "password", "active"),
    [
        ("curator@example.org", "не тот пароль", True),
        ("nobody@example.org", PASSWORD, True),
        ("curator@example.org", PASSWORD, False),
    ],
)
def test_a_refusal_never_says_what_was_wrong(client, user, login, password, active):
    user.is_active = active
    user.save()
    response = send(client, login=login, password=password)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [
        "Адрес или пароль не подходит. Проверьте раскладку клавиатуры и Caps Lock."
    ]
    line = AccessRecord.objects.get()
    assert (line.user, line.action, line.details) == (None, AccessAction.SIGN_IN_REFUSED, {"login": login})
    assert password not in str(line.details)


def test_signing_out_is_a_post_and_is_noted(client, user):
    client.force_login(user)
    AccessRecord.objects.all().delete()
    assert client.get(reverse("sign-out")).status_code == 405
    response = client.post(reverse("sign-out"))
    assert (response.status_code, response["Location"]) == (302, reverse("sign-in"))
    assert actions() == [AccessAction.SIGN_OUT]
    assert client.get("/").status_code == 302


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_next_never_leads_outside(client, user, address):
    assert send(client, next=address)["Location"] == "/"


def test_next_leads_back_to_the_page_that_was_asked_for(client, user):
    assert client.get("/mentees/")["Location"] == "/sign-in/?next=/mentees/"
    assert send(client, next="/mentees/?only=no_pair")["Location"] == "/mentees/?only=no_pair"


def test_many_wrong_passwords_close_the_sign_in_even_for_the_right_one(client, user, settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    for _ in range(3):
        response = send(client, password="не тот пароль")
    assert response.status_code == 429
    assert "закрыт до" in response.content.decode()
    assert send(client).status_code == 429


def test_a_signed_in_user_is_led_home(client, user):
    client.force_login(user)
    assert client.get(reverse("sign-in"))["Location"] == "/"


def test_the_page_of_a_closed_sign_in_says_until_when_and_what_to_do(client, user, settings):
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 2
    for _ in range(2):
        response = send(client, password="не тот пароль")
    first = response.context["until"]
    assert datetime.timedelta(minutes=14) < first - timezone.now() <= datetime.timedelta(minutes=15)
    page = response.content.decode()
    assert f"закрыт до {timezone.localtime(first):%H:%M}" in page
    assert reverse("password-reset") in page
    again = send(client)
    assert again.status_code == 429
    assert again.context["until"] == first


def test_after_five_wrong_passwords_each_attempt_waits(client, user, settings):
    settings.AXES_ENABLED = True
    for _ in range(5):
        response = send(client, password="не тот пароль")
        assert "не подходит" in response.content.decode()
        send(client, login="nobody@example.org", password="не тот пароль")
    for login in ("curator@example.org", "nobody@example.org"):
        refused = send(client, login=login)
        assert refused.status_code == 422
        assert "Слишком много неверных паролей подряд" in refused.content.decode()
    AccessAttempt.objects.update(attempt_time=timezone.now() - datetime.timedelta(minutes=2))
    assert send(client).status_code == 302


def test_an_account_unused_for_ninety_days_is_closed_until_an_administrator_opens_it(client, user):
    long_ago = timezone.now() - datetime.timedelta(days=91)
    User.objects.filter(pk=user.pk).update(last_login=long_ago, created_at=long_ago)
    response = send(client)
    assert response.status_code == 422
    assert "не входили 90\N{NO-BREAK SPACE}дней" in response.content.decode()
    assert "администратора" in response.content.decode()
    assert "не входили" not in send(client, password="не тот").content.decode()
    User.objects.filter(pk=user.pk).update(enabled_at=timezone.now())
    assert send(client).status_code == 302
