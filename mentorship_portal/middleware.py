"""What every request gets: a number and a language."""

from __future__ import annotations

import re
import secrets

import structlog
from django.conf import settings
from django.utils import translation

from mentorship_portal.summary import forget

GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestNumberMiddleware:
    """``request.request_id``, taken over from the proxy when it gives one; also in the log and the answer."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.request_id = given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=request.request_id)
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id
        return response


class LanguageMiddleware:
    """Russian unless a person chose otherwise: by the switch in the footer, or in the account.

    Django's ``LocaleMiddleware`` would follow the browser's own language, and old school machines often
    carry an English browser.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = self._chosen(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.setdefault("Content-Language", language)
        return response

    @staticmethod
    def _chosen(request) -> str:
        known = dict(settings.LANGUAGES)
        # The account goes first: the cookie may be that of the one who used this machine before.
        own = getattr(request.user, "language", None)
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        return next((language for language in (own, cookie) if language in known), settings.LANGUAGE_CODE)


class SummaryMiddleware:
    """After a change the numbers in the frame are counted anew (:mod:`mentorship_portal.summary`)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and request.user.is_authenticated and response.status_code < 400:
            forget(request)
        return response
