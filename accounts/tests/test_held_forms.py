"""Nothing is lost when the session has ended meanwhile."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import held
from accounts.held import HeldForm
from accounts.tests.codes import code_of, with_second_factor
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
SETTINGS = reverse("settings")
FORM = {"full_name": "Соколова Наталья Андреевна", "language": "ru"}


@pytest.fixture
def user():
    return UserFactory(email="curator@example.org", full_name="Соколова")


@pytest.fixture
def browser(user):
    """A client that checks CSRF, signed in with the form open."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    client.page = client.get(SETTINGS)
    return client


def token(response) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', response.content.decode()).group(1)


def hidden(response, name) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)


def end_session(client):
    del client.cookies["sessionid"]


def send_late(client, path=SETTINGS, data=FORM, **more):
    """The form of the open page, sent after the session has ended."""
    end_session(client)
    return client.post(path, {**data, "csrfmiddlewaretoken": token(client.page)}, **more)


def sign_in(client, page, login="curator@example.org"):
    return client.post(
        reverse("sign-in"),
        {
            "login": login,
            "password": PASSWORD,
            "held": hidden(page, "held"),
            "csrfmiddlewaretoken": token(page),
        },
    )


def test_the_text_comes_back_after_signing_in_and_is_saved_by_one_button(browser, user):
    page = send_late(browser)
    assert page.status_code == 422
    text = page.content.decode()
    assert "То, что вы ввели, сохранено" in text
    assert "Соколова Наталья" not in text
    assert "full_name" not in text

    response = sign_in(browser, page)
    assert response["Location"] == reverse("resume")
    offer = browser.get(response["Location"])
    assert "Вы вошли снова. Сохранить то, что вы заполнили?" in offer.content.decode()
    user.refresh_from_db()
    assert user.full_name == "Соколова"

    again = {name: hidden(offer, name) for name in FORM}
    assert again == FORM
    response = browser.post(SETTINGS, {**again, "csrfmiddlewaretoken": token(offer)})
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.full_name == FORM["full_name"]
    assert "Сохранять нечего" in browser.get(reverse("resume")).content.decode()


def test_a_wrong_password_does_not_lose_it(browser, user):
    page = send_late(browser)
    page = browser.post(
        reverse("sign-in"),
        {
            "login": user.email,
            "password": "не тот",
            "held": hidden(page, "held"),
            "csrfmiddlewaretoken": token(page),
        },
    )
    assert page.status_code == 422
    assert sign_in(browser, page)["Location"] == reverse("resume")


def test_the_second_step_comes_before_the_offer(browser, user):
    key, _codes = with_second_factor(user)
    response = sign_in(browser, send_late(browser))
    step = browser.get(response["Location"])
    assert step["Location"] == f"{reverse('second-factor')}?next=%2Fresume%2F"
    page = browser.get(step["Location"])
    response = browser.post(
        reverse("second-factor"),
        {"code": code_of(key), "next": hidden(page, "next"), "csrfmiddlewaretoken": token(page)},
    )
    assert response["Location"] == reverse("resume")
    assert FORM["full_name"] in browser.get(response["Location"]).content.decode()


def test_an_idle_session_gives_the_form_to_its_owner_only(browser, user, monkeypatch):
    import time

    later = time.time() + 40 * 60
    monkeypatch.setattr("accounts.sessions.time.time", lambda: later)
    page = browser.post(SETTINGS, {**FORM, "csrfmiddlewaretoken": token(browser.page)})
    assert "полчаса" not in page.content.decode()
    other = UserFactory(email="other@example.org")
    response = sign_in(browser, page, login=other.email)
    assert response["Location"] == "/"
    assert "не сохранено" in browser.get("/").content.decode()
    assert held.SESSION_KEY not in browser.session


def test_it_can_be_dropped(browser, user):
    sign_in(browser, send_late(browser))
    offer = browser.get(reverse("resume"))
    response = browser.post(reverse("resume"), {"csrfmiddlewaretoken": token(offer)})
    assert response["Location"] == "/"
    assert held.SESSION_KEY not in browser.session


