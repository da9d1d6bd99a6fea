"""Names of people in the length that the page's ``names`` policy allows."""

from __future__ import annotations

from django import template
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from mentors.enums import Side
from mentors.models import Pair, Participation
from mentors.queries import active
from orgs.enums import READER_ROLES

register = template.Library()


@register.simple_tag(takes_context=True)
def person_name(context, participation) -> str:
    """The name as far as the user may see it."""
    return context["names"].name(participation)


@register.simple_tag(takes_context=True)
def short_name(context, participation) -> str:
    """The short name for a narrow column."""
    return context["names"].short_name(participation)


@register.filter
def card_url(participation) -> str:
    """Address of the participant's card."""
    return reverse("mentor" if participation.role == Side.MENTOR else "mentee", args=[participation.pk])


@register.simple_tag(takes_context=True)
def people_of(context, organization) -> list[dict]:
    """Who takes part in the organization's mentoring now, each number with the address of its list."""
    scope = context["request"].scope
    if not scope.holds_for(organization, *READER_ROLES):
        return []
    found = active(Participation.objects.visible_to(scope).filter(organization=organization)).aggregate(
        mentors=Count("pk", filter=Q(role=Side.MENTOR)), mentees=Count("pk", filter=Q(role=Side.MENTEE))
    )
    pairs = active(Pair.objects.visible_to(scope).filter(organization=organization)).count()
    shown = (
        ("mentors", _("Mentors"), "user", found["mentors"]),
        ("mentees", _("Mentees"), "school", found["mentees"]),
        ("pairs", _("Pairs"), "users", pairs),
    )
    return [
        {
            "url": f"{reverse(name)}?organization={organization.pk}",
            "label": label,
            "icon": icon,
            "count": count,
        }
        for name, label, icon, count in shown
    ]
