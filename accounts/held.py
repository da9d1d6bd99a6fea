"""What somebody sent after the session had ended: kept in the sign-in page, sealed, and offered again after.

Nothing is stored on the server until the person has signed in, so that strangers cannot fill the database.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from accounts.sealing import seal, unseal

PURPOSE = "held-form"
MAX_AGE = 12 * 60 * 60
LARGEST = 256 * 1024
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
SESSION_KEY = "held"
# Secrets are typed again; the token of the form has died with the session.
LEFT_OUT = {"csrfmiddlewaretoken"}
SECRET_WORD = "password"
SECRET_ROUTES = ("second-factor", "second-factor-set-up")


@dataclass(frozen=True, slots=True)
class HeldForm:
    """Where the form was sent, its fields in order, which fields held files, and whose session had ended."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str] = field(default_factory=list)
    user_id: int | None = None

    def sealed(self) -> str:
        """The form as a text that only the server can read, for 12 hours."""
        return seal(json.dumps(asdict(self)), purpose=PURPOSE)

    @classmethod
    def opened(cls, sealed: str) -> HeldForm | None:
        """The form again; None for a damaged, foreign or old text."""
        text = unseal(sealed, purpose=PURPOSE, max_age=MAX_AGE) if sealed else None
        if text is None:
            return None
        parts = json.loads(text)
        parts["fields"] = [(name, value) for name, value in parts["fields"]]
        return cls(**parts)


def take(request: HttpRequest, *, user_id: int | None) -> HeldForm | None:
    """The form of a POST that came without a session; None when there is nothing to keep or it is too large.

    The CSRF check has already let the request through, so the form came from a page of the portal.
    """
    if request.method != "POST" or request.content_type not in FORM_TYPES:
        return None
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name not in LEFT_OUT
    ]
    secret = any(SECRET_WORD in name for name in request.POST) or request.path in map(reverse, SECRET_ROUTES)
    size = sum(len(name.encode()) + len(value.encode()) for name, value in fields)
    if secret or not (fields or request.FILES) or size > LARGEST:
        return None
    return HeldForm(request.get_full_path(), fields, sorted(request.FILES), user_id)


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form was sent by a page of this very host."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"


def remember(request: HttpRequest, sealed: str) -> bool:
    """Puts the form into the new session; False when it belongs to somebody else or cannot be read."""
    form = HeldForm.opened(sealed)
    if form is None or form.user_id not in (None, request.user.pk):
        return False
    request.session[SESSION_KEY] = sealed
    return True


def remembered(request: HttpRequest) -> HeldForm | None:
    """The form that waits in the session."""
    return HeldForm.opened(request.session.get(SESSION_KEY, ""))


def forget(request: HttpRequest) -> None:
    """Drops the form that waits in the session."""
    request.session.pop(SESSION_KEY, None)
