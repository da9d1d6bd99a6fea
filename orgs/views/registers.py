"""Page and files of the register of organizations."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from orgs.addresses import address
from orgs.enums import STAFF_ROLES, Role
from orgs.organization_register import OrganizationRegister
from orgs.registers.counting import count_text
from orgs.registers.export import RegisterExport
from orgs.registers.pages import EmptyState, MoreLink, Notice, RegisterPage
from orgs.registers.routes import route_exists

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
UPLOADERS = frozenset({Role.METHODOLOGIST, Role.ANALYST, Role.ADMINISTRATOR})


class OrganizationRegisterPage(RegisterPage):
    """/organizations/"""

    register_class = OrganizationRegister
    read_roles = STAFF_ROLES
    add_route = "organization-add"
    add_roles = ADMINISTRATORS
    upload_kind = "organizations"
    upload_roles = UPLOADERS

    def more_links(self, register):
        if not register.scope.has_role(*ADMINISTRATORS):
            return []
        return [MoreLink(address(self.request, "invitations-curators"), _("Invite curators"), "mail")]

    def notice(self, register):
        """The numbers of pupils are what shares are counted from: old ones make this year's shares wrong."""
        count = register.counts.quick["no_headcount"]
        if not count or "no_headcount" in register.filters.only:
            return None
        text = ngettext(
            "%(n)s organization without numbers of this school year: no shares.",
            "%(n)s organizations without numbers of this school year: no shares.",
            count,
        ) % {"n": count_text(count)}
        return Notice(text, register.link(only="no_headcount"), _("Show them"))

    def empty_state(self, register) -> EmptyState:
        scope = register.scope
        if not scope.has_role(*UPLOADERS):
            return EmptyState(
                _("There are no organizations yet"),
                _("Organizations appear when the administrator of the municipality enters them."),
            )
        ways = {}
        if scope.has_role(*ADMINISTRATORS) and route_exists("organization-add"):
            ways = {
                "other_url": address(self.request, "organization-add"),
                "other_label": _("Add by hand"),
            }
        return EmptyState(
            _("There are no organizations yet"),
            _("Upload the list of organizations: INN, name and kind are enough to begin."),
            address(self.request, "import-new", kind="organizations"),
            pgettext("button", "Upload from Excel"),
            "file-spreadsheet",
            template_url=address(self.request, "import-template", "organizations"),
            sample=(
                (_("INN"), _("Short name"), _("Kind")),
                ("5400000017", "СОШ № 17", "школа"),
                ("5400000024", "Гимназия № 2", "гимназия"),
                ("5400000031", "Детский сад № 5", ""),
            ),
            **ways,
        )


class OrganizationExport(RegisterExport):
    """/organizations/export/"""

    register_class = OrganizationRegister
    read_roles = STAFF_ROLES
