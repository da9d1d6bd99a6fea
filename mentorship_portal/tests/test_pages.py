"""The frame of pages, refusals and failures, and what every answer carries."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import include, path

from accounts.models import User

pytestmark = pytest.mark.django_db


def view_that_raises(error):
    def view(request):
        raise error

    view.login_required = False
    return view


def plain(request):
    template = '{% extends "base.html" %}{% block heading %}Заголовок{% endblock %}'
    return HttpResponse(engines["django"].from_string(template).render({}, request))


plain.login_required = False

urlpatterns = [
    path("", include("mentorship_portal.urls")),
    path("try/refused/", view_that_raises(PermissionDenied("Это может только руководитель школы."))),
    path("try/absent/", view_that_raises(Http404("Белов А. С."))),
    path("try/failed/", view_that_raises(RuntimeError("secret detail"))),
    path("try/away/", view_that_raises(OperationalError("could not connect to 10.0.0.5"))),
    path("try/plain/", plain),
]
handler400 = "mentorship_portal.errors.bad_request"
handler403 = "mentorship_portal.errors.permission_denied"
handler404 = "mentorship_portal.errors.page_not_found"
handler500 = "mentorship_portal.errors.server_error"


@pytest.fixture
def visitor():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


def test_a_refusal_says_in_a_sentence_why(visitor):
    response = visitor.get("/try/refused/")

    assert response.status_code == 403
    assert "Это может только руководитель школы." in response.content.decode()


def test_an_absent_record_tells_nothing_about_itself(visitor):
    response = visitor.get("/try/absent/")

    assert response.status_code == 404
    assert "Такой страницы нет" in response.content.decode()
    assert "Белов" not in response.content.decode()


def test_a_failure_shows_its_number_and_no_detail(visitor):
    response = visitor.get("/try/failed/")

    text = response.content.decode()
    assert response.status_code == 500
    assert response["X-Request-ID"] in text
    assert "secret detail" not in text


def test_without_a_database_the_answer_is_503_and_asks_to_come_again(visitor):
    response = visitor.get("/try/away/")

    text = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "База данных сейчас не отвечает" in text
    assert "10.0.0.5" not in text


def test_an_unknown_host_is_refused_with_a_page(visitor):
    response = visitor.get("/try/plain/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "Запрос не разобран" in response.content.decode()
    assert "evil.example" not in response.content.decode()


def test_a_form_without_its_token_is_refused_with_advice():
    with override_settings(ROOT_URLCONF=__name__):
        response = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})

    assert response.status_code == 403
    assert "обновите страницу" in response.content.decode()


@pytest.mark.parametrize("address", ["/try/plain/", "/try/absent/", "/try/failed/", "/healthz"])
def test_every_answer_carries_the_policy_and_its_number(visitor, address):
    response = visitor.get(address)

    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert len(response["X-Request-ID"]) == 16


def test_the_number_of_the_proxy_is_kept_when_it_is_harmless(visitor):
    kept = visitor.get("/healthz", headers={"x-request-id": "abc-12345678"})
    replaced = visitor.get("/healthz", headers={"x-request-id": "a b\u0001<script>"})

    assert kept["X-Request-ID"] == "abc-12345678"
    assert "script" not in replaced["X-Request-ID"]


def test_pages_are_russian_whatever_the_browser_prefers(visitor):
    text = visitor.get("/try/plain/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="ru">' in text
    assert "К содержанию" in text


def test_the_switch_in_the_footer_changes_the_language_and_keeps_the_page(visitor):
    response = visitor.post("/language/", {"language": "en", "next": "/try/plain/"}, follow=True)

    assert response.redirect_chain == [("/try/plain/", 302)]
    assert '<html lang="en">' in response.content.decode()
    assert "To the content" in response.content.decode()


def test_the_switch_leads_to_no_other_site(visitor):
    response = visitor.post("/language/", {"language": "en", "next": "https://evil.example/"})

    assert response["Location"] == "/"


def test_the_language_of_the_account_holds_until_another_is_chosen(visitor):
    user = User.objects.create_user("a@example.org", "correct horse battery", language="en")
    visitor.force_login(user)
    assert '<html lang="en">' in visitor.get("/try/plain/").content.decode()

    visitor.post("/language/", {"language": "ru"})
    assert '<html lang="ru">' in visitor.get("/try/plain/").content.decode()


def test_the_frame_has_no_inline_script_style_or_handler(visitor):
    text = visitor.get("/try/plain/").content.decode()

    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert "<script>" not in text
