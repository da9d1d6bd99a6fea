"""Forms about the end of a participation: ended, taken back, transferred."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.dates import today
from common.forms import DateField, PortalForm, Row
from mentors.dictionaries import EndReason
from mentors.forms.fields import ClassField
from mentors.models import Pair, Participation
from mentors.transfers import find_organization


class EndForm(PortalForm):
    """When and why somebody stops taking part."""

    ended_on = DateField(label=_("Last day"), initial=today)
    end_reason = forms.ModelChoiceField(
        EndReason.objects.none(),
        label=_("Reason"),
        empty_label=_("Not chosen"),
        error_messages={"required": _("Choose the reason.")},
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)
    layout = (Row(("ended_on", 2), ("end_reason", 4)), Row(("note", 6)))

    def __init__(self, *args, participation: Participation, **kwargs):
        super().__init__(*args, **kwargs)
        self.participation = participation
        self.fields["end_reason"].queryset = EndReason.objects.filter(active=True)

    def clean_ended_on(self):
        day, started_on = self.cleaned_data["ended_on"], self.participation.started_on
        if started_on and day < started_on:
            raise forms.ValidationError(
                _now("The participation began on %(date)s. Choose that day or a later one.")
                % {"date": f"{started_on:%d.%m.%Y}"}
            )
        return day


class ReopenForm(PortalForm):
    """Which pairs that ended together with the participation go on too."""

    pairs = forms.ModelMultipleChoiceField(
        Pair.objects.none(),
        label=_("Pairs that ended on the same day and go on again"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, pairs: list[Pair], **kwargs):
        super().__init__(*args, **kwargs)
        if not pairs:
            del self.fields["pairs"]
            return
        keys = [pair.pk for pair in pairs]
        self.fields["pairs"].queryset = Pair.objects.filter(pk__in=keys).select_related(
            "mentor__person", "mentee__person"
        )
        self.initial["pairs"] = keys


class TransferForm(PortalForm):
    """Where somebody goes and from which day."""

    organization = forms.CharField(
        label=_("To which organization"),
        max_length=500,
        help_text=_("The name as it is, for example “СОШ № 5”, or the INN. Of your municipality only."),
    )
    on = DateField(label=_("From which day"), initial=today)
    class_name = ClassField(label=_("Class there"), required=False, max_length=20)
    layout = (Row(("organization", 6)), Row(("on", 2), ("class_name", 2)))

    def __init__(self, *args, participation: Participation, **kwargs):
        super().__init__(*args, **kwargs)
        self.participation = participation
        if not participation.class_name:
            del self.fields["class_name"]
            self.layout = (Row(("organization", 6)), Row(("on", 2)))

    def clean_organization(self):
        return find_organization(self.cleaned_data["organization"], self.participation.organization)

    def clean_on(self):
        day, started_on = self.cleaned_data["on"], self.participation.started_on
        if started_on and day <= started_on:
            raise forms.ValidationError(
                _now("The participation began on %(date)s. The transfer must be later.")
                % {"date": f"{started_on:%d.%m.%Y}"}
            )
        return day
