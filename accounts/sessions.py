"""How long a session lives: half an hour without a request, twelve hours in all (ФСТЭК 21, УПД.10)."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN = "began", "seen"
# The moment of the last request is written at most so often: reading pages stays without writes.
WRITE_EVERY = 60


def begin(session: SessionBase) -> None:
    """Starts both clocks at a sign-in."""
    session[BEGAN] = session[SEEN] = int(time.time())


def why_ended(session: SessionBase) -> str:
    """``idle`` or ``age`` when the session is over, an empty text while it lives."""
    now = time.time()
    if now - session.get(BEGAN, now) >= settings.SESSION_COOKIE_AGE:
        return "age"
    if now - session.get(SEEN, now) >= settings.SESSION_IDLE_SECONDS + WRITE_EVERY:
        return "idle"
    return ""


def touch(session: SessionBase) -> None:
    """Notes that the person is there."""
    now = int(time.time())
    if BEGAN not in session:
        begin(session)
    elif now - session.get(SEEN, 0) >= WRITE_EVERY:
        session[SEEN] = now


def seconds_left(session: SessionBase) -> int:
    """Seconds until the session ends if nothing more is asked for."""
    now = time.time()
    until_old = session.get(BEGAN, now) + settings.SESSION_COOKIE_AGE - now
    return max(0, int(min(until_old, settings.SESSION_IDLE_SECONDS)))
