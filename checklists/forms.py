"""Forms of a self-audit: one small form an item, filled in by the school or by the methodologist."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from checklists.enums import Achievement, Verdict


class AnswerForm(forms.Form):
    """The school's answer to one item."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=Achievement.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    comment = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 1}),
    )


class VerdictForm(forms.Form):
    """The methodologist's verdict on one item."""

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=[(Verdict.ACCEPTED, _("Accepted")), (Verdict.RETURNED, _("Returned"))],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 1}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == Verdict.RETURNED and not cleaned.get("remark", "").strip():
            self.add_error("remark", _("Say what is to be corrected."))
        return cleaned
