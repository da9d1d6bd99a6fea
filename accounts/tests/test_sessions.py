"""How long a session lives."""

import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AccessAction, AccessRecord
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
MINUTE = 60


@pytest.fixture
def user():
    return UserFactory(email="curator@example.org")


@pytest.fixture
def clock(monkeypatch):
    """A function that moves the clock of sessions on."""
    start = time.time()
    gone = [0.0]
    monkeypatch.setattr("accounts.sessions.time.time", lambda: start + gone[0])

    def wait(seconds):
        gone[0] += seconds

    return wait


def test_half_an_hour_without_a_request_ends_the_session(client, user, clock):
    client.force_login(user)
    client.get("/")
    clock(32 * MINUTE)
    response = client.get("/surveys/?y=2026")
    assert response["Location"] == "/sign-in/?next=/surveys/%3Fy%3D2026&ended=idle"
    assert "полчаса" in client.get(response["Location"]).content.decode()
    line = AccessRecord.objects.get(action=AccessAction.SIGN_OUT)
    assert (line.user, line.details) == (user, {"why": "idle"})
    assert client.get("/")["Location"] == "/sign-in/?next=/"


def test_work_keeps_it_open_until_twelve_hours_are_over(client, user, clock):
    client.force_login(user)
    for _ in range(26):
        assert client.get("/").status_code == 200
        clock(27 * MINUTE)
    clock(20 * MINUTE)
    assert client.get("/")["Location"] == "/sign-in/?next=/&ended=age"


def test_the_notice_keeps_it_open_by_one_request(client, user, clock):
    client.force_login(user)
    clock(26 * MINUTE)
    assert client.get(reverse("session")).json() == {"seconds": 30 * MINUTE}
    clock(26 * MINUTE)
    assert client.get("/").status_code == 200


def test_near_the_twelfth_hour_less_is_left(client, user, clock):
    client.force_login(user)
    for _ in range(26):
        clock(27 * MINUTE)
        client.get("/")
    left = client.get(reverse("session")).json()["seconds"]
    assert 0 < left <= 18 * MINUTE


def test_reading_a_page_twice_in_a_minute_writes_the_session_once(client, user, django_assert_num_queries):
    client.force_login(user)
    client.get(reverse("session"))
    before = client.session["seen"]
    client.get(reverse("session"))
    assert client.session["seen"] == before


def test_a_new_password_ends_the_other_sessions_only(client, user):
    other = Client()
    for each in (client, other):
        each.force_login(user)
    new = "Новая парта у окна 7"
    response = client.post(
        reverse("own-password"),
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert response["Location"] == reverse("settings")
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert AccessRecord.objects.get(action=AccessAction.RIGHTS).details == {"what": "password_changed"}


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("не тот", "Новая парта у окна 7", "Новая парта у окна 7", "Текущий пароль не подходит"),
        (PASSWORD, PASSWORD, PASSWORD, "Это нынешний пароль"),
        (PASSWORD, "коротко", "коротко", "слишком короткий"),
        (PASSWORD, "Новая парта у окна 7", "Другая парта у окна", "Пароли не совпадают"),
    ],
)
def test_a_bad_change_of_password_is_refused(client, user, old, new, again, said):
    client.force_login(user)
    response = client.post(
        reverse("own-password"), {"old_password": old, "new_password1": new, "new_password2": again}
    )
    assert response.status_code == 422
    assert said in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_one_button_ends_the_sessions_elsewhere(client, user):
    other = Client()
    for each in (client, other):
        each.force_login(user)
    assert client.post(reverse("end-sessions"))["Location"] == reverse("settings")
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_a_closed_account_is_out_at_once(client, user):
    client.force_login(user)
    user.is_active = False
    user.save()
    assert client.get("/").status_code == 302
