"""A document of an organization: requisites, and a link or a file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from common.forms import AttachmentField, GuardedForm, PortalModelForm, Row
from orgs.models import Document, DocumentType


class DocumentForm(GuardedForm, PortalModelForm):
    """Adds or changes a document; a new file takes the place of the old one."""

    file = AttachmentField(label=_("File"), required=False)
    layout = (
        "type",
        Row(("number", 2), ("issued_on", 2), ("valid_until", 2)),
        "url",
        "file",
    )

    class Meta:
        model = Document
        fields = ("type", "number", "issued_on", "valid_until", "url", "file")
        help_texts = {"url": _("Where it is published on the website")}

    def __init__(self, *args, scope, organization, instance=None, **kwargs):
        self.records = (instance,) if instance else ()
        super().__init__(*args, instance=instance or Document(organization=organization), **kwargs)
        kinds = DocumentType.objects.filter(active=True)
        if instance is not None:
            kinds = kinds | DocumentType.objects.filter(pk=instance.type_id)
        self.fields["type"].queryset = kinds

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(name) for name in ("number", "issued_on", "url", "file")]
        if not self.errors and not any(given) and not self.instance.file:
            self.add_error("number", _("Give the number and date of the document, a link to it or a file."))
        return cleaned
