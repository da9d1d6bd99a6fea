"""Forms of consents: recorded from paper, withdrawn."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from common.dates import today
from common.forms import AttachmentField, DateField, PortalForm, Row
from mentors.enums import ConsentType
from mentors.forms.records import RecordForm


class ConsentForm(RecordForm):
    """A consent on paper: what for, who signed, when, until when, the scan."""

    type = forms.ChoiceField(label=_("What for"), choices=ConsentType.choices)
    signer = forms.CharField(label=_("Who signed"), max_length=200)
    relation = forms.CharField(
        label=_("Relation to the person"),
        required=False,
        max_length=100,
        help_text=_("For example: mother, guardian, signed for themselves"),
    )
    signed_on = DateField(label=_("Signed on"), initial=today)
    valid_until = DateField(
        label=_("Valid until"), required=False, help_text=_("Empty: until it is withdrawn")
    )
    number = forms.CharField(label=_("Number of the document"), required=False, max_length=60)
    file = AttachmentField(
        label=_("Scan or photo of the signed form"),
        required=False,
    )
    layout = (
        Row(("type", 6)),
        Row(("signer", 3), ("relation", 3)),
        Row(("signed_on", 2), ("valid_until", 2), ("number", 2)),
        Row(("file", 6)),
    )

    def clean(self):
        signed_on, valid_until = self.cleaned_data.get("signed_on"), self.cleaned_data.get("valid_until")
        if signed_on and valid_until and valid_until < signed_on:
            self.add_error("valid_until", _now("The consent ends before it was signed. Correct one of them."))
        return super().clean()

    def values(self) -> dict:
        """A field without a new file keeps the stored one."""
        return {name: value for name, value in super().values().items() if name != "file" or value}


class WithdrawalForm(PortalForm):
    """From which day a consent does not hold any more."""

    withdrawn_on = DateField(label=_("Withdrawn on"), initial=today)
