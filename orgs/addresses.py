"""Addresses inside the portal: every link carries the place and the school year that the page shows.

A link sent by e-mail so opens the same view. The parts are ``org``, ``district`` or ``mun`` (the place),
``role`` where a person holds several roles in one place, and ``y``, the first year of the school year.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

STATE_PARTS = ("org", "district", "mun", "role", "y")


def address(request: HttpRequest | None, route: str, *args, **query) -> str:
    """The address of a route with the page's place and year; ``query`` adds further parts, None drops one."""
    parts = {**getattr(request, "address_state", {}), **query}
    encoded = urlencode({name: value for name, value in parts.items() if value not in (None, "")}, doseq=True)
    path = reverse(route, args=args)
    return f"{path}?{encoded}" if encoded else path


def redirect_to(request: HttpRequest, route: str, *args, **query) -> HttpResponseRedirect:
    """A redirect to :func:`address` of the same arguments."""
    return HttpResponseRedirect(address(request, route, *args, **query))
