"""Links that keep the place and the school year of the page."""

from __future__ import annotations

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from orgs.addresses import STATE_PARTS
from orgs.addresses import address as address_of

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context, route: str, *args, **query) -> str:
    """``{% address 'mentee' row.pk tab='pairs' %}``: parts of the path, then of the query."""
    return address_of(context.get("request"), route, *args, **query)


@register.simple_tag(takes_context=True)
def state_fields(context) -> SafeString:
    """Hidden fields that keep the place and the year in a form sent by GET."""
    state = getattr(context.get("request"), "address_state", {})
    return format_html_join(
        "",
        '<input type="hidden" name="{}" value="{}">',
        ((name, state[name]) for name in STATE_PARTS if name in state),
    )
