"""Forms of personal programmes and rows of their plans."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import today
from common.forms import DateField, GuardedForm, PortalForm, PortalModelForm, Row
from mentors.enums import ProgramStatus
from mentors.forms.meetings import MODES
from mentors.models import PlanStep, Program

TEXT = forms.Textarea(attrs={"rows": 3})


class ProgramForm(PortalModelForm):
    """The sections of a personal programme (АЗ-1128/08) without its plan."""

    layout = (
        "title",
        "problem",
        "goal",
        "content",
        "mode",
        Row(("schedule", 4), ("meetings_planned", 2)),
        Row(("started_on", 2), ("interim_on", 2), ("ended_on", 2)),
        Row(("learning_route", 3), ("route_by_diagnostics", 3)),
    )

    class Meta:
        model = Program
        fields = (
            "title",
            "problem",
            "goal",
            "content",
            "mode",
            "schedule",
            "meetings_planned",
            "started_on",
            "interim_on",
            "ended_on",
            "learning_route",
            "route_by_diagnostics",
        )
        widgets = {
            "problem": TEXT,
            "goal": TEXT,
            "content": TEXT,
            "mode": forms.RadioSelect,
        }
        help_texts = {
            "schedule": gettext_lazy("For example: every second Wednesday after the sixth lesson"),
            "ended_on": gettext_lazy("Usually three months to a year"),
        }

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mode"].choices = MODES
        self.fields["interim_on"].label = _("Interim term")
        self.fields["started_on"].label = _("Begins on")
        self.fields["ended_on"].label = _("Ends on")
        self.fields["meetings_planned"].validators += [MinValueValidator(1), MaxValueValidator(200)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("route_by_diagnostics") and not cleaned.get("learning_route"):
            self.add_error("route_by_diagnostics", _("Tick the learning route too, or take this tick away."))
        begun, ended = cleaned.get("started_on"), cleaned.get("ended_on")
        if begun and ended and ended < begun:
            self.add_error("ended_on", _("The programme ends before it begins. Correct one of the dates."))
        return cleaned


class ProgramEditForm(GuardedForm, ProgramForm):
    """The same over a saved programme; nobody's change is lost."""

    class Meta(ProgramForm.Meta):
        pass

    def __init__(self, *args, instance, **kwargs):
        self.records = (instance,)
        super().__init__(*args, instance=instance, **kwargs)


class ProgramMoveForm(PortalForm):
    """The next status; an approval names its order."""

    status = forms.ChoiceField(choices=ProgramStatus.choices, widget=forms.HiddenInput)
    approval_number = forms.CharField(
        label=gettext_lazy("Number of the order"), required=False, max_length=60
    )
    approved_on = DateField(label=gettext_lazy("Approved on"), required=False, initial=today)

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.layout = ("status", Row(("approval_number", 3), ("approved_on", 3)))


class StepForm(PortalModelForm):
    """A new row of the plan."""

    layout = ("activity", Row(("due_on", 2), ("planned_result", 4)))

    class Meta:
        model = PlanStep
        fields = ("activity", "due_on", "planned_result")
        widgets = {"planned_result": forms.TextInput, "activity": forms.TextInput}
        error_messages = {"activity": {"required": gettext_lazy("Write what is to be done.")}}

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)


class StepEditForm(GuardedForm, StepForm):
    """A saved row of the plan with its results."""

    layout = (
        "activity",
        Row(("due_on", 2), ("planned_result", 4)),
        Row(("done_on", 2), ("actual_result", 4)),
        "mentor_mark",
    )

    class Meta(StepForm.Meta):
        fields = ("activity", "due_on", "planned_result", "done_on", "actual_result", "mentor_mark")
        widgets = {**StepForm.Meta.widgets, "actual_result": forms.TextInput}

    def __init__(self, *args, instance, **kwargs):
        self.records = (instance,)
        super().__init__(*args, instance=instance, **kwargs)


class StepDoneForm(PortalForm):
    """What came out of a row of the plan."""

    layout = (Row(("done_on", 2), ("actual_result", 4)), "mentor_mark")
    done_on = DateField(label=gettext_lazy("Done on"), initial=today)
    actual_result = forms.CharField(label=gettext_lazy("Actual result"), required=False, max_length=2000)
    mentor_mark = forms.CharField(label=gettext_lazy("Mentor's assessment"), required=False, max_length=250)

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)


class PasteForm(PortalForm):
    """Rows of a plan copied from a table."""

    rows = forms.CharField(
        label=gettext_lazy("Rows of the plan"),
        max_length=60_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Copy the rows in Excel or Word and paste them here: activity, term, planned result; "
            "with headings or without."
        ),
        error_messages={"required": gettext_lazy("Paste at least one row.")},
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
