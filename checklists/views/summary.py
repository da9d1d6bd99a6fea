"""The summary above the schools: the matrix, the shortcomings, the workbook of both, the opening."""

from __future__ import annotations

from io import BytesIO

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import AccessAction
from accounts.services import record_access
from checklists import queries, services
from checklists.forms import OpenForm
from checklists.matrix import Matrix, MatrixFilter, read_matrix
from checklists.workbook import matrix_workbook
from common.parts import beginning
from orgs.addresses import address
from orgs.enums import OrganizationStatus, Role
from orgs.form_pages import FormPage
from orgs.models import Organization
from orgs.pages import CALENDAR_YEARS, NO_YEARS, RoleView, asked_year

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# How many schools stand under each item while all items are on the page.
FIRST_SCHOOLS = 5
ABOVE = frozenset({Role.METHODOLOGIST, Role.ANALYST})


class SummaryView(RoleView):
    """A page over many schools, narrowed by the filters of the address."""

    period_kind = CALENDAR_YEARS
    read_roles = ABOVE

    def read(self) -> tuple[Matrix, MatrixFilter]:
        """The matrix that the address asks for, and its filters."""
        scope = self.request.scope
        year = asked_year(self.request, queries.years(scope))
        chosen = MatrixFilter(self.request.GET, scope=scope)
        template = queries.current_template()
        items = list(template.items.all()) if template else []
        return read_matrix(scope, year, items, chosen.chosen), chosen

    def show(self, template: str) -> HttpResponse:
        matrix, chosen = self.read()
        context = {
            "matrix": matrix,
            "filter": chosen,
            "year": matrix.year,
            "can_open": self.request.scope.has_role(Role.METHODOLOGIST),
        }
        return render(self.request, template, context | self.more(matrix))

    def more(self, matrix: Matrix) -> dict:
        """What this page shows besides."""
        return {}


class AuditMatrix(SummaryView):
    """/checklists/matrix/"""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show("checklists/matrix.html")

    def more(self, matrix: Matrix) -> dict:
        return {"cards": beginning(matrix.rows, self.request.GET.get("cards", ""))}


class AuditGaps(SummaryView):
    """/checklists/shortcomings/"""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show("checklists/gaps.html")

    def more(self, matrix: Matrix) -> dict:
        """All items with their first schools, or one item with all of them."""
        number = self.request.GET.get("item", "")
        gaps = matrix.gaps
        if one := [gap for gap in gaps if str(gap.item.number) == number]:
            return {"gaps": [(gap, gap.rows) for gap in one], "one": True}
        return {"gaps": [(gap, gap.rows[:FIRST_SCHOOLS]) for gap in gaps]}


class MatrixFile(SummaryView):
    """/checklists/matrix.xlsx: exactly the schools that the filters leave."""

    def get(self, request: HttpRequest) -> HttpResponse:
        matrix, chosen = self.read()
        place = request.membership.place if request.membership else ""
        name = f"Сводный чек-лист. {place}. {matrix.year}.xlsx"
        record_access(
            request.user,
            AccessAction.EXPORT,
            object_type="checklists.selfaudit",
            ip_address=request.META.get("REMOTE_ADDR"),
            file=name,
        )
        content = BytesIO(matrix_workbook(matrix, str(place), filters=chosen.text))
        response = FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)
        response["X-Content-Type-Options"] = "nosniff"
        return response


class AuditsOpen(FormPage):
    """/checklists/open/: the self-audit of a year opened for all schools of the methodologist's place."""

    read_roles = write_roles = frozenset({Role.METHODOLOGIST})
    period_kind = NO_YEARS
    form_class = OpenForm

    def places(self):
        """Working organizations that the user is a methodologist for."""
        scope = self.request.scope
        return Organization.objects.visible_to(scope).filter(
            pk__in=scope.organization_ids({Role.METHODOLOGIST}), status=OrganizationStatus.ACTIVE
        )

    def load(self) -> None:
        self.count = self.places().count()

    def title(self) -> str:
        return _("Open the self-audit")

    @property
    def submit_label(self) -> str:
        return ngettext(
            "Open the self-audit for %(n)d school", "Open the self-audit for %(n)d schools", self.count
        ) % {"n": self.count}

    def crumbs(self):
        return [(address(self.request, "checklists"), _("Checklists"))]

    def save(self, form):
        template = queries.current_template()
        if template is None:
            raise PermissionDenied(_("There is no checklist yet. Write to the administrator of the portal."))
        self.year = form.cleaned_data["year"]
        return services.open_audits(
            actor=self.request.user, organizations=self.places(), template=template, **form.cleaned_data
        )

    def saved_text(self, saved) -> str:
        text = ngettext("Opened for %(n)d school.", "Opened for %(n)d schools.", saved.new) % {"n": saved.new}
        if saved.redated:
            text += " " + ngettext(
                "The new day stands in %(n)d self-audit that was open.",
                "The new day stands in %(n)d self-audits that were open.",
                saved.redated,
            ) % {"n": saved.redated}
        return text

    def next_url(self, saved) -> str:
        return address(self.request, "checklists", year=self.year)

    def cancel_url(self) -> str:
        return address(self.request, "checklists")
