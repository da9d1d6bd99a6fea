"""Documents of an organization: add, change, remove, take the file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from orgs import services
from orgs.enums import Role
from orgs.files import send_private_file
from orgs.forms import DocumentForm
from orgs.forms.removal import RemovalForm
from orgs.models import Document, Organization
from orgs.pages import RoleView, get_visible
from orgs.views.organization_forms import OfOrganization

CURATORS = frozenset({Role.CURATOR})


class DocumentAdd(OfOrganization):
    """/organizations/<pk>/documents/add/"""

    read_roles = write_roles = CURATORS
    form_class = DocumentForm
    adds_more = True

    def title(self) -> str:
        return _("New document")

    def form_arguments(self) -> dict:
        arguments = super().form_arguments()
        if kind := self.request.GET.get("type"):
            arguments["initial"] = {"type": kind}
        return arguments

    def save(self, form) -> Document:
        values = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return services.add_document(
            actor=self.request.user,
            organization=self.organization,
            **{**values, "file": values["file"] or ""},
        )

    def saved_text(self, saved) -> str:
        return _("“%(document)s” is saved.") % {"document": saved}


class OfDocument(OfOrganization):
    """A form of one document."""

    read_roles = write_roles = CURATORS

    def load(self, pk: int, document: int) -> None:
        super().load(pk)
        self.document = get_visible(
            Document.objects.select_related("type"),
            self.request.scope,
            pk=document,
            organization=self.organization,
        )


class DocumentEdit(OfDocument):
    """/organizations/<pk>/documents/<document>/"""

    form_class = DocumentForm

    def title(self) -> str:
        return str(self.document.type)

    def form_arguments(self) -> dict:
        return {**super().form_arguments(), "instance": self.document}

    def save(self, form) -> Document:
        (document,) = form.records
        return services.change_document(actor=self.request.user, document=document, **form.changes(document))

    def saved_text(self, saved) -> str:
        return _("“%(document)s” is saved.") % {"document": saved}


class DocumentRemove(OfDocument):
    """/organizations/<pk>/documents/<document>/remove/: with a reason; the history keeps what stood there."""

    form_class = RemovalForm

    @property
    def submit_label(self):
        return _("Remove the document")

    def title(self) -> str:
        return _("Remove “%(document)s”") % {"document": self.document}

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope}

    def save(self, form) -> Organization:
        services.remove_document(
            actor=self.request.user, document=self.document, reason=form.cleaned_data["reason"]
        )
        return self.organization

    def saved_text(self, saved) -> str:
        return _("The document is removed.")


class DocumentFile(RoleView):
    """/organizations/<pk>/documents/<document>/file/"""

    def get(self, request: HttpRequest, pk: int, document: int) -> HttpResponse:
        found = get_visible(
            Document.objects.select_related("type"), request.scope, pk=document, organization=pk
        )
        suffix = found.file.name.rpartition(".")[2] if found.file else ""
        name = get_valid_filename(f"{found}"[:80])
        return send_private_file(request, found, found.file, f"{name}.{suffix}")
