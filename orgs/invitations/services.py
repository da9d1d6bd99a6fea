"""Inviting, sending again, withdrawing, accepting. Rights are asked in ``orgs.users.rules``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import AccessAction, User
from accounts.services import record_access
from common.recorded import save_as
from orgs.enums import Role
from orgs.invitations.letter import write_invitation
from orgs.invitations.models import Invitation
from orgs.invitations.tokens import hash_of, new_nonce, token_of
from orgs.models import Membership
from orgs.scope import Scope
from orgs.services import appoint
from orgs.users.rules import may_give

LIFE = datetime.timedelta(days=settings.INVITATION_DAYS)


@transaction.atomic
def invite(
    *, actor: User | None, email: str, role: Role, order: str = "", full_name: str = "", request=None, **place
) -> Invitation:
    """Sends an invitation; one to the same role at the same place that still works is sent again instead.

    ``place`` is ``organization``, ``district`` or ``municipality``. Raises ``ValidationError`` when the
    address already holds the role there, and for a curator without an order (Р-145).
    """
    email = User.objects.normalize_email(email).lower()
    if role == Role.CURATOR and not order.strip():
        raise ValidationError(
            {"appointment_order": _("A curator is appointed by an order: give its number and date.")}
        )
    if Membership.objects.filter(user__email=email, role=role, **place).on_date().exists():
        raise ValidationError({"email": _("The owner of this address already has this role here.")})
    invitation = Invitation.objects.open().filter(email=email, role=role, **place).first()
    invitation = invitation or Invitation(email=email, role=role, created_by=actor, **place)
    invitation.appointment_order, invitation.full_name = order.strip(), full_name.strip()
    return _send(actor, invitation, request, what="invited")


class RowRefused(Exception):
    """A row of many cannot be invited: its place in the list and the reason for people."""

    def __init__(self, place: int, reason: ValidationError):
        super().__init__(place)
        self.place, self.reason = place, reason


@transaction.atomic
def invite_all(*, actor: User, rows: Iterable[dict], request=None) -> list[Invitation]:
    """One invitation a row, see :func:`invite`; all or none. Raises :class:`RowRefused`."""
    sent = []
    for place, row in enumerate(rows):
        try:
            sent.append(invite(actor=actor, request=request, **row))
        except ValidationError as refusal:
            raise RowRefused(place, ValidationError(refusal.messages)) from refusal
    return sent


def note_link_shown(*, actor: User, invitation: Invitation) -> None:
    """Notes that an administrator has looked at the link: it opens an account."""
    _note(actor, invitation, "invitation_link_shown")


@transaction.atomic
def send_again(*, actor: User, invitation: Invitation, request=None) -> Invitation:
    """A new link for another week; the old one stops working."""
    if invitation.activated_at or invitation.withdrawn_at:
        raise ValidationError(_("This invitation was accepted or withdrawn. Make a new one."))
    invitation.opened_at = None
    return _send(actor, invitation, request, what="invited_again")


@transaction.atomic
def withdraw(*, actor: User, invitation: Invitation) -> Invitation:
    """The link stops working."""
    if invitation.activated_at:
        raise ValidationError(_("This invitation was accepted. End the role on the card of the user."))
    invitation.withdrawn_at = timezone.now()
    save_as(actor, invitation)
    _note(actor, invitation, "invitation_withdrawn")
    return invitation


def find_open(token: str) -> Invitation | None:
    """The invitation of a link that still works and whose sender may still give the role."""
    invitation = (
        Invitation.objects.open()
        .filter(token_hash=hash_of(token))
        .select_related("organization", "district", "municipality", "created_by")
        .first()
    )
    if invitation is None or not _may_still_be_given(invitation):
        return None
    return invitation


def note_opening(invitation: Invitation) -> None:
    """Remembers when the link was opened first."""
    Invitation.objects.filter(pk=invitation.pk, opened_at__isnull=True).update(opened_at=timezone.now())


@transaction.atomic
def accept_as_new(*, token: str, full_name: str, password: str) -> User | None:
    """A new user with the role; None when the link stopped working or the address has an account."""
    invitation = _locked(token)
    if invitation is None or User.objects.filter(email=invitation.email).exists():
        return None
    user = User(email=invitation.email, full_name=full_name.strip(), language=get_language() or "ru")
    validate_password(password, user)
    user.set_password(password)
    user.save()
    return _take_role(invitation, user)


@transaction.atomic
def accept_as(*, token: str, user: User) -> User | None:
    """The role for a user who has signed in; None when the link stopped working or is for another address."""
    invitation = _locked(token)
    if invitation is None or invitation.email != user.email:
        return None
    return _take_role(invitation, user)


def _take_role(invitation: Invitation, user: User) -> User:
    appoint(
        actor=invitation.created_by or user,
        user=user,
        role=invitation.role,
        organization=invitation.organization,
        district=invitation.district,
        municipality=invitation.municipality,
        order=invitation.appointment_order,
    )
    invitation.activated_at, invitation.user = timezone.now(), user
    save_as(user, invitation)
    record_access(
        user,
        AccessAction.RIGHTS,
        object_type="accounts.user",
        object_id=user.pk,
        what="invitation_accepted",
        role=invitation.role,
        place=str(invitation.place),
        order=invitation.appointment_order,
    )
    return user


def _locked(token: str) -> Invitation | None:
    """The invitation, locked until the transaction is over: two clicks make one user."""
    invitation = (
        Invitation.objects.open().select_for_update(of=("self",)).filter(token_hash=hash_of(token)).first()
    )
    return invitation if invitation and _may_still_be_given(invitation) else None


def _may_still_be_given(invitation: Invitation) -> bool:
    # The operator of the portal, who has no account, may give any role.
    sender = invitation.created_by
    return sender is None or may_give(Scope.for_user(sender), invitation.role, invitation.place)


def _send(actor: User | None, invitation: Invitation, request, *, what: str) -> Invitation:
    invitation.nonce = new_nonce()
    invitation.token_hash = hash_of(token_of(invitation.nonce))
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + LIFE
    save_as(actor, invitation)
    invitation.letter = write_invitation(invitation, request)
    Invitation.objects.filter(pk=invitation.pk).update(letter=invitation.letter)
    _note(actor, invitation, what)
    return invitation


def _note(actor: User | None, invitation: Invitation, what: str) -> None:
    record_access(
        actor,
        AccessAction.RIGHTS,
        object_type="orgs.invitation",
        object_id=invitation.pk,
        what=what,
        email=invitation.email,
        role=invitation.role,
        place=str(invitation.place),
        order=invitation.appointment_order,
    )
