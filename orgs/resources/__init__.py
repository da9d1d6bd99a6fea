"""Exchange workbooks of the app: organizations, headcounts, documents."""

from orgs.resources.documents import DocumentResource
from orgs.resources.headcounts import HeadcountResource
from orgs.resources.organizations import OrganizationResource

__all__ = ["DocumentResource", "HeadcountResource", "OrganizationResource"]
