"""A school confirms its data for a round, or withdraws what it has confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import today
from monitoring import quality
from monitoring.enums import RoundStatus
from monitoring.forms import ConfirmForm
from monitoring.presenters import grouped
from monitoring.rounds import reading, services
from monitoring.views.round_base import OfRound
from orgs.addresses import address, redirect_to
from orgs.enums import Role
from orgs.form_pages import FormPage
from orgs.models import Organization

SCHOOL = frozenset({Role.CURATOR, Role.HEAD})
CONFIRMERS = frozenset({Role.CURATOR})


class OwnSchool(OfRound):
    """A page about the round of the user's own organization."""

    read_roles = SCHOOL
    write_roles = CONFIRMERS

    @property
    def own(self) -> Organization:
        """The organization of the role in use; 404 where the round is not its municipality's."""
        found = self.request.membership.organization
        if found is None or found.municipality_id != self.round.municipality_id:
            raise Http404
        return found


class RoundConfirm(OwnSchool, FormPage):
    """/indicators/rounds/<pk>/confirm/: what is in question, and the word that the rest is complete."""

    form_class = ConfirmForm
    template_name = "monitoring/round_confirm.html"

    def load(self, pk: int) -> None:
        scope = self.request.scope
        self.confirmation = reading.confirmation_of(scope, self.round, self.own)
        self.data = reading.own_data(scope, self.round, self.own)

    @property
    def submit_label(self) -> str:
        questioned = self.data.questioned
        if not questioned:
            return _("Confirm the data")
        return ngettext(
            "Confirm, %(n)s record is in question", "Confirm, %(n)s records are in question", questioned
        ) % {"n": grouped(questioned)}

    def title(self) -> str:
        return _("Data as of %s") % f"{self.round.as_of:%d.%m.%Y}"

    def context(self, form) -> dict:
        not_yet = bool(self.round.opens_on and self.round.opens_on > today())
        is_open = self.round.status == RoundStatus.OPEN
        is_curator = self.request.scope.has_role(*CONFIRMERS)
        return {
            "round": self.round,
            "organization": self.own,
            "confirmation": self.confirmation,
            "is_open": is_open,
            "is_curator": is_curator,
            "not_yet": not_yet,
            "may_confirm": is_open and is_curator and not not_yet and self.confirmation is None,
            "completeness": quality.whole_percent(self.data.completeness),
            "is_low": quality.is_low(self.data.completeness),
            "findings": [
                (finding.check, grouped(finding.count), self.link("data-warning", finding.check.code))
                for finding in self.data.findings
            ],
            "rows": [
                self.data.shown.total(definition)
                for definition in self.data.shown.definitions
                if definition.target is not None
            ],
            "figures_url": self.link("indicators"),
            "confirmed_questioned": grouped(self.confirmation.questioned) if self.confirmation else "",
        }

    def save(self, form):
        return services.confirm(
            self.request.user,
            self.round,
            scope=self.request.scope,
            organization=self.own,
            questioned=self.data.questioned,
            note=form.cleaned_data["note"],
        )

    def saved_text(self, saved) -> str:
        return _("The data are confirmed. The methodologist sees it.")

    def next_url(self, saved) -> str:
        return address(self.request, "round-confirm", self.round.pk)

    def cancel_url(self) -> str:
        return ""


class RoundTakeBack(OwnSchool):
    """POST /indicators/rounds/<pk>/take-back/: the school withdraws its confirmation to mend its data."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        confirmation = reading.confirmation_of(request.scope, self.round, self.own)
        if confirmation is None:
            messages.info(request, _("The data are not confirmed, there is nothing to withdraw."))
            return redirect_to(request, "round-confirm", pk)
        try:
            services.take_back(request.user, confirmation, scope=request.scope)
        except ValidationError:
            messages.error(request, _("The monitoring is closed: the confirmation stays."))
        else:
            messages.success(request, _("The confirmation is withdrawn. Mend the data, then confirm again."))
        return redirect_to(request, "round-confirm", pk)
