"""Changes of accounts and roles; each leaves a line in the access journal. Rights are asked in ``rules``."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts import second_factor
from accounts.forms.passwords import send_reset_letter
from accounts.models import AccessAction, User
from accounts.services import record_access_to_all
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


def close_account(*, actor: User, user: User, ip_address=None) -> User:
    """Nobody signs in with it any more; open sessions end at their next request."""
    close_accounts(actor=actor, users=[user], ip_address=ip_address)
    return user


@transaction.atomic
def close_accounts(*, actor: User, users: list[User], ip_address=None) -> None:
    """Closes the accounts, see :func:`close_account`."""
    for user in users:
        user.is_active = False
    rows = User.objects.filter(pk__in=[user.pk for user in users])
    rows.update(is_active=False, session_epoch=F("session_epoch") + 1)
    _note_all(actor, users, ip_address, what="account_closed")


def open_account(*, actor: User, user: User, ip_address=None) -> User:
    """Opens a closed account, or one that was unused for too long."""
    open_accounts(actor=actor, users=[user], ip_address=ip_address)
    return user


@transaction.atomic
def open_accounts(*, actor: User, users: list[User], ip_address=None) -> None:
    """Opens the accounts, see :func:`open_account`."""
    moment = timezone.now()
    for user in users:
        user.is_active, user.enabled_at = True, moment
    User.objects.filter(pk__in=[user.pk for user in users]).update(is_active=True, enabled_at=moment)
    _note_all(actor, users, ip_address, what="account_opened")


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
    _note_all(actor, [user], ip_address, **details)


def _note_all(actor: User, users: list[User], ip_address, **details) -> None:
    record_access_to_all(
        actor,
        AccessAction.RIGHTS,
        object_type="accounts.user",
        object_ids=[user.pk for user in users],
        ip_address=ip_address,
        **details,
    )


def _in_words(membership: Membership) -> dict[str, str]:
    return {"role": membership.role, "place": str(membership.place), "order": membership.appointment_order}
