"""Reads of accounts as an administrator sees them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import AccessAction, AccessRecord, User
from common.badges import Badge
from orgs.models import Membership
from orgs.scope import Scope

JOURNAL_LINES = 20


def users(scope: Scope) -> QuerySet:
    """Everybody who holds or held a role in the places that the scope administers."""
    return User.objects.filter(pk__in=Membership.objects.visible_to(scope).values("user"))


def complete(rows: list[User], scope: Scope) -> None:
    """Gives each user ``roles`` (held now, inside the scope), ``has_second_factor`` and ``badge``."""
    keys = [user.pk for user in rows]
    held: dict[int, list[Membership]] = {key: [] for key in keys}
    memberships = Membership.objects.visible_to(scope).on_date().filter(user__in=keys)
    for membership in memberships.select_related("organization", "district", "municipality").order_by("pk"):
        held[membership.user_id].append(membership)
    protected = set(
        TOTPDevice.objects.filter(user__in=keys, confirmed=True).values_list("user_id", flat=True)
    )
    for user in rows:
        user.roles = held[user.pk]
        user.has_second_factor = user.pk in protected
        user.badge = badge_of(user)


def badge_of(user: User) -> Badge:
    """The state of an account in words."""
    if not user.is_active:
        return Badge(pgettext("account", "Closed"), tone="bad", shape="lock")
    if user.is_unused():
        return Badge(pgettext("account", "Closed: unused"), tone="warn", shape="lock")
    if user.last_login is None:
        return Badge(_("Has not signed in"), shape="wait")
    return Badge(pgettext("account", "Works"), tone="ok", shape="ok", plain=True)


def roles_of(user: User, scope: Scope) -> list[Membership]:
    """The user's roles inside the scope: those of today, then the past ones, the newest first."""
    rows = Membership.objects.visible_to(scope).filter(user=user)
    rows = rows.select_related("organization", "district", "municipality").order_by("-started_on", "-pk")
    return sorted(rows, key=lambda membership: membership.ended_on is not None)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal in words."""

    at: object
    what: str
    who: str


def journal_of(user: User) -> list[Line]:
    """The newest changes of the rights of this account, and its sign-ins."""
    changes = Q(object_type="accounts.user", object_id=str(user.pk), action=AccessAction.RIGHTS)
    signs = Q(user=user, action__in=[AccessAction.SIGN_IN, AccessAction.SIGN_OUT])
    newest = AccessRecord.objects.filter(changes | signs).order_by("-at", "-pk")[:JOURNAL_LINES]
    return [Line(record.at, in_words(record), record.user_label.partition(" <")[0]) for record in newest]


def in_words(record: AccessRecord) -> str:
    """What a line of the journal says about an account."""
    known = {
        "role_given": _("role given"),
        "role_ended": _("role ended"),
        "account_closed": _("account closed"),
        "account_opened": _("account opened"),
        "reset_sent": _("link for a new password sent"),
        "password_reset": _("new password set by the link"),
        "password_changed": _("password changed"),
        "sessions_ended": _("signed out on other devices"),
        "second_factor_on": _("second step turned on"),
        "second_factor_off": _("second step turned off"),
        "second_factor_reset": _("second step reset"),
        "second_factor_codes": _("new backup codes"),
        "invitation_accepted": _("invitation accepted"),
    }
    what = known.get(record.details.get("what", ""), record.get_action_display())
    if role := record.details.get("role"):
        return f"{what}: {role_words(role)}, {record.details.get('place', '')}"
    return str(what)


def role_words(code: str) -> str:
    """The name of a role by its code."""
    return str(dict(Membership._meta.get_field("role").choices).get(code, code))
