"""Pages of the orgs app."""

from orgs.views.documents import DocumentAdd, DocumentEdit, DocumentFile, DocumentRemove
from orgs.views.organization_forms import (
    HeadcountAdd,
    HeadcountEdit,
    OrganizationAdd,
    OrganizationClose,
    OrganizationEdit,
)
from orgs.views.organizations import OrganizationCard
from orgs.views.registers import OrganizationExport, OrganizationRegisterPage

__all__ = [
    "DocumentAdd",
    "DocumentEdit",
    "DocumentFile",
    "DocumentRemove",
    "HeadcountAdd",
    "HeadcountEdit",
    "OrganizationAdd",
    "OrganizationCard",
    "OrganizationClose",
    "OrganizationEdit",
    "OrganizationExport",
    "OrganizationRegisterPage",
]
