"""Journal lines about sign-in, refused sign-in and sign-out (ФСТЭК order 21, РСБ.3)."""

from __future__ import annotations

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver

from accounts import gates, second_factor, sessions
from accounts.models import AccessAction
from accounts.services import record_access


@receiver(user_logged_in, dispatch_uid="accounts.journal.in")
def note_sign_in(sender, request, user, **kwargs):
    """A user has signed in."""
    record_access(user, AccessAction.SIGN_IN, ip_address=_address(request))


@receiver(user_logged_in, dispatch_uid="accounts.session.begins")
def begin_session(sender, request, user, **kwargs):
    """Starts the clocks of the session and asks for the second step where it was set up.

    A signal, so that no way of signing in can leave it out.
    """
    sessions.begin(request.session)
    request.session.pop(gates.PASSED, None)
    if second_factor.is_on(user):
        request.session[gates.ASKED] = True


@receiver(user_logged_out, dispatch_uid="accounts.journal.out")
def note_sign_out(sender, request, user, **kwargs):
    """A user has signed out; an ended session has no user any more."""
    if user is not None:
        why = getattr(request, "ended_session", "")
        details = {"why": why} if why else {}
        record_access(user, AccessAction.SIGN_OUT, ip_address=_address(request), **details)


@receiver(user_login_failed, dispatch_uid="accounts.journal.refused")
def note_refusal(sender, credentials, request=None, **kwargs):
    """A sign-in was refused; the address is kept as typed, the password never."""
    login = str(credentials.get("username", ""))[:254]
    record_access(None, AccessAction.SIGN_IN_REFUSED, ip_address=_address(request), login=login)


def _address(request) -> str | None:
    return request.META.get("REMOTE_ADDR") if request is not None else None
