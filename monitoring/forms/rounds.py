"""The form that closes a monitoring round."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import DateField, PortalForm
from monitoring.period import FIRST_YEAR, LAST_YEAR, PeriodProblem, ReportingPeriod


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
            try:
                ReportingPeriod.of(cleaned["year"], cleaned["as_of"])
            except PeriodProblem as problem:
                self.add_error("as_of", str(problem))
        return cleaned
