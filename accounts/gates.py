"""The second step of a sign-in: what a session still lacks, and which pages are open meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

PASSED = "second_factor"
ASKED = "second_factor_asked"
ASK, SET_UP = "ask", "set-up"
ROUTES = {ASK: "second-factor", SET_UP: "second-factor-set-up"}


def open_before_second_factor(view: Callable) -> Callable:
    """Marks a view that a half signed-in user may call: the step itself, and the way out."""
    view.open_before_second_factor = True
    return view


def step_for(request: HttpRequest, *, is_required: Callable[[], bool]) -> str:
    """``ask`` or ``set-up`` while the second step is missing, an empty text after it.

    ``is_required`` answers whether the roles of the user demand a second factor; it is asked only when the
    session has not passed one.
    """
    if not request.user.is_authenticated or request.session.get(PASSED):
        return ""
    if request.session.get(ASKED):
        return ASK
    return SET_UP if is_required() else ""


def let_in(request: HttpRequest) -> None:
    """Notes in the session, under a new key, that the second step was passed."""
    request.session.pop(ASKED, None)
    request.session[PASSED] = True
    request.session.cycle_key()
