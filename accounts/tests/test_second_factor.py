"""The second step of the sign-in for whoever has set it up."""

import re

import pytest
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import AccessAction, AccessRecord
from accounts.tests.codes import code_of, forget_pauses, with_second_factor
from accounts.tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
STEP = reverse("second-factor")
SET_UP = reverse("second-factor-set-up")


@pytest.fixture
def user():
    return UserFactory(email="curator@example.org")


@pytest.fixture
def factor(user):
    """Key and backup codes of the user."""
    return with_second_factor(user)


def sign_in(client, user, **more):
    return client.post(reverse("sign-in"), {"login": user.email, "password": PASSWORD, **more})


def send_code(client, code, **more):
    return client.post(STEP, {"code": code, **more})


def is_in(client) -> bool:
    return client.get("/").status_code == 200


def test_the_code_of_the_app_opens_the_page_that_was_asked_for(client, user, factor):
    sign_in(client, user, next="/surveys/")
    assert client.get("/surveys/")["Location"] == f"{STEP}?next=%2Fsurveys%2F"
    key_before = client.session.session_key
    response = send_code(client, code_of(factor[0]), next="/surveys/")
    assert (response.status_code, response["Location"]) == (302, "/surveys/")
    assert client.session.session_key != key_before
    assert is_in(client)
    lines = AccessRecord.objects.filter(action=AccessAction.SIGN_IN).order_by("pk")
    assert [line.details for line in lines] == [{}, {"step": "second_factor"}]


@pytest.mark.parametrize("path", ["/", "/mentees/", "/settings/", "/settings/password/", "/session/"])
def test_until_then_every_other_page_leads_to_the_step(client, user, factor, path):
    sign_in(client, user)
    assert client.get(path)["Location"].startswith(STEP)
    assert client.post("/settings/sessions/")["Location"] == STEP


def test_sign_out_language_and_the_step_itself_stay_open(client, user, factor):
    sign_in(client, user)
    assert client.get(STEP).status_code == 200
    assert client.post(reverse("set_language"), {"language": "en"}).status_code == 302
    assert client.get("/healthz").status_code == 200
    assert client.post(reverse("sign-out"))["Location"] == reverse("sign-in")


def test_a_page_that_does_not_exist_shows_no_sections_before_the_step(client, user, factor):
    sign_in(client, user)
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert response.context["nav_items"] == []


def test_a_code_opens_once(client, user, factor):
    code = code_of(factor[0])
    sign_in(client, user)
    send_code(client, code)
    client.post(reverse("sign-out"))
    sign_in(client, user)
    response = send_code(client, code)
    assert response.status_code == 422
    assert "Код не подходит" in response.content.decode()
    assert not is_in(client)


def test_wrong_codes_are_followed_by_a_growing_pause(client, user, factor):
    sign_in(client, user)
    for _ in range(4):
        assert send_code(client, "000000").status_code == 422
        device = TOTPDevice.objects.get(user=user)
        device.throttling_failure_count += 1
        device.save()
    response = send_code(client, code_of(factor[0]))
    assert response.status_code == 422
    assert "попробуйте снова после" in response.content.decode()
    refused = AccessRecord.objects.filter(action=AccessAction.SIGN_IN_REFUSED)
    assert {(line.user, line.details["step"]) for line in refused} == {(user, "second_factor")}
    forget_pauses(user)
    assert send_code(client, code_of(factor[0])).status_code == 302


def test_a_backup_code_opens_once_and_lies_hashed(client, user, factor):
    code = factor[1][0]
    assert len(factor[1]) == 10
    plain = code.replace("-", "")
    assert not StaticToken.objects.filter(token__in=[code, plain]).exists()
    sign_in(client, user)
    assert send_code(client, f" {code.upper()} ").status_code == 302
    assert is_in(client)
    client.post(reverse("sign-out"))
    sign_in(client, user)
    assert send_code(client, code).status_code == 422
    assert second_factor.backup_codes_left(user) == 9


