"""Who may ask for a report or load a workbook, asked at the click and again when the job runs."""

from __future__ import annotations

from common.importing import import_kinds
from orgs.enums import READER_ROLES, Role
from orgs.scope import Scope

# A school's data are entered by its curator; the methodologist enters what schools send by mail.
SCHOOL_IMPORTERS = frozenset({Role.CURATOR, Role.METHODOLOGIST})
MUNICIPAL_IMPORTERS = frozenset({Role.METHODOLOGIST, Role.ANALYST})


def may_report(scope: Scope, *, municipality, organization, district=None) -> bool:
    """Whether the scope may read everything a report on this place would say."""
    if organization:
        return scope.holds_for(organization, *READER_ROLES)
    if district is not None and district.pk in scope.overseen_district_ids(READER_ROLES):
        return True
    return municipality is not None and scope.holds_over(municipality, *READER_ROLES)


def may_import(scope: Scope, kind: str, *, municipality, organization) -> bool:
    """Whether the scope may load this kind of workbook here; raises ``LookupError`` for an unknown kind.

    A kind may name further roles in ``importer_roles`` (the administrator and the list of organizations).
    """
    further = getattr(import_kinds.get(kind), "importer_roles", frozenset())
    if organization:
        return scope.holds_for(organization, *(SCHOOL_IMPORTERS | further))
    return municipality is not None and scope.holds_over(municipality, *(MUNICIPAL_IMPORTERS | further))
