"""Actions on chosen invitations."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from orgs.invitations import services
from orgs.invitations.badges import badge_of
from orgs.invitations.models import InvitationStatus
from orgs.registers.bulk import BulkAction, Left, Line


class InvitationAction(BulkAction):
    """Does something with the invitations that are neither accepted nor withdrawn."""

    def becomes(self) -> str:
        """The state after the change."""
        raise NotImplementedError

    def ready(self) -> tuple[list, list[Left]]:
        """The invitations that change, and those that stay with the reason."""
        reasons = {
            InvitationStatus.ACTIVATED: _("it was accepted"),
            InvitationStatus.WITHDRAWN: _("it was withdrawn"),
        }
        ready = [row for row in self.rows if row.status not in reasons]
        left = [
            Left(self.register.row_name(row), reasons[row.status])
            for row in self.rows
            if row.status in reasons
        ]
        return ready, left

    def plan(self, data):
        ready, left = self.ready()
        became = self.becomes()
        lines = [Line(self.register.row_name(row), str(badge_of(row.status).label), became) for row in ready]
        return lines, left


class ResendInvitations(InvitationAction):
    """A new letter with a new link for each."""

    code = "resend"
    label = gettext_lazy("Send again…")

    def becomes(self):
        until = timezone.localtime(timezone.now() + services.LIFE)
        return _("%(status)s, works until %(day)s") % {
            "status": InvitationStatus.SENT.label,
            "day": f"{until:%d.%m.%Y}",
        }

    def sentence(self, data, lines):
        return ngettext(
            "%(n)d letter with a new link will go out; the old link stops working.",
            "%(n)d letters with new links will go out; the old links stop working.",
            len(lines),
        ) % {"n": len(lines)}

    def button(self, lines):
        return ngettext("Send %(n)d letter", "Send %(n)d letters", len(lines)) % {"n": len(lines)}

    def apply(self, actor, data):
        ready, _left = self.ready()
        for invitation in ready:
            services.send_again(actor=actor, invitation=invitation, request=self.register.request)
        return ngettext("%(n)d letter is on its way", "%(n)d letters are on their way", len(ready)) % {
            "n": len(ready)
        }


class WithdrawInvitations(InvitationAction):
    """The links stop working."""

    code = "withdraw"
    label = gettext_lazy("Withdraw…")

    def becomes(self):
        return str(InvitationStatus.WITHDRAWN.label)

    def sentence(self, data, lines):
        return ngettext(
            "%(n)d invitation will be withdrawn: its link stops working.",
            "%(n)d invitations will be withdrawn: their links stop working.",
            len(lines),
        ) % {"n": len(lines)}

    def button(self, lines):
        return ngettext("Withdraw %(n)d invitation", "Withdraw %(n)d invitations", len(lines)) % {
            "n": len(lines)
        }

    def apply(self, actor, data):
        ready, _left = self.ready()
        for invitation in ready:
            services.withdraw(actor=actor, invitation=invitation)
        return ngettext("%(n)d invitation is withdrawn", "%(n)d invitations are withdrawn", len(ready)) % {
            "n": len(ready)
        }
