"""What every page needs for its frame."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from accounts.appearance import appearance_of
from common import stamps
from mentorship_portal import navigation, switchers
from mentorship_portal.help import help_for
from mentorship_portal.summary import summary_of
from orgs.addresses import address
from orgs.enums import STAFF_ROLES


def frame(request: HttpRequest) -> dict:
    """Template context of the frame: role and place, switches, sections, search, help, appearance.

    A page that is answered before the scope was made (a refused host, say) gets an empty frame. What costs a
    query is lazy: fragments do not draw the frame.
    """
    scope = getattr(request, "scope", None)
    membership = getattr(request, "membership", None)
    state = getattr(request, "address_state", {})
    role = membership.role if membership else None
    summary = SimpleLazyObject(lambda: summary_of(request))
    look = appearance_of(request)
    sections = navigation.SECTIONS.get(role, ())
    return {
        "scope": scope,
        "demo": settings.DEMO,
        "support_contact": settings.SUPPORT_CONTACT,
        # A page of figures, of a closed round say, puts its own stamp in this place.
        "footer_note": stamps.of_data() if membership else "",
        "frame_role": switchers.role_name(membership) if membership else "",
        "frame_place": str(getattr(request, "place", None) or membership.place) if membership else "",
        "place_switch": SimpleLazyObject(lambda: switchers.place_switch(request)),
        "period_switch": SimpleLazyObject(lambda: switchers.period_switch(request)),
        "nav_items": SimpleLazyObject(lambda: navigation.items(sections, request.path, state, summary.tabs)),
        "nav_more": SimpleLazyObject(lambda: navigation.more(sections, request.path, state)),
        "menu_items": navigation.items(navigation.MENU.get(role, ()), request.path, state),
        "frame_summary": summary,
        "membership": membership,
        "may_search": role in STAFF_ROLES,
        "home_url": address(request, "home"),
        "help_url": SimpleLazyObject(lambda: help_url(request)),
        "settings_url": optional_address(request, "settings"),
        "appearance": asdict(look),
        "html_attributes": look.html_attributes,
        "sign_in_url": reverse("sign-in"),
        "sign_out_url": reverse("sign-out"),
    }


def help_url(request: HttpRequest) -> str:
    """Help for the present page; the list of all help where the page has none."""
    match = request.resolver_match
    route = match.url_name if match else ""
    return address(request, "help", page=route if route and help_for(route) else None)


def optional_address(request: HttpRequest, route: str) -> str:
    """The address of a page that an installation may lack; empty then."""
    try:
        return address(request, route)
    except NoReverseMatch:
        return ""
