"""Whether an address exists in this installation, so that no button leads nowhere."""

from __future__ import annotations

from functools import cache

from django.urls import get_resolver


@cache
def route_exists(name: str) -> bool:
    """Whether a route of the name is known."""
    return name in get_resolver().reverse_dict
