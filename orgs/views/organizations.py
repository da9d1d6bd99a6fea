"""Register and card of organizations."""

from __future__ import annotations

from django.db.models import Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.history import history_of
from common.paging import KeysetPage, Sort
from orgs import queries
from orgs.enums import OVERSIGHT_ROLES, STAFF_ROLES, OrganizationStatus
from orgs.filters import OrganizationFilterSet
from orgs.models import DocumentType, Membership, Organization
from orgs.pages import RoleView, get_visible
from orgs.registers import RegisterView
from orgs.views.documents import CURATORS
from orgs.views.organization_forms import ADMINISTRATORS, COUNTERS, KEEPERS


class OrganizationRegister(RegisterView):
    """/organizations/"""

    read_roles = STAFF_ROLES
    filterset_class = OrganizationFilterSet
    template_name = "orgs/organization_list.html"

    def rows(self):
        return queries.organizations(self.request.scope)

    def sorts(self) -> tuple[Sort, ...]:
        return (
            Sort("name", _("Organization"), "short_name"),
            Sort("type", _("Kind"), "type__title"),
            Sort("district", _("District"), Coalesce("district__name", Value(""))),
        )

    def prepare(self, page: KeysetPage) -> None:
        prefetch_related_objects(page.rows, queries.newest_headcounts(self.request.scope))
        for organization in page.rows:
            organization.latest = organization.numbers[0] if organization.numbers else None
            organization.latest_is_old = queries.numbers_are_old(organization.latest)


class OrganizationCard(RoleView):
    """/organizations/<pk>/: requisites, numbers of pupils, documents, roles, people."""

    read_roles = STAFF_ROLES

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        scope = request.scope
        organization = get_visible(
            Organization.objects.select_related("type", "district", "municipality"), scope, pk=pk
        )
        headcounts = list(organization.headcounts.visible_to(scope).order_by("-on_date")[:10])
        documents = list(
            organization.documents.visible_to(scope).select_related("type").order_by("type__position", "pk")
        )
        context = {
            "organization": organization,
            "headcounts": headcounts,
            "numbers_are_old": queries.numbers_are_old(headcounts[0] if headcounts else None),
            "documents": documents,
            "missing_documents": _missing(documents),
            "roles": _roles(organization, scope),
            "may_see_documents": scope.has_role(*OVERSIGHT_ROLES) or bool(documents),
            "history": history_of(organization),
            "may_edit": scope.holds_for(organization, *KEEPERS),
            "may_count": scope.holds_for(organization, *COUNTERS),
            "may_keep_documents": scope.holds_for(organization, *CURATORS),
            "may_close": organization.status == OrganizationStatus.ACTIVE
            and scope.holds_for(organization, *ADMINISTRATORS),
        }
        return render(request, "orgs/organization_detail.html", context)


def _missing(documents: list) -> list[DocumentType]:
    """Required kinds of documents that the organization has none of."""
    present = {document.type_id for document in documents}
    return [
        kind for kind in DocumentType.objects.filter(required=True, active=True) if kind.pk not in present
    ]


def _roles(organization: Organization, scope) -> list[Membership]:
    """Who holds a role of staff at the organization today."""
    # The organization itself was taken from the scope.
    return list(
        Membership.objects.filter(organization=organization, role__in=STAFF_ROLES)
        .on_date()
        .select_related("user")
        .order_by("role", "user__full_name")
    )
