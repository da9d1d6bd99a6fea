"""Numbers beside the sections and the bell: counted on the home page and remembered in the session.

Counting them on every page would cost each list a query or more. They are counted anew after the person has
changed something, and when they are older than ten minutes.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest

SESSION_KEY = "frame"
KEPT_SECONDS = 600
KEPT_PLACES = 5


@dataclass(frozen=True, slots=True)
class Summary:
    """``tabs``: numbers by route of the section; ``bell``: tasks that are overdue or due within a week."""

    tabs: dict[str, int] = field(default_factory=dict)
    bell: int = 0


def summary_of(request: HttpRequest) -> Summary:
    """What is remembered for the place of the page, counted anew where it may be out of date."""
    if (found := getattr(request, "frame_summary", None)) is not None:
        return found
    if getattr(request, "membership", None) is None or SESSION_KEY not in request.session:
        return Summary()
    kept = request.session[SESSION_KEY].get(_place_key(request))
    if kept is None or time.time() - kept["at"] > KEPT_SECONDS:
        from mentorship_portal.home.board import board_of

        return remember(request, board_of(request).summary)
    return Summary(kept["tabs"], kept["bell"])


def remember(request: HttpRequest, summary: Summary) -> Summary:
    """Keeps the numbers for the pages that follow; writes the session only when something is new."""
    request.frame_summary = summary
    places = dict(request.session.get(SESSION_KEY, {}))
    key, now = _place_key(request), time.time()
    kept = places.get(key)
    if kept is None or now - kept["at"] > KEPT_SECONDS / 2 or _of(kept) != summary:
        places.pop(key, None)
        places[key] = {**asdict(summary), "at": now}
        request.session[SESSION_KEY] = dict(list(places.items())[-KEPT_PLACES:])
    return summary


def forget(request: HttpRequest) -> None:
    """Something has been changed: the next page counts anew."""
    if request.session.get(SESSION_KEY):
        request.session[SESSION_KEY] = {}


def _of(kept: dict) -> Summary:
    return Summary(kept["tabs"], kept["bell"])


def _place_key(request: HttpRequest) -> str:
    membership = request.membership
    place = request.place.pk if request.place else ""
    return urlencode({"m": membership.pk, "o": place})
