"""Page, files and bulk actions of the register of users."""

from __future__ import annotations

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orgs.addresses import address
from orgs.pages import NO_YEARS
from orgs.registers.bulk import BulkPage
from orgs.registers.export import RegisterExport
from orgs.registers.pages import EmptyState, MoreLink, RegisterPage
from orgs.users.register import UserRegister
from orgs.users.rules import ADMINISTRATORS


class UserRegisterPage(RegisterPage):
    """/users/: accounts with a role in the administrator's places."""

    period_kind = NO_YEARS
    register_class = UserRegister
    read_roles = add_roles = action_roles = export_roles = ADMINISTRATORS
    add_route = "invitation-new"
    add_label = gettext_lazy("Invite")

    def more_links(self, register):
        return [
            MoreLink(address(self.request, "invitations"), _("Invitations"), "mail"),
            MoreLink(address(self.request, "invitations-curators"), _("Invite curators"), "users"),
        ]

    def empty_state(self, register) -> EmptyState:
        return EmptyState(
            _("There are no users yet"),
            _("Invite the curators of schools: each gets a letter with a link and chooses a password."),
            address(self.request, "invitations-curators"),
            _("Invite curators"),
            "user-plus",
        )


class UserExport(RegisterExport):
    """/users/export/"""

    register_class = UserRegister
    read_roles = ADMINISTRATORS


class AdministrationBulkPage(BulkPage):
    """Bulk actions that have an action of their own as the way back: nothing is kept to be undone."""

    period_kind = NO_YEARS
    write_roles = ADMINISTRATORS

    def writable(self, register):
        return register.source()

    def keep(self, register, action, rows, work) -> str:
        messages.success(self.request, f"{work()}.")
        return ""


class UserBulkPage(AdministrationBulkPage):
    """/users/bulk/"""

    register_class = UserRegister
