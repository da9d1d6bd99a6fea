"""The register of invitations, declared."""

from __future__ import annotations

from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from common.badges import Badge
from common.ordering import RUSSIAN
from common.paging import Sort
from orgs.invitations.badges import badge_of
from orgs.invitations.bulk import ResendInvitations, WithdrawInvitations
from orgs.invitations.filters import InvitationFilters
from orgs.invitations.models import Invitation, InvitationStatus
from orgs.registers.columns import DASH, Column, badge
from orgs.registers.doings import Doing
from orgs.registers.register import Register, SystemView

SETTLED = frozenset({InvitationStatus.ACTIVATED, InvitationStatus.WITHDRAWN})


def _day(moment):
    return timezone.localtime(moment).date() if moment else None


def _letter_failed(row) -> bool:
    """Whether the link works and its letter was given up."""
    return bool(row.works and row.letter and row.letter.failed_at)


def _status(row, drawing) -> str:
    words = [str(badge_of(row.status).label)]
    if _letter_failed(row):
        words.append(gettext("The letter did not go out"))
    return "; ".join(words)


def _badges(row, text: str, drawing) -> str:
    drawn = badge(badge_of(row.status), drawing)
    if _letter_failed(row):
        drawn += " " + badge(Badge(gettext("The letter did not go out"), tone="bad", shape="bad"), drawing)
    return drawn


def _doings(row, drawing) -> list[Doing]:
    """What can be done with the invitation. Each answers to a POST of the list's form."""
    found = []
    if row.works:
        url = drawing.url("invitation-link", row.pk)
        found.append(Doing(pgettext("invitation", "Link"), url, "link", posts=True))
    if row.status not in SETTLED:
        question = gettext("Withdraw the invitation? Its link will stop working.")
        again, withdraw = drawing.url("invitation-resend", row.pk), drawing.url("invitation-withdraw", row.pk)
        found.append(Doing(gettext("Send again"), again, "mail", posts=True))
        found.append(Doing(gettext("Withdraw"), withdraw, "circle-x", posts=True, question=question))
    return found


def _buttons(row, text: str, drawing) -> str:
    """The same doings in a cell of the table."""
    drawn = [doing.drawn(row.email, css="n-linkbutton") for doing in _doings(row, drawing)]
    return f'<span class="n-rowacts">{"".join(drawn)}</span>' if drawn else DASH


class InvitationRegister(Register):
    """«Приглашения»."""

    code = "invitations"
    model = Invitation
    object_type = "orgs.invitation"
    title = _("Invitations")
    filters_class = InvitationFilters
    has_personal_data = True
    columns = (
        Column(
            "email",
            _("E-mail"),
            lambda row, drawing: row.email,
            sort=Collate("email", RUSSIAN),
            card="title",
            width=30,
        ),
        Column(
            "name",
            _("Full name"),
            lambda row, drawing: row.full_name,
            css="c-clip",
            default=False,
            card="line",
            width=34,
        ),
        Column("role", _("Role"), lambda row, drawing: str(row.get_role_display()), card="fact"),
        Column("place", _("Place"), lambda row, drawing: str(row.place), css="c-clip", card="fact", width=30),
        Column(
            "sent",
            _("Sent on"),
            lambda row, drawing: _day(row.sent_at),
            kind="date",
            sort="sent_at",
            card="fact",
        ),
        Column(
            "until",
            _("Works until"),
            lambda row, drawing: _day(row.expires_at) if row.works else None,
            kind="date",
            sort="expires_at",
        ),
        Column("status", _("Status"), _status, wrap=_badges, card="status"),
        Column(
            "doings",
            _("Actions"),
            lambda row, drawing: ", ".join(doing.words for doing in _doings(row, drawing)),
            wrap=_buttons,
            screen_only=True,
        ),
        Column("order", _("Order of appointment"), lambda row, drawing: row.appointment_order, default=False),
        Column(
            "invited_by",
            _("Invited by"),
            lambda row, drawing: str(row.created_by) if row.created_by_id else "",
            default=False,
        ),
        Column(
            "opened", _("Opened on"), lambda row, drawing: _day(row.opened_at), kind="date", default=False
        ),
        Column(
            "activated",
            _("Accepted on"),
            lambda row, drawing: _day(row.activated_at),
            kind="date",
            default=False,
        ),
    )
    system_views = (
        SystemView("all", _("All invitations"), ""),
        SystemView("unanswered", _("Without an answer for over 3 days"), "only=unanswered"),
        SystemView("expired", _("Expired ones"), "only=expired"),
    )
    actions = (ResendInvitations, WithdrawInvitations)

    def doings(self, row):
        return _doings(row, self.drawing)

    @property
    def usual_sort(self):
        """The newest first."""
        return Sort("sent", str(_("Sent on")), "sent_at", descending=True)

    def source(self):
        return Invitation.objects.visible_to(self.scope)

    @classmethod
    def related(cls, rows):
        return rows.select_related("organization", "district", "municipality", "letter", "created_by")
