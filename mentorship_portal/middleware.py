"""What every request gets: a number and a language."""

from __future__ import annotations

import re
import secrets

import structlog
from django.conf import settings
from django.utils import translation

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
        cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if cookie in known:
            return cookie
        own = getattr(request.user, "language", None)
        return own if own in known else settings.LANGUAGE_CODE
