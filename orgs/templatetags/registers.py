"""Addresses of the parts of a register."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def initials(name: str | None) -> str:
    """«Гордеев П. С.» of a full name for a narrow column; anything else than a full name stays as it is."""
    words = (name or "").split()
    if len(words) != 3 or any("." in word for word in words):
        return name or ""
    return f"{words[0]}\N{NO-BREAK SPACE}{words[1][0]}.\N{NO-BREAK SPACE}{words[2][0]}."


@register.simple_tag(takes_context=True)
def without(context, *names: str) -> str:
    """The present query string without the named parts and without the place in the list."""
    query = context["request"].GET.copy()
    for name in (*names, "after", "before"):
        query.pop(name, None)
    return f"?{query.urlencode()}"
