"""Small tags of the page frame: icons, status shapes, page numbers."""

from __future__ import annotations

from django import template
from django.core.paginator import Page
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from common.names import PersonName
from common.rounding import grouped

register = template.Library()

SPRITE = "dist/icons.svg"


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An outline icon of the sprite (``frontend/icons.json``); ``size="s"`` is 16 instead of 20 px.

    It is hidden from screen readers: the words stand beside it or in ``aria-label``.
    """
    css = "n-ic n-ic--s" if size == "s" else "n-ic"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#i-{}"></use></svg>',
        css,
        static(SPRITE),
        name,
    )


@register.simple_tag
def shape(name: str) -> SafeString:
    """The 12 px shape of a status badge: ok, near, warn, bad, none, few, wait or lock."""
    return format_html(
        '<svg width="12" height="12" aria-hidden="true" focusable="false"><use href="{}#s-{}"></use></svg>',
        static(SPRITE),
        name,
    )


@register.simple_tag
def segments_of(bound) -> tuple:
    """The segments of a bound field and the list of its other values; see fields with ``has_segments``."""
    return bound.field.segments(bound)


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """Page numbers to show under a list, with «…» where some are left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@register.filter
def share_of(part: float, whole: float) -> int:
    """``part`` of ``whole`` as whole percent from 0 to 100, for the width of a bar; 0 without a whole."""
    if not whole:
        return 0
    return max(0, min(100, int(part * 100 / whole)))


register.filter("grouped", grouped)


@register.filter
def short_name(full_name: str) -> str:
    """«Соколова Н. А.» out of a full name, not breaking at the line's end; other names stay as they are."""
    words = full_name.split()
    if len(words) not in (2, 3):
        return full_name
    return PersonName(*words).short.replace(" ", "\u00a0")
