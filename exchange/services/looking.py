"""What an uploaded workbook is, asked before a run of it is opened."""

from __future__ import annotations

from django.core.files.base import File

from common.importing import import_kinds
from exchange import uploads
from exchange.inspection import Inspection, inspect_workbook
from exchange.rights import MUNICIPAL_IMPORTERS, SCHOOL_IMPORTERS, may_import
from orgs.models import Municipality, Organization
from orgs.scope import Scope


def first_look(
    scope: Scope, file: File, file_name: str, organization, municipality, hint: str = ""
) -> Inspection:
    """What the headings say; without a place, among the schools and kinds that the scope may load."""
    schools = None
    if organization is None and municipality is None:
        schools = Organization.objects.visible_to(scope).filter(
            pk__in=scope.organization_ids(SCHOOL_IMPORTERS)
        )
    kinds = [code for code in import_kinds if _fits(scope, code, organization, municipality)]
    kinds.sort(key=lambda code: (code != hint, import_kinds.get(code).order))
    with uploads.local_copy(file, file_name) as path:
        return inspect_workbook(
            path,
            file_name,
            kinds,
            organization=organization,
            municipality=municipality,
            organizations=schools,
            hint=hint,
        )


def _fits(scope: Scope, kind: str, organization, municipality) -> bool:
    if organization is None and municipality is None:
        return True
    if import_kinds.get(kind).needs_organization and organization is None:
        return False
    place = organization.municipality if organization else municipality
    return may_import(scope, kind, municipality=place, organization=organization)


def only_municipality(scope: Scope, kind: str):
    """The municipality of a workbook that names no school, where the scope oversees just one; else None."""
    further = getattr(import_kinds.get(kind), "importer_roles", frozenset())
    places = Municipality.objects.visible_to(scope).filter(
        pk__in=scope.overseen_municipality_ids(MUNICIPAL_IMPORTERS | further)
    )
    found = list(places[:2])
    return found[0] if len(found) == 1 else None


def usual_kind(scope: Scope, organization, municipality, hint: str = "") -> str:
    """The kind that a workbook without known headings is taken for until its owner says more."""
    fitting = [code for code in import_kinds if _fits(scope, code, organization, municipality)]
    if hint in fitting:
        return hint
    own = [code for code in fitting if import_kinds.get(code).needs_organization] or fitting
    return min(own, key=lambda code: import_kinds.get(code).order, default="")
