"""A monitoring round begins, its terms move, and it is closed: then its figures are frozen."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.dates import CalendarYear
from monitoring import services
from monitoring.enums import RoundStatus
from monitoring.forms import CloseRoundForm, RoundForm
from monitoring.models import Round, Snapshot
from monitoring.period import PeriodProblem
from monitoring.rounds import reading
from monitoring.rounds import services as round_services
from monitoring.rounds.rights import KEEPERS, may_keep, require_keeper
from monitoring.views.base import IndicatorPage
from monitoring.views.round_base import UnderRound
from orgs.addresses import address, redirect_to
from orgs.form_pages import FormPage
from orgs.pages import NO_YEARS


class RoundBegin(FormPage, IndicatorPage):
    """/indicators/rounds/begin/: schools are asked to confirm their data until a day."""

    read_roles = write_roles = KEEPERS
    form_class = RoundForm
    period_kind = NO_YEARS
    submit_label = gettext_lazy("Begin the monitoring")

    def load(self) -> None:
        require_keeper(self.request.scope, self.municipality)

    def title(self) -> str:
        return _("Begin a monitoring: %s") % self.municipality.name

    def crumbs(self) -> list[tuple[str, str]]:
        return [(self.link("indicators"), _("Indicators"))]

    def form_arguments(self) -> dict:
        initial = {"year": self.year, "as_of": CalendarYear(self.year).end}
        return {**super().form_arguments(), "initial": initial}

    def save(self, form) -> Round:
        return round_services.begin_round(
            self.request.user,
            scope=self.request.scope,
            municipality=self.municipality,
            **form.cleaned_data,
        )

    def saved_text(self, saved: Round) -> str:
        return _("The monitoring has begun: curators see it among what is to be done.")

    def next_url(self, saved: Round) -> str:
        return address(self.request, "round", saved.pk)

    def cancel_url(self) -> str:
        return self.link("indicators")


class RoundEdit(UnderRound):
    """/indicators/rounds/<pk>/edit/: the terms of an open round."""

    read_roles = write_roles = KEEPERS
    form_class = RoundForm

    def load(self, pk: int) -> None:
        require_keeper(self.request.scope, self.municipality)
        if self.round.status != RoundStatus.OPEN:
            raise PermissionDenied(_("The monitoring is closed: its terms stay as they were."))

    def title(self) -> str:
        return _("Terms of the monitoring as of %s") % f"{self.round.as_of:%d.%m.%Y}"

    def form_arguments(self) -> dict:
        return {**super().form_arguments(), "instance": self.round}

    def save(self, form) -> Round:
        (found,) = form.records
        return round_services.change_round(
            self.request.user, found, scope=self.request.scope, **form.changes(found)
        )


class RoundClose(FormPage, IndicatorPage):
    """/indicators/close/: for the methodologist or analyst of the whole municipality."""

    read_roles = KEEPERS
    write_roles = KEEPERS
    form_class = CloseRoundForm
    template_name = "monitoring/round_close.html"
    submit_label = gettext_lazy("Freeze the figures")

    def get(self, request: HttpRequest, **path) -> HttpResponse:
        return super().get(request, **path) if self._may() else self._refused()

    def post(self, request: HttpRequest, **path) -> HttpResponse:
        return super().post(request, **path) if self._may() else self._refused()

    def _may(self) -> bool:
        return may_keep(self.request.scope, self.municipality)

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
        scope = self.request.scope
        found = reading.open_rounds(scope, self.municipality).filter(year=self.year).first()
        return {
            "snapshots": self.snapshots,
            "waiting": reading.unconfirmed(scope, found).count() if found else 0,
            "waiting_url": address(self.request, "round", found.pk, only=reading.WAITING) if found else "",
        }

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
