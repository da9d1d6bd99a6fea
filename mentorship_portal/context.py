"""What every page needs for its frame."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts.sessions import seconds_left
from mentorship_portal import navigation


def frame(request: HttpRequest) -> dict:
    """Template context of the frame: scope, role and place, sections, support contact.

    A page that is answered before the scope was made (a refused host, say) gets an empty frame.
    """
    scope = getattr(request, "scope", None)
    membership = getattr(request, "membership", None)
    place = getattr(request, "place", None)
    state = getattr(request, "address_state", {})
    role = membership.role if membership else None
    return {
        "scope": scope,
        "demo": settings.DEMO,
        "support_contact": settings.SUPPORT_CONTACT,
        "frame_role": membership.get_role_display() if membership else "",
        "frame_place": str(place or membership.place) if membership else "",
        "nav_items": navigation.items(navigation.SECTIONS.get(role, ()), request.path, state),
        "menu_items": navigation.items(navigation.MENU.get(role, ()), request.path, state),
        "session_seconds": seconds_left(request.session) if membership else 0,
        "sign_in_url": reverse("sign-in"),
        "sign_out_url": reverse("sign-out"),
    }
