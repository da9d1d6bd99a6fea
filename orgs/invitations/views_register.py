"""Page, files and bulk actions of the register of invitations."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.addresses import address
from orgs.invitations.register import InvitationRegister
from orgs.pages import NO_YEARS
from orgs.registers.export import RegisterExport
from orgs.registers.pages import EmptyState, MoreLink, RegisterPage
from orgs.users.rules import ADMINISTRATORS
from orgs.users.views_register import AdministrationBulkPage


class InvitationRegisterPage(RegisterPage):
    """/invitations/"""

    period_kind = NO_YEARS
    register_class = InvitationRegister
    read_roles = add_roles = action_roles = export_roles = ADMINISTRATORS
    add_route = "invitation-new"
    add_label = gettext_lazy("Invite")

    def crumbs(self):
        return [(address(self.request, "users"), _("Users"))]

    def more_links(self, register):
        return [MoreLink(address(self.request, "invitations-curators"), _("Invite curators"), "users")]

    def empty_state(self, register) -> EmptyState:
        return EmptyState(
            _("Nobody has been invited yet"),
            _("Invite the curators of schools: each gets a letter with a link and chooses a password."),
            address(self.request, "invitations-curators"),
            _("Invite curators"),
            "user-plus",
            address(self.request, "invitation-new"),
            _("Invite a user"),
        )


class InvitationExport(RegisterExport):
    """/invitations/export/"""

    register_class = InvitationRegister
    read_roles = ADMINISTRATORS


class InvitationBulkPage(AdministrationBulkPage):
    """/invitations/bulk/"""

    register_class = InvitationRegister
