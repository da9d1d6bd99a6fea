"""Forms of meetings."""

from __future__ import annotations

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import today
from common.forms import DateField, GuardedForm, PortalForm, PortalModelForm, Row
from mentors.enums import MeetingMode
from mentors.models import Meeting, PlanStep

LONGEST_TOPIC = 300
LENGTH = (MinValueValidator(1), MaxValueValidator(600))
MODES = [(value, capfirst(label)) for value, label in MeetingMode.choices]
NOTES = forms.Textarea(attrs={"rows": 3})


class MeetingForm(PortalForm):
    """A meeting that was held; its topic is typed or is a step of the plan."""

    held_on = DateField(label=gettext_lazy("Meeting"), initial=today)
    mode = forms.ChoiceField(
        choices=MODES,
        label=gettext_lazy("How it was held"),
        widget=forms.RadioSelect,
        initial=MeetingMode.IN_PERSON,
    )
    step = forms.ModelChoiceField(
        None, label=gettext_lazy("Topic"), required=False, empty_label=gettext_lazy("Own topic")
    )
    topic = forms.CharField(label=gettext_lazy("Own topic"), required=False, max_length=LONGEST_TOPIC)
    minutes = forms.IntegerField(
        label=gettext_lazy("Length, minutes"), initial=45, required=False, validators=LENGTH
    )
    notes = forms.CharField(label=gettext_lazy("Notes"), required=False, max_length=2000, widget=NOTES)

    def __init__(self, *args, scope, steps: list[PlanStep], **kwargs):
        super().__init__(*args, **kwargs)
        self.steps = steps
        keys = [step.pk for step in steps]
        self.fields["step"].queryset = PlanStep.objects.visible_to(scope).filter(pk__in=keys)
        numbers = {step.pk: step.number for step in steps}
        self.fields["step"].label_from_instance = lambda step: f"{numbers[step.pk]}. {step.activity}"
        if steps:
            self.initial.setdefault("step", steps[0].pk)
            self.layout = (Row(("held_on", 2), ("minutes", 2)), "mode", "step", "topic", "notes")
        else:
            del self.fields["step"]
            self.fields["topic"].label = _("Topic")
            self.layout = (Row(("held_on", 2), ("minutes", 2)), "mode", "topic", "notes")

    def clean(self):
        cleaned = super().clean()
        step = cleaned.get("step")
        if not cleaned.get("topic") and step is not None:
            cleaned["topic"] = step.activity[:LONGEST_TOPIC]
        if not cleaned.get("topic") and "topic" not in self.errors:
            self.add_error("topic", _("Write the topic of the meeting."))
        if "minutes" not in self.errors:
            cleaned["minutes"] = cleaned.get("minutes") or self.fields["minutes"].initial
        return cleaned


class MeetingEditForm(GuardedForm, PortalModelForm):
    """A recorded meeting."""

    layout = (Row(("held_on", 2), ("minutes", 2)), "mode", "topic", "notes")

    class Meta:
        model = Meeting
        fields = ("held_on", "minutes", "mode", "topic", "notes")
        widgets = {"notes": NOTES, "mode": forms.RadioSelect}

    def __init__(self, *args, scope, instance, **kwargs):
        self.records = (instance,)
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["minutes"].validators += LENGTH
        self.fields["mode"].choices = MODES


class MeetingRemoveForm(PortalForm):
    """Why a meeting is taken away."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it removed"),
        max_length=100,
        help_text=gettext_lazy("The history of the pair keeps the meeting and the reason."),
        error_messages={"required": gettext_lazy("Write why the meeting is removed.")},
    )

    def __init__(self, *args, scope, **kwargs):
        super().__init__(*args, **kwargs)
