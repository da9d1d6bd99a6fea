"""System checks of the accounts app."""

from __future__ import annotations

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security)
def letters_have_a_host(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """An error when any host is let in and letters would take theirs from the request."""
    if settings.SITE_URL or not any(host == "*" or host.startswith(".") for host in settings.ALLOWED_HOSTS):
        return []
    return [
        checks.Error(
            "ALLOWED_HOSTS lets many hosts in, so links in letters need SITE_URL.",
            hint="Set SITE_URL to the address of the portal, such as https://portal.example.",
            id="accounts.E001",
        )
    ]