def test_a_file_has_to_be_chosen_again_and_the_page_says_so(browser, user):
    upload = SimpleUploadedFile("Список.xlsx", b"PK")
    page = send_late(browser, "/imports/new/", {"kind": "mentees", "file": upload})
    assert "файл сохранить не удалось" in page.content.decode()
    sign_in(browser, page)
    assert "выберете файл снова" in browser.get(reverse("resume")).content.decode()


@pytest.mark.parametrize(
    ("route", "data"),
    [
        ("own-password", {"old_password": PASSWORD, "new_password1": "Новая парта у окна 7"}),
        ("second-factor", {"code": "123456"}),
        ("settings", {"full_name": "я" * 200_000}),
        ("settings", {}),
    ],
)
def test_secrets_large_and_empty_forms_are_not_kept(browser, route, data):
    response = send_late(browser, reverse(route), data)
    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")


def test_a_foreign_site_cannot_plant_a_form(user):
    client = Client(enforce_csrf_checks=True)
    assert client.post(SETTINGS, FORM).status_code == 403


def test_a_changed_or_old_parcel_is_refused(monkeypatch):
    sealed = HeldForm("/settings/", [("full_name", "Белов")]).sealed()
    assert HeldForm.opened(sealed).fields == [("full_name", "Белов")]
    assert HeldForm.opened(sealed[:-4] + "AAAA") is None
    import time

    later = time.time() + 12 * 60 * 60 + 5
    monkeypatch.setattr("cryptography.fernet.time.time", lambda: later)
    assert HeldForm.opened(sealed) is None


def test_nothing_of_it_is_written_to_the_log(browser, caplog):
    sign_in(browser, send_late(browser))
    assert "Соколова" not in caplog.text


def test_the_next_page_asks_for_rights_anew(browser, user):
    page = send_late(browser, "/organizations/add/", {"short_name": "Чужая школа"})
    sign_in(browser, page)
    offer = browser.get(reverse("resume"))
    response = browser.post(
        "/organizations/add/", {"short_name": "Чужая школа", "csrfmiddlewaretoken": token(offer)}
    )
    assert response.status_code == 403


def test_a_fragment_leads_the_whole_page_to_the_sign_in(client):
    response = client.get(
        "/mentees/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/mentees/?only=no_pair"
    )
    assert response.status_code == 204
    assert response["HX-Redirect"] == "/sign-in/?next=/mentees/%3Fonly%3Dno_pair"


HERE = {"HTTP_ORIGIN": "http://testserver"}


def test_signing_in_in_another_window_loses_nothing(browser, user):
    page = send_late(browser)
    window = browser.get(reverse("sign-in"))
    browser.post(
        reverse("sign-in"),
        {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token(window)},
    )
    response = browser.post(
        reverse("sign-in"),
        {
            "login": user.email,
            "password": PASSWORD,
            "held": hidden(page, "held"),
            "csrfmiddlewaretoken": token(page),
        },
        **HERE,
    )
    assert response["Location"] == reverse("resume")
    assert FORM["full_name"] in browser.get(response["Location"]).content.decode()


def test_a_form_of_before_the_new_sign_in_is_offered_and_not_lost(browser, user):
    old = token(browser.page)
    end_session(browser)
    window = browser.get(reverse("sign-in"))
    browser.post(
        reverse("sign-in"),
        {"login": user.email, "password": PASSWORD, "csrfmiddlewaretoken": token(window)},
    )
    response = browser.post(SETTINGS, {**FORM, "csrfmiddlewaretoken": old}, **HERE)
    assert response["Location"] == reverse("resume")
    user.refresh_from_db()
    assert user.full_name == "Соколова"


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}])
def test_a_form_of_another_site_is_refused_and_not_offered(browser, origin):
    response = browser.post(SETTINGS, {**FORM, "csrfmiddlewaretoken": "x" * 64}, **origin)
    assert response.status_code == 403
    assert held.SESSION_KEY not in browser.session