def test_the_last_backup_codes_are_announced(client, user, factor):
    keep = StaticToken.objects.order_by("pk").values("pk")[:3]
    StaticToken.objects.exclude(pk__in=list(keep.values_list("pk", flat=True))).delete()
    sign_in(client, user)
    response = client.post(STEP, {"code": factor[1][0]}, follow=True)
    assert "Осталось 2 резервных кода" in response.content.decode()


def test_the_codes_of_one_user_open_nothing_for_another(client, user, factor):
    other = UserFactory()
    with_second_factor(other)
    sign_in(client, other)
    assert send_code(client, factor[1][0]).status_code == 422
    assert send_code(client, code_of(factor[0])).status_code == 422


def test_setting_up_shows_picture_key_and_then_ten_codes_once(client, user):
    client.force_login(user)
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert "style=" not in page
    key = client.session["second_factor_key"]
    assert second_factor.key_in_groups(key) in page
    assert not TOTPDevice.objects.exists()
    response = client.post(SET_UP, {"code": code_of(key), "password": PASSWORD})
    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", response.content.decode())
    assert (response.status_code, len(codes)) == (200, 10)
    assert response["Cache-Control"] == "no-store"
    assert is_in(client)
    assert client.get(SET_UP)["Location"] == reverse("settings")
    line = AccessRecord.objects.get(action=AccessAction.RIGHTS)
    assert line.details == {"what": "second_factor_on"}


def test_the_code_of_the_set_up_does_not_sign_in_afterwards(client, user):
    client.force_login(user)
    client.get(SET_UP)
    code = code_of(client.session["second_factor_key"])
    client.post(SET_UP, {"code": code, "password": PASSWORD})
    client.post(reverse("sign-out"))
    sign_in(client, user)
    assert send_code(client, code).status_code == 422


@pytest.mark.parametrize(
    ("code", "password", "said"),
    [
        ("000000", PASSWORD, "Этот код не подходит"),
        ("", PASSWORD, "Введите шесть цифр"),
        ("шесть", PASSWORD, "Этот код не подходит"),
        (None, "не тот пароль", "Текущий пароль не подходит"),
    ],
)
def test_a_wrong_first_code_or_password_turns_nothing_on(client, user, code, password, said):
    client.force_login(user)
    client.get(SET_UP)
    key = client.session["second_factor_key"]
    code = code_of(key) if code is None else code
    response = client.post(SET_UP, {"code": code, "password": password})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not second_factor.is_on(user)
    assert client.session["second_factor_key"] == key


def test_a_password_thief_cannot_set_up_a_second_app(client, user, factor):
    sign_in(client, user)
    assert client.get(SET_UP)["Location"] == STEP
    assert client.post(SET_UP, {"code": "000000"})["Location"] == STEP
    assert TOTPDevice.objects.count() == 1


def test_new_backup_codes_replace_the_old_ones(client, user, factor):
    sign_in(client, user)
    send_code(client, code_of(factor[0]))
    assert client.post(reverse("second-factor-codes"), {"password": "не тот"}).status_code == 422
    response = client.post(reverse("second-factor-codes"), {"password": PASSWORD})
    new = re.findall(r"<code>(\w{5}-\w{5})</code>", response.content.decode())
    assert len(new) == 10
    assert not second_factor.check(user, factor[1][0]).passed


def test_it_can_be_turned_off_with_the_password(client, user, factor):
    sign_in(client, user)
    send_code(client, code_of(factor[0]))
    assert client.post(reverse("second-factor-off"), {"password": "не тот"}).status_code == 422
    assert second_factor.is_on(user)
    assert client.post(reverse("second-factor-off"), {"password": PASSWORD})["Location"] == reverse(
        "settings"
    )
    assert not second_factor.is_on(user)
    assert is_in(client)
    client.post(reverse("sign-out"))
    assert sign_in(client, user)["Location"] == "/"
    assert is_in(client)
