"""The template for correcting: only the incomplete rows of a school, to be filled in and uploaded again."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import AccessAction
from accounts.services import record_access
from common.importing import ImportContext, import_kinds
from common.workbooks import WorkbookWriter
from exchange.forms import kind_title
from exchange.views.upload import workbook_response
from orgs.addresses import redirect_to
from orgs.enums import Role
from orgs.models import Organization
from orgs.pages import RoleView


class IncompleteRows(RoleView):
    """/imports/incomplete/<kind>.xlsx: rows of the own school that lack something essential.

    The rows are found again by the name and the birth, like those of any workbook; full names stay at the
    school, so only its curator gets them.
    """

    read_roles = frozenset({Role.CURATOR})

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in import_kinds or not import_kinds.get(kind).essential:
            raise Http404
        own = request.scope.organization_ids(self.read_roles)
        school = Organization.objects.visible_to(request.scope).filter(pk__in=own).order_by("pk").first()
        resource = import_kinds.get(kind)(ImportContext(request.scope, request.user, school))
        rows = [
            row for row in resource.export_rows() if not all(row.get(name) for name in resource.essential)
        ]
        if not rows:
            messages.success(
                request,
                _(
                    "There is nothing to correct: whatever the workbook holds is filled in. "
                    "Consents are recorded on the card of each person."
                ),
            )
            return redirect_to(request, "import-new", kind=kind)
        target = BytesIO()
        with WorkbookWriter(target, title=kind_title(kind)) as book:
            book.sheet(resource.sheet_title, resource.columns(), rows)
        record_access(
            request.user,
            AccessAction.EXPORT,
            object_type="orgs.organization",
            object_id=school.pk,
            ip_address=request.META.get("REMOTE_ADDR"),
            file=_("Template for correcting"),
            rows=len(rows),
        )
        return workbook_response(target.getvalue(), f"{kind}-to-correct.xlsx")
