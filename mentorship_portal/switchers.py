"""The two switches of the frame: whose data a page shows, and of which year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from common.dates import SchoolYear, today
from mentorship_portal.rights import RIGHTS
from orgs.enums import OVERSIGHT_ROLES
from orgs.models import Membership
from orgs.pages import CALENDAR_YEARS, NO_YEARS, SCHOOL_YEARS
from orgs.viewstate import FIRST_SCHOOL_YEAR, place_state

YEARS_OFFERED = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a switch: its words, where it leads, whether it is the present one."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """A switch: what is chosen (``prefix`` in grey), and the lines to choose from."""

    prefix: str
    chosen: str
    choices: tuple[Choice, ...]
    # For roles above schools: where one organization is searched for, and the way back to all of them.
    search_url: str = ""
    whole_url: str = ""


def place_switch(request: HttpRequest) -> Switch | None:
    """The own roles and places; for roles over many organizations also one of these. None without a role."""
    membership = getattr(request, "membership", None)
    if membership is None:
        return None
    memberships = request.whole_scope.memberships
    above = membership.role in OVERSIGHT_ROLES
    return Switch(
        role_name(membership),
        str(request.place or membership.place),
        _own_places(request, memberships) if len(memberships) > 1 else (),
        search_url=places_url(request) if above else "",
        whole_url=whole_url(request) if request.place is not None else "",
    )


def _own_places(request: HttpRequest, memberships: list[Membership]) -> tuple[Choice, ...]:
    pages = {role: reverse(page_for(request, role)) for role in {held.role for held in memberships}}
    return tuple(
        Choice(
            f"{role_name(held)} · {held.place}",
            _address(pages[held.role], request, place_state(held, memberships)),
            current=held == request.membership and request.place is None,
        )
        for held in memberships
    )


def period_switch(request: HttpRequest) -> Switch | None:
    """The years that the page can show, the newest first; None where a year changes nothing."""
    kind = period_kind(request)
    if kind == NO_YEARS or getattr(request, "membership", None) is None:
        return None
    if kind == CALENDAR_YEARS:
        current = today().year
        shown = int(request.GET["year"]) if request.GET.get("year", "").isdecimal() else current
        years = sorted({*range(current, current - YEARS_OFFERED, -1), shown}, reverse=True)
        return Switch("", _year(shown), _periods(request, "year", years, shown, _year))
    current, shown = SchoolYear.of(today()).start_year, request.school_year.start_year
    first = max(current - YEARS_OFFERED + 1, FIRST_SCHOOL_YEAR)
    years = sorted({*range(current, first - 1, -1), shown}, reverse=True)
    return Switch("", _school_year(shown), _periods(request, "y", years, shown, _school_year))


def period_kind(request: HttpRequest) -> str:
    """Which years the view of the page is about."""
    match = request.resolver_match
    view = getattr(match.func, "view_class", None) if match else None
    return getattr(view, "period_kind", NO_YEARS if view is None else SCHOOL_YEARS)


def page_for(request: HttpRequest, role: str) -> str:
    """The route of the present page where the role may see it and it names no row, else the home page."""
    match = request.resolver_match
    wanted = request.GET.get("back", "") if match and match.url_name == "places" else match and match.url_name
    right = RIGHTS.get(wanted)
    # A page with parts in its path is of one row, which another place does not have.
    if right is None or right.of_object or right.public or role not in right.get:
        return "home"
    return wanted if not _needs_arguments(wanted) else "home"


def places_url(request: HttpRequest) -> str:
    """Where an organization is chosen, and on which page to go on."""
    state = {
        **place_state(request.membership, request.whole_scope.memberships),
        "y": str(request.school_year.start_year),
    }
    return f"{reverse('places')}?{urlencode({**state, 'back': page_for(request, request.membership.role)})}"


def whole_url(request: HttpRequest) -> str:
    """The present page for everything that the role holds."""
    return _address(
        reverse(page_for(request, request.membership.role)),
        request,
        place_state(request.membership, request.whole_scope.memberships),
    )


def role_name(membership: Membership) -> str:
    """«Куратор»"""
    return capfirst(membership.get_role_display())


def _address(path: str, request: HttpRequest, state: dict[str, str]) -> str:
    return f"{path}?{urlencode({**state, 'y': request.school_year.start_year})}"


@cache
def _needs_arguments(route: str) -> bool:
    try:
        reverse(route)
    except NoReverseMatch:
        return True
    return False


def _periods(
    request: HttpRequest, part: str, years: list[int], shown: int, words: Callable[[int], str]
) -> tuple[Choice, ...]:
    """The present address with each of the years, from the first page of its list."""
    query = request.GET.copy()
    for name in ("page", "after", "before", part):
        query.pop(name, None)
    kept = f"{query.urlencode()}&" if query else ""
    return tuple(Choice(words(year), f"?{kept}{part}={year}", year == shown) for year in years)


def _year(year: int) -> str:
    return _("year %(year)s") % {"year": year}


def _school_year(start_year: int) -> str:
    return _("school year %(years)s") % {"years": SchoolYear(start_year).title}
