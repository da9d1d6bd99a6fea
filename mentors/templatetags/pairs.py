"""Pairs in words: titles, places, days."""

from __future__ import annotations

import datetime

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import today
from mentors.enums import Side
from mentors.models import Pair, Participation

register = template.Library()


@register.simple_tag(takes_context=True)
def pair_title(context, pair: Pair) -> str:
    """«Орлова Е. В. → Белов Артём, 9Б»; above the school both names are short."""
    names = context["names"]
    person = pair.mentee.person
    mentee = person.short_name
    if names.shows_full(pair.mentee):
        mentee = f"{person.last_name} {person.first_name}"
    mentor = pair.mentor.person.short_name.replace(" ", "\u00a0")
    return f"{mentor} → {mentee}" + (f", {pair.mentee.class_name}" if pair.mentee.class_name else "")


@register.filter
def places(row: Participation) -> str:
    """«свободно 1 из 3», «2 пары» or «пары нет» of a candidate with ``pairs_now``."""
    if row.role == Side.MENTOR and row.capacity is not None:
        free = max(row.capacity - row.pairs_now, 0)
        return _("free: %(free)s of %(limit)s") % {"free": free, "limit": row.capacity}
    if not row.pairs_now:
        return _("no pair yet")
    return ngettext("%(n)s pair", "%(n)s pairs", row.pairs_now) % {"n": row.pairs_now}


@register.filter
def short_day(day: datetime.date | None) -> str:
    """«14.10» in this year, «14.10.2025» in another, a dash for no day."""
    if day is None:
        return "—"
    return f"{day:%d.%m}" if day.year == today().year else f"{day:%d.%m.%Y}"
