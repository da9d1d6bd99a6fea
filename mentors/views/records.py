"""Diagnostics, courses and contests: added to a card, changed, removed with a reason."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext as _

from mentors import services
from mentors.forms.records import ContestForm, DiagnosticForm, RecordForm, RemovalForm, TrainingForm
from mentors.models import ContestEntry, Diagnostic, Training
from mentors.rights import WRITERS, get_writable
from mentors.views.writing import PersonPage, card_address, crumbs_of
from orgs.addresses import address
from orgs.form_pages import FormPage

FORMS = {Diagnostic: DiagnosticForm, Training: TrainingForm, ContestEntry: ContestForm}
ROUTES = {Diagnostic: "diagnostic", Training: "training", ContestEntry: "contest"}


class AddRecordPage(PersonPage):
    """/mentees/<pk>/diagnostics/add/ and its like."""

    adds_more = True
    model: ClassVar[type] = None

    @property
    def form_class(self) -> type[RecordForm]:
        return FORMS[self.model]

    def form_arguments(self) -> dict:
        return {}

    def title(self) -> str:
        return {
            Diagnostic: _("New diagnostic"),
            Training: _("New course"),
            ContestEntry: _("New contest"),
        }[self.model]

    def save(self, form: RecordForm):
        record = {
            Diagnostic: services.record_diagnostic,
            Training: services.record_training,
            ContestEntry: services.record_contest,
        }[self.model]
        return record(actor=self.request.user, participation=self.participation, **form.values())


class RecordPage(FormPage):
    """Base of pages about one record; ``model`` says which kind."""

    read_roles = WRITERS
    write_roles = WRITERS
    model: ClassVar[type] = None

    def load(self, pk: int) -> None:
        rows = self.model.objects.select_related("participation__person", "participation__organization")
        self.record = get_writable(rows, self.request.scope, pk=pk)
        self.participation = self.record.participation

    def crumbs(self):
        return crumbs_of(self.request, self.participation)

    def next_url(self, saved) -> str:
        return card_address(self.request, self.participation)

    def cancel_url(self) -> str:
        return card_address(self.request, self.participation)


class EditRecordPage(RecordPage):
    """/diagnostics/<pk>/edit/ and its like."""

    template_name = "mentors/record_form.html"

    @property
    def form_class(self) -> type[RecordForm]:
        return FORMS[self.model]

    def form_arguments(self) -> dict:
        return {"record": self.record}

    def title(self) -> str:
        return str(self.record)

    def context(self, form) -> dict:
        remove = address(self.request, f"{ROUTES[self.model]}-remove", self.record.pk)
        return {"remove_url": remove, "remove_label": _("Remove the record")}

    def save(self, form: RecordForm):
        (record,) = form.records
        changes = form.changes(record)
        if changes:
            services.change_record(actor=self.request.user, record=record, **changes)
        return record


class RemoveRecordPage(RecordPage):
    """/diagnostics/<pk>/remove/ and its like."""

    form_class = RemovalForm

    def form_arguments(self) -> dict:
        return {}

    @property
    def submit_label(self) -> str:
        return _("Remove the record")

    def title(self) -> str:
        return _("Remove: %(record)s") % {"record": self.record}

    def save(self, form: RemovalForm):
        services.remove_record(
            actor=self.request.user, record=self.record, reason=form.cleaned_data["reason"]
        )
        return self.participation

    def saved_text(self, saved) -> str:
        return _("The record is removed. The reason stands in the history.")
