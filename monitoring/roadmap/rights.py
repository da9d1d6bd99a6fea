"""Whose the roadmap is: read by all staff of the municipality, written by its methodologist."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from orgs.enums import STAFF_ROLES, Role
from orgs.models import Municipality
from orgs.scope import Scope

TARGET_KEEPERS = frozenset({Role.METHODOLOGIST, Role.ADMINISTRATOR})


def may_edit(scope: Scope, municipality: Municipality) -> bool:
    """Only the methodologist of the whole municipality changes its roadmap."""
    return scope.holds_over(municipality, Role.METHODOLOGIST)


def require_editor(scope: Scope, municipality: Municipality) -> None:
    """Raises ``PermissionDenied`` with the sentence for everybody else."""
    if not may_edit(scope, municipality):
        raise PermissionDenied(_("The roadmap is changed by the methodologist of the whole municipality."))


def municipality_of(request: HttpRequest) -> Municipality:
    """The municipality that the page is about: that of the role in use; 404 without one."""
    wanted = request.scope.municipality_ids(STAFF_ROLES)
    if request.membership is not None:
        place = request.membership.organization or request.membership.district
        own = place.municipality_id if place else request.membership.municipality_id
        wanted = {own} & wanted or wanted
    found = Municipality.objects.visible_to(request.scope).filter(pk__in=wanted).order_by("name").first()
    if found is None:
        raise Http404
    return found
