"""Addresses of the parts of a register."""

from __future__ import annotations

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def without(context, *names: str) -> str:
    """The present query string without the named parts and without the place in the list."""
    query = context["request"].GET.copy()
    for name in (*names, "after", "before"):
        query.pop(name, None)
    return f"?{query.urlencode()}"
