"""Closing a monitoring round: its figures are frozen, and a correction is a new revision."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import CalendarYear
from monitoring import services
from monitoring.forms import CloseRoundForm
from monitoring.models import Snapshot
from monitoring.period import PeriodProblem
from monitoring.views.base import CLOSERS, IndicatorPage, may_close
from orgs.addresses import address, redirect_to
from orgs.form_pages import FormPage


class RoundClose(FormPage, IndicatorPage):
    """/indicators/close/: for the methodologist or analyst of the whole municipality."""

    read_roles = CLOSERS
    write_roles = CLOSERS
    form_class = CloseRoundForm
    template_name = "monitoring/round_close.html"
    submit_label = gettext_lazy("Freeze the figures")

    def get(self, request: HttpRequest, **path) -> HttpResponse:
        return super().get(request, **path) if self._may() else self._refused()

    def post(self, request: HttpRequest, **path) -> HttpResponse:
        return super().post(request, **path) if self._may() else self._refused()

    def _may(self) -> bool:
        return may_close(self.request, self.municipality)

    def _refused(self) -> HttpResponse:
        messages.error(
            self.request, _("Only a methodologist or analyst of the whole municipality closes a round.")
        )
        return redirect_to(self.request, "indicators")

    def title(self) -> str:
        return _("Freeze the figures: %s") % self.municipality.name

    def crumbs(self) -> list[tuple[str, str]]:
        return [(self.link("indicators"), _("Indicators"))]

    def form_arguments(self) -> dict:
        year = CalendarYear(self.year)
        return {**super().form_arguments(), "initial": {"year": self.year, "as_of": year.end}}

    def context(self, form) -> dict:
        return {"snapshots": self.snapshots}

    def save(self, form) -> Snapshot:
        values = form.cleaned_data
        try:
            return services.close_round(
                self.request.user,
                municipality=self.municipality,
                year=values["year"],
                as_of=values["as_of"],
                reason=values["reason"],
                basis=values["basis"],
                scope=self.request.scope,
            )
        except PeriodProblem as problem:
            raise ValidationError({"as_of": str(problem)}) from problem
        except services.RevisionProblem as problem:
            raise ValidationError({"reason": str(problem)}) from problem
        except services.RoundProblem as problem:
            raise ValidationError(str(problem)) from problem

    def saved_text(self, saved: Snapshot) -> str:
        return _("The figures as of %(date)s are frozen, revision %(n)s.") % {
            "date": f"{saved.round.as_of:%d.%m.%Y}",
            "n": saved.revision,
        }

    def next_url(self, saved: Snapshot) -> str:
        return address(self.request, "indicators", year=saved.round.year, snapshot=saved.pk)

    def cancel_url(self) -> str:
        return self.link("indicators")
