"""Changes of accounts and roles; each leaves a line in the access journal. Rights are asked in ``rules``."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts import second_factor
from accounts.forms.passwords import send_reset_letter
from accounts.models import AccessAction, User
from accounts.services import record_access
from orgs import services
from orgs.models import Membership


def change_own_account(*, actor: User, full_name: str, language: str) -> User:
    """The own name and language."""
    actor.full_name, actor.language = full_name, language
    actor.save(update_fields=["full_name", "language"])
    return actor


@transaction.atomic
def give_role(*, actor: User, user: User, ip_address=None, **role) -> Membership:
    """A role for the user, see :func:`orgs.services.appoint`."""
    membership = services.appoint(actor=actor, user=user, **role)
    _note(actor, user, ip_address, what="role_given", **_in_words(membership))
    return membership


@transaction.atomic
def end_role(*, actor: User, membership: Membership, on=None, ip_address=None) -> Membership:
    """Ends a role; its last day is ``on``."""
    services.dismiss(actor=actor, membership=membership, on=on)
    ended = f"{membership.ended_on:%Y-%m-%d}"
    _note(actor, membership.user, ip_address, what="role_ended", on=ended, **_in_words(membership))
    return membership


@transaction.atomic
def close_account(*, actor: User, user: User, ip_address=None) -> User:
    """Nobody signs in with it any more; open sessions end at their next request."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.end_sessions()
    _note(actor, user, ip_address, what="account_closed")
    return user


@transaction.atomic
def open_account(*, actor: User, user: User, ip_address=None) -> User:
    """Opens a closed account, or one that was unused for too long."""
    user.is_active, user.enabled_at = True, timezone.now()
    user.save(update_fields=["is_active", "enabled_at"])
    _note(actor, user, ip_address, what="account_opened")
    return user


@transaction.atomic
def send_new_password_link(*, actor: User, user: User, request=None, ip_address=None) -> bool:
    """A letter to the user; False when one went out a moment ago. The administrator never sees the link."""
    sent = send_reset_letter(user, request)
    if sent:
        _note(actor, user, ip_address, what="reset_sent")
    return sent


def reset_second_factor(*, actor: User, user: User, ip_address=None) -> None:
    """The user sets it up anew at the next sign-in; open sessions end. It notes itself."""
    second_factor.turn_off(actor=actor, user=user, ip_address=ip_address)


def _note(actor: User, user: User, ip_address, **details) -> None:
    record_access(
        actor,
        AccessAction.RIGHTS,
        object_type="accounts.user",
        object_id=user.pk,
        ip_address=ip_address,
        **details,
    )


def _in_words(membership: Membership) -> dict[str, str]:
    return {"role": membership.role, "place": str(membership.place), "order": membership.appointment_order}
