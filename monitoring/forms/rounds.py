"""Forms of a monitoring round: its terms, the confirmation of a school, the letter to others, the closing."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import DateField, PortalForm, Row
from monitoring.forms.rows import RowForm
from monitoring.models import Round
from monitoring.period import FIRST_YEAR, LAST_YEAR, PeriodProblem, ReportingPeriod


class RoundForm(RowForm):
    """From when till when schools confirm their data; the year and the reporting date are set once."""

    year = forms.IntegerField(label=_("Calendar year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    as_of = DateField(label=_("Reporting date"), help_text=_("Usually 31 December of the year"))
    opens_on = DateField(
        label=_("Schools confirm from"), required=False, help_text=_("Without a day: at once")
    )
    due_on = DateField(label=_("Schools confirm until"))

    layout = (Row(("year", 3), ("as_of", 3)), Row(("opens_on", 3), ("due_on", 3)), "basis")

    class Meta:
        model = Round
        fields = ("year", "as_of", "opens_on", "due_on", "basis")
        help_texts = {"basis": _("Order or plan on which the monitoring is carried out")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.records:
            for name in ("year", "as_of"):
                self.fields[name].disabled = True

    def clean(self):
        cleaned = super().clean()
        if "year" in cleaned and cleaned.get("as_of"):
            _check_period(self, cleaned)
        opens, due = cleaned.get("opens_on"), cleaned.get("due_on")
        if opens and due and due < opens:
            self.add_error("due_on", _("The last day is before the first."))
        return cleaned


class ConfirmForm(PortalForm):
    """What the school says of records in question."""

    note = forms.CharField(
        label=_("Explanation for the methodologist"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why records in question stay as they are"),
    )

    def __init__(self, *args, scope=None, **kwargs):
        super().__init__(*args, **kwargs)


class RemindForm(PortalForm):
    """What the methodologist adds to the letter."""

    words = forms.CharField(
        label=_("Add to the letter"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For instance whom to call with questions"),
    )

    def __init__(self, *args, scope=None, **kwargs):
        super().__init__(*args, **kwargs)


class CloseRoundForm(PortalForm):
    """Which figures are frozen, and why once more when they were frozen before."""

    year = forms.IntegerField(label=_("Calendar year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    as_of = DateField(label=_("Reporting date"), help_text=_("Usually 31 December of the year"))
    basis = forms.CharField(
        label=_("Basis"),
        max_length=300,
        required=False,
        help_text=_("Order or plan on which the monitoring is carried out"),
    )
    reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=300,
        required=False,
        help_text=_("Needed when figures of this date were frozen before: the correction is a new revision"),
    )

    def __init__(self, *args, scope=None, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if "year" in cleaned and cleaned.get("as_of"):
            _check_period(self, cleaned)
        return cleaned


def _check_period(form, cleaned: dict) -> None:
    try:
        ReportingPeriod.of(cleaned["year"], cleaned["as_of"])
    except PeriodProblem as problem:
        form.add_error("as_of", str(problem))
