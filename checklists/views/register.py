"""The list of self-audits: the school's own by year, the queue of the methodologist."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from checklists import queries, services
from checklists.enums import AuditStatus
from checklists.models import SelfAudit
from checklists.presenters import result_text, status_badge
from common.dates import today
from orgs.addresses import redirect_to
from orgs.enums import OVERSIGHT_ROLES, Role
from orgs.models import Organization
from orgs.pages import CALENDAR_YEARS, RoleView, asked_year, get_visible
from orgs.queries import found_organizations

PAGE_ROWS = 50


class AuditRegister(RoleView):
    """/checklists/: self-audits of a year with their state, and who has not begun."""

    period_kind = CALENDAR_YEARS
    write_roles = frozenset({Role.CURATOR})

    def get(self, request: HttpRequest) -> HttpResponse:
        scope = request.scope
        known = queries.years(scope)
        year = asked_year(request, known)
        if "year" not in request.GET:
            if year != today().year:
                # The switch of the frame shows the year of the address.
                return redirect_to(request, "checklists", year=year)
            if audit := self.only_audit(year):
                return redirect_to(request, "checklist", audit.pk)
        counts = queries.status_counts(scope, year)
        audits = queries.audits(scope).filter(year=year)
        status = request.GET.get("status", "")
        if status in AuditStatus.values:
            audits = audits.filter(status=status)
        words = request.GET.get("q", "").strip()[:100]
        if words:
            places = found_organizations(Organization.objects.visible_to(scope), words)
            audits = audits.filter(organization__in=places)
        page = Paginator(queries.in_order_of_work(audits), PAGE_ROWS).get_page(request.GET.get("page"))
        for audit in page:
            audit.badge = status_badge(audit.status)
            audit.result = result_text(audit, audit.returned)
        late = list(queries.organizations_without_audit(scope, year)[:PAGE_ROWS])
        template = queries.current_template()
        context = {
            "page": page,
            "rows": page.object_list,
            "year": year,
            "status": status,
            "words": words,
            "total": sum(counts.values()),
            "statuses": [
                (code, status_badge(code).label, counts[code])
                for code in queries.ORDER_OF_WORK
                if code in counts
            ],
            "late": late,
            "items_total": template.items.count() if template else 0,
            "can_start": [place for place in late if scope.holds_for(place, Role.CURATOR)],
            "can_open": scope.has_role(Role.METHODOLOGIST),
            "from_above": scope.has_role(*OVERSIGHT_ROLES),
            "this_year": today().year,
        }
        return render(request, "checklists/audit_list.html", context)

    def only_audit(self, year: int) -> SelfAudit | None:
        """The self-audit of the year for who sees one school: a list of one row costs a click a visit."""
        scope = self.request.scope
        if scope.has_role(*OVERSIGHT_ROLES):
            return None
        found = list(queries.audits(scope).filter(year=year)[:2])
        return found[0] if len(found) == 1 and not queries.organizations_without_audit(scope, year) else None

    def post(self, request: HttpRequest) -> HttpResponse:
        """Begins the self-audit of this year for one of the user's schools."""
        pk = request.POST.get("organization", "")
        organization = get_visible(Organization.objects, request.scope, pk=int(pk) if pk.isdecimal() else 0)
        if not request.scope.holds_for(organization, Role.CURATOR):
            raise PermissionDenied(_("A self-audit is begun by the curator of the school."))
        template = queries.current_template()
        if template is None:
            messages.error(request, _("There is no checklist yet. Write to the administrator of the portal."))
            return redirect_to(request, "checklists")
        year = today().year
        try:
            with transaction.atomic():
                audit = services.start_audit(
                    actor=request.user, organization=organization, template=template, year=year
                )
        except (IntegrityError, ValidationError):
            audit = SelfAudit.objects.visible_to(request.scope).get(
                organization=organization, template=template, year=year
            )
        return redirect_to(request, "checklist", audit.pk)
