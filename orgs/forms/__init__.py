"""Forms of the orgs app."""

from orgs.forms.documents import DocumentForm
from orgs.forms.organizations import ClosingForm, HeadcountForm, OrganizationForm, SchoolDetailsForm

__all__ = ["ClosingForm", "DocumentForm", "HeadcountForm", "OrganizationForm", "SchoolDetailsForm"]
