"""Pages of the registers of people, pairs and programmes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchange.rights import SCHOOL_IMPORTERS
from mentors.bulk_models import BulkChange
from mentors.registers import MenteeRegister, MentorRegister, PairRegister, ProgramRegister
from mentors.views.revealing import PAGE_READERS, REVEALERS, record_reveal
from orgs.addresses import address
from orgs.enums import READER_ROLES, Role
from orgs.registers.export import RegisterExport
from orgs.registers.pages import EmptyState, RegisterPage
from orgs.registers.routes import route_exists

CURATORS = frozenset({Role.CURATOR})


class NamedRegisterPage(RegisterPage):
    """A register with people's names: GET shows them as far as the role goes, POST reveals them."""

    read_roles = READER_ROLES
    write_roles = REVEALERS
    add_roles = CURATORS
    action_roles = CURATORS
    upload_roles = SCHOOL_IMPORTERS
    export_roles = READER_ROLES

    def frame(self, register) -> dict:
        return {
            **super().frame(register),
            "names": register.names,
            "reveals": register.names.shortens or register.names.revealed,
            "done": self.done(register),
        }

    def correcting_url(self, register) -> str:
        """Full names stay at the school: its curator alone corrects the lists in a workbook."""
        has_rows = self.upload_kind and register.counts.quick.get("incomplete")
        if not has_rows or not register.scope.has_role(*CURATORS):
            return ""
        return address(self.request, "import-incomplete", self.upload_kind)

    def done(self, register) -> BulkChange | None:
        """The bulk change that the address says was just made here by this user."""
        key = self.request.GET.get("done", "")
        if not key.isdecimal() or len(key) > 18:
            return None
        found = BulkChange.objects.visible_to(register.scope).defer("changes")
        change = found.filter(pk=int(key), actor=register.scope.user_id).first()
        return change if change and change.can_be_undone else None

    def post(self, request: HttpRequest) -> HttpResponse:
        """The same page with names in full; what was shown stands in the journal."""
        register = self.register_class(request)
        register.reveal()
        return self.answer(request, register)

    def table(self, register, page) -> dict:
        if register.names.revealed and page.rows:
            record_reveal(self.request, register.object_type, [row.pk for row in page.rows])
        return super().table(register, page)

    def _ways(self, register) -> dict:
        """The two ways to fill an empty register, as far as this user has them."""
        scope, found = register.scope, {}
        if self.upload_kind and scope.has_role(*self.upload_roles):
            found["action_url"] = address(self.request, "import-new", kind=self.upload_kind)
            found["action_label"] = pgettext("button", "Upload from Excel")
            found["action_icon"] = "file-spreadsheet"
            found["template_url"] = address(self.request, "import-template", self.upload_kind)
        if self.add_route and scope.has_role(*self.add_roles) and route_exists(self.add_route):
            place = "other" if "action_url" in found else "action"
            found[f"{place}_url"] = address(self.request, self.add_route)
            found[f"{place}_label"] = _("Add by hand")
        return found


class MentorRegisterPage(NamedRegisterPage):
    """/mentors/"""

    register_class = MentorRegister
    add_route = "mentor-add"
    upload_kind = "mentors"

    def empty_state(self, register) -> EmptyState:
        ways = self._ways(register)
        if not ways:
            return EmptyState(
                _("There are no mentors yet"),
                _("Mentors appear here when the curator of the school enters them."),
            )
        sample = (
            (_("Full name"), _("Position or class"), _("Form")),
            ("Орлова Елена Викторовна", "учитель математики", "учитель — ученик"),
            ("Ким Роман Тимурович", "11А", "ученик — ученик"),
            ("Петров Сергей Иванович", "", ""),
        )
        return EmptyState(
            _("There are no mentors yet"),
            _(
                "Teachers, pupils, students and employers who agreed to mentor will stand here. Upload your "
                "own list from Excel: one column with full names is enough, the rest may be added later."
            ),
            sample=sample if ways.get("template_url") else (),
            **ways,
        )


class MenteeRegisterPage(NamedRegisterPage):
    """/mentees/"""

    register_class = MenteeRegister
    add_route = "mentee-add"
    upload_kind = "mentees"

    def empty_state(self, register) -> EmptyState:
        ways = self._ways(register)
        if not ways:
            return EmptyState(
                _("There are no mentees yet"),
                _("Mentees appear here when the curator of the school enters them."),
            )
        sample = (
            (_("Full name"), _("Class"), _("Year of birth")),
            ("Абрамова Дарья Ильинична", "9А", "2011"),
            ("Белов Артём Сергеевич", "9Б", "2011"),
            ("Гусев Максим Олегович", "10А", ""),
        )
        return EmptyState(
            _("There are no mentees yet"),
            _(
                "Those whom mentors help will stand here. Upload your own list from Excel: full names and "
                "years of birth are enough, the rest may be added later."
            ),
            sample=sample if ways.get("template_url") else (),
            **ways,
        )


class PairRegisterPage(NamedRegisterPage):
    """/pairs/"""

    register_class = PairRegister
    read_roles = PAGE_READERS
    add_route = "pair-add"
    upload_kind = ""

    def empty_state(self, register) -> EmptyState:
        ways = self._ways(register)
        if register.scope.has_role(*CURATORS):
            ways["other_url"] = address(self.request, "import-new", kind="mentees")
            ways["other_label"] = pgettext("button", "Upload from Excel")
        if ways.get("action_label"):
            ways["action_label"] = _("Make a pair")
        return EmptyState(
            _("There are no pairs yet"),
            _("Pairs appear when mentees are given their mentors, or with the lists that you upload."),
            **ways,
        )


class ProgramRegisterPage(NamedRegisterPage):
    """/programs/"""

    register_class = ProgramRegister
    read_roles = PAGE_READERS
    add_route = "program-add"

    def empty_state(self, register) -> EmptyState:
        ways = self._ways(register)
        if ways.get("action_label"):
            ways["action_label"] = _("Write a programme")
        return EmptyState(
            _("There are no programmes yet"),
            _("A programme says what a pair or a group wants to reach, by which steps and until when."),
            **ways,
        )


class MentorExport(RegisterExport):
    """/mentors/export/"""

    register_class = MentorRegister
    read_roles = READER_ROLES


class MenteeExport(RegisterExport):
    """/mentees/export/"""

    register_class = MenteeRegister
    read_roles = READER_ROLES


class PairExport(RegisterExport):
    """/pairs/export/"""

    register_class = PairRegister
    read_roles = READER_ROLES


class ProgramExport(RegisterExport):
    """/programs/export/"""

    register_class = ProgramRegister
    read_roles = READER_ROLES
