"""Card of an organization."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.history import history_of
from orgs import queries
from orgs.enums import COUNTERS, KEEPERS, OVERSIGHT_ROLES, STAFF_ROLES, OrganizationStatus
from orgs.models import Document, DocumentType, Membership, Organization
from orgs.pages import RoleView, get_visible
from orgs.users.places import place_code
from orgs.views.documents import CURATORS
from orgs.views.organization_forms import ADMINISTRATORS


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
            "may_see_documents": scope.holds_for(organization, *Document.reader_roles),
            "roles": _roles(organization, scope),
            "history": history_of(organization),
            "may_edit": scope.holds_for(organization, *KEEPERS),
            "may_see_others": scope.has_role(*OVERSIGHT_ROLES),
            "may_count": scope.holds_for(organization, *COUNTERS),
            "may_keep_documents": scope.holds_for(organization, *CURATORS),
            "invited_place": place_code(organization),
            "may_invite": scope.holds_for(organization, *ADMINISTRATORS),
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
