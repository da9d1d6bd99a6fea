"""Forms of an organization and of its numbers."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from orgs import services
from orgs.addresses import address
from orgs.enums import COUNTERS, KEEPERS, OrganizationStatus, Role
from orgs.form_pages import FormPage
from orgs.forms import ClosingForm, HeadcountForm, OrganizationForm, SchoolDetailsForm
from orgs.models import Headcount, Organization
from orgs.pages import NO_YEARS, get_visible

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


class OfOrganization(FormPage):
    """A form of the card of one organization, for those who hold one of ``write_roles`` there."""

    period_kind = NO_YEARS

    def load(self, pk: int, **path) -> None:
        rows = Organization.objects.select_related("type", "district", "municipality")
        self.organization = get_visible(rows, self.request.scope, pk=pk)
        if not self.request.scope.holds_for(self.organization, *self.write_roles):
            raise PermissionDenied(self.refusal())

    def crumbs(self):
        return [
            (address(self.request, "organizations"), _("Organizations")),
            (self.next_url(None), self.organization.short_name),
        ]

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope, "organization": self.organization}

    def next_url(self, saved) -> str:
        return address(self.request, "organization", self.organization.pk)

    def cancel_url(self) -> str:
        return self.next_url(None)


class OrganizationAdd(FormPage):
    """/organizations/add/"""

    period_kind = NO_YEARS
    read_roles = write_roles = ADMINISTRATORS
    form_class = OrganizationForm
    adds_more = True

    def title(self) -> str:
        return _("New organization")

    def crumbs(self):
        return [(address(self.request, "organizations"), _("Organizations"))]

    def save(self, form) -> Organization:
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return services.register_organization(actor=self.request.user, **values)

    def saved_text(self, saved) -> str:
        return _("“%(name)s” is added.") % {"name": saved.short_name}

    def next_url(self, saved) -> str:
        return address(self.request, "organization", saved.pk)

    def cancel_url(self) -> str:
        return address(self.request, "organizations")


class OrganizationEdit(OfOrganization):
    """/organizations/<pk>/edit/: everything for an administrator, what the school keeps for its curator."""

    read_roles = write_roles = KEEPERS

    @property
    def form_class(self):
        administers = self.request.scope.holds_for(self.organization, Role.ADMINISTRATOR)
        return OrganizationForm if administers else SchoolDetailsForm

    def title(self) -> str:
        return self.organization.short_name

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope, "instance": self.organization}

    def save(self, form) -> Organization:
        (organization,) = form.records
        return services.change_organization(
            actor=self.request.user, organization=organization, **form.changes(organization)
        )


class OrganizationClose(OfOrganization):
    """/organizations/<pk>/close/: the organization no longer works; its data stay."""

    read_roles = write_roles = ADMINISTRATORS
    form_class = ClosingForm

    def load(self, pk: int, **path) -> None:
        super().load(pk)
        if self.organization.status == OrganizationStatus.CLOSED:
            raise PermissionDenied(_("This organization is closed already."))

    @property
    def submit_label(self):
        return _("Close the organization")

    def title(self) -> str:
        return _("Close “%(name)s”") % {"name": self.organization.short_name}

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope}

    def context(self, form) -> dict:
        return {
            "form_note": _(
                "Roles held here end on the same day, so nobody can enter data any more. "
                "People, pairs and frozen figures stay."
            )
        }

    def save(self, form) -> Organization:
        return services.close_organization(
            actor=self.request.user, organization=self.organization, on=form.cleaned_data["closed_on"]
        )

    def saved_text(self, saved) -> str:
        return _("“%(name)s” is closed.") % {"name": saved.short_name}


class HeadcountAdd(OfOrganization):
    """/organizations/<pk>/headcounts/add/"""

    read_roles = write_roles = COUNTERS
    form_class = HeadcountForm

    def title(self) -> str:
        return _("Numbers of pupils and teachers on a date")

    def save(self, form) -> Headcount:
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return services.add_headcount(actor=self.request.user, organization=self.organization, **values)

    def saved_text(self, saved) -> str:
        return _("The numbers of %(date)s are saved.") % {"date": f"{saved.on_date:%d.%m.%Y}"}


class HeadcountEdit(HeadcountAdd):
    """/organizations/<pk>/headcounts/<headcount>/"""

    def load(self, pk: int, headcount: int) -> None:
        super().load(pk)
        self.headcount = get_visible(
            Headcount.objects.all(), self.request.scope, pk=headcount, organization=self.organization
        )

    def title(self) -> str:
        return _("Numbers of %(date)s") % {"date": f"{self.headcount.on_date:%d.%m.%Y}"}

    def form_arguments(self) -> dict:
        return {**super().form_arguments(), "instance": self.headcount}

    def save(self, form) -> Headcount:
        (headcount,) = form.records
        return services.change_headcount(
            actor=self.request.user, headcount=headcount, **form.changes(headcount)
        )
