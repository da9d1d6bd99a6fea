"""Forms of the wizard of imports and of the builder of reports."""

from __future__ import annotations

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.importing import import_kinds
from common.reporting import report_kinds
from exchange.places import PlaceField
from exchange.rights import MUNICIPAL_IMPORTERS, SCHOOL_IMPORTERS
from orgs.scope import Scope

# A block of the clipboard; more is a file.
PASTED_ROWS = 500


def kind_title(kind: str) -> str:
    """How a kind of workbook is called; a kind that is no longer known keeps its code."""
    if kind not in import_kinds:
        return kind
    resource = import_kinds.get(kind)
    return str(resource.title or resource.sheet_title)


def report_title(kind: str) -> str:
    """How a kind of report is called; a kind that is no longer known keeps its code."""
    return str(report_kinds.get(kind).title) if kind in report_kinds else kind


def all_importer_roles() -> frozenset[str]:
    """Roles that may load at least one kind of workbook."""
    roles = SCHOOL_IMPORTERS | MUNICIPAL_IMPORTERS
    for kind in import_kinds.values():
        roles |= getattr(kind, "importer_roles", frozenset())
    return frozenset(roles)


def kinds_for(scope: Scope) -> list[str]:
    """Kinds of workbooks that the scope may load somewhere, in the order in which they build up."""
    schools = scope.has_role(*SCHOOL_IMPORTERS)
    municipal = scope.overseen_municipality_ids(MUNICIPAL_IMPORTERS)
    found = []
    for code in import_kinds:
        kind = import_kinds.get(code)
        further = scope.has_role(*getattr(kind, "importer_roles", frozenset()))
        whole_place_only = kind.municipal_only
        if further or municipal or (schools and not whole_place_only):
            found.append(code)
    return sorted(found, key=lambda code: (import_kinds.get(code).order, code))


class UploadForm(forms.Form):
    """The file or the pasted cells; what is in them and where they belong is asked only if it has to be."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, up to 5,000 rows. Your own headings will do."
        ),
        error_messages={"empty": _("The file is empty. Choose the workbook with the table.")},
    )
    cells = forms.CharField(
        label=_("Or paste cells copied in Excel"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "wrap": "off"}),
    )
    kind = forms.ChoiceField(label=_("What is in the file"), required=False)
    # What the page that led here lists: taken where the headings fit several kinds.
    hint = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    place = PlaceField(label=_("Organization"))

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = kinds_for(scope)
        by_headings = [("", _("Find out by the headings"))] if len(kinds) > 1 else []
        self.fields["kind"].choices = by_headings + [(code, kind_title(code)) for code in kinds]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = kinds[0]
        place = self.fields["place"]
        # Who loads tables of many organizations only has no school to choose.
        of_schools = any(import_kinds.get(code).needs_organization for code in kinds)
        place.narrow(
            scope,
            school_roles=all_importer_roles() if of_schools else (),
            municipal_roles=all_importer_roles(),
        )
        place.required = not place.choices
        if len(place.choices) > 1:
            place.choices = [("", _("Find out by the ИНН in the file")), *place.choices]

    def clean(self):
        """The table to be read, as a file with a name, stands under ``table``."""
        cleaned = super().clean()
        places = list(self.fields["place"].places.values())
        if len(places) == 1 and not cleaned.get("place") and "place" not in self.errors:
            cleaned["place"] = places[0]
        cells = cleaned.get("cells") or ""
        if cleaned.get("file"):
            cleaned["table"] = cleaned["file"]
        elif cells.strip():
            if cells.count("\n") > PASTED_ROWS:
                self.add_error("cells", _("More than 500 rows are better loaded as a file."))
            cleaned["table"] = ContentFile(cells.encode(), name=gettext("Pasted cells.tsv"))
        elif "file" not in self.errors:
            self.add_error("file", _("Choose a file."))
        return cleaned
