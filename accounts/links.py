"""Addresses that go out in letters. Their host is a setting, never what a stranger wrote into a header."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def absolute(path: str, request: HttpRequest | None = None) -> str:
    """The whole address of a path of the portal.

    ``SITE_URL`` gives scheme and host. Without it the host of the request is taken, which Django has checked
    against ``ALLOWED_HOSTS`` (``accounts.checks`` refuses a list that lets every host in).
    """
    if settings.SITE_URL:
        return f"{settings.SITE_URL}{path}"
    if request is not None:
        return f"{request.scheme}://{request.get_host()}{path}"
    return path
