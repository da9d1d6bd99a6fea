"""Forms of records about a participant: diagnostics, courses, contests, and why one is removed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.dates import today
from common.forms import DateField, GuardedForm, PortalForm, Row
from mentors.enums import DiagnosticPhase


class RecordForm(GuardedForm, PortalForm):
    """A record: a new one, or a stored one that two people may change at a time."""

    def __init__(self, *args, record=None, **kwargs):
        self.records = (record,) if record is not None else ()
        if record is not None:
            kwargs["initial"] = {
                name: getattr(record, name) for name in self.base_fields if name != "version"
            }
        super().__init__(*args, **kwargs)

    def values(self) -> dict:
        """What was typed, by column."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class DiagnosticForm(RecordForm):
    """How many professional deficits were found, before or after the programme."""

    phase = forms.ChoiceField(
        label=_("Phase"), choices=DiagnosticPhase.choices, widget=forms.RadioSelect, initial="before"
    )
    held_on = DateField(label=_("Date"), initial=today)
    deficits = forms.IntegerField(
        label=_("Deficits found"), min_value=0, max_value=1000, help_text=_("How many, as a number")
    )
    method = forms.CharField(
        label=_("How it was measured"),
        required=False,
        max_length=250,
        help_text=_("For example: entrance paper, mathematics"),
    )
    notes = forms.CharField(
        label=_("Which deficits"), required=False, max_length=5000, widget=forms.Textarea({"rows": 3})
    )
    layout = (
        Row(("phase", 6)),
        Row(("held_on", 2), ("deficits", 2)),
        Row(("method", 6)),
        Row(("notes", 6)),
    )


class TrainingForm(RecordForm):
    """A course on mentoring."""

    course = forms.CharField(label=_("Course"), max_length=300)
    hours = forms.IntegerField(
        label=pgettext_lazy("of a course", "Hours"), required=False, min_value=1, max_value=2000
    )
    completed_on = DateField(label=_("Completed on"), initial=today)
    in_regional_base = forms.BooleanField(label=_("In the single regional base of mentors"), required=False)
    layout = (
        Row(("course", 6)),
        Row(("completed_on", 2), ("hours", 2)),
        Row(("in_regional_base", 6)),
    )


class ContestForm(RecordForm):
    """A contest or another achievement."""

    title = forms.CharField(label=_("Contest or achievement"), max_length=300)
    held_on = DateField(label=_("Date"), initial=today)
    result = forms.CharField(
        label=_("Result"), required=False, max_length=250, help_text=_("For example: prize-winner")
    )
    layout = (Row(("title", 6)), Row(("held_on", 2), ("result", 4)))


class RemovalForm(PortalForm):
    """Why a record is removed; the reason stays in the history."""

    reason = forms.CharField(
        label=_("Why it is removed"),
        max_length=90,
        help_text=_("The reason stays in the history of the card."),
        error_messages={"required": _("Say why, for example: entered twice.")},
    )
