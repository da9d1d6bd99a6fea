"""Addresses on the card of a participant, and the answer to «the same person?»."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from mentors.enums import Side
from orgs.addresses import address

register = template.Library()


@register.simple_tag(takes_context=True)
def card_link(context, participation) -> str:
    """The address of the participant's card."""
    return address(context.get("request"), str(Side(participation.role).value), participation.pk)


@register.simple_tag(takes_context=True)
def card_action(context, participation, action: str, **query) -> str:
    """The address of a page about the participant: ``{% card_action row 'edit' field='birth' %}``."""
    route = f"{Side(participation.role).value}-{action}"
    return address(context.get("request"), route, participation.pk, **query)


@register.simple_tag
def same_person_button(form, namesake) -> str:
    """What it means to say that it is the same person; empty when the person has this role already."""
    if namesake.holds(form.side):
        return ""
    if any(row.role == form.side for row in namesake.participations):
        return _("Yes, let the same person take part again")
    if form.side == Side.MENTOR:
        return _("Yes, make the same person a mentor too")
    return _("Yes, make the same person a mentee too")
