"""What every page about one round reads out of its address."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from common.dates import CalendarYear
from monitoring.models import Round
from monitoring.views.base import IndicatorPage
from orgs.addresses import address
from orgs.form_pages import FormPage
from orgs.pages import NO_YEARS, get_visible


class OfRound(IndicatorPage):
    """A page about one round; links to figures keep its year and reporting date."""

    period_kind = NO_YEARS

    @cached_property
    def round(self) -> Round:
        """The round of the address; 404 for one of another municipality."""
        rows = Round.objects.select_related("municipality")
        return get_visible(rows, self.request.scope, pk=self.kwargs["pk"])

    @property
    def municipality(self):
        return self.round.municipality

    @cached_property
    def state(self) -> dict[str, str]:
        is_usual = self.round.as_of == CalendarYear(self.round.year).end
        return {"year": str(self.round.year), "as_of": "" if is_usual else f"{self.round.as_of:%d.%m.%Y}"}

    def crumbs(self) -> list[tuple[str, str]]:
        return [(self.link("indicators"), _("Indicators"))]


class UnderRound(OfRound, FormPage):
    """A form that is opened from the card of a round and leads back to it."""

    def crumbs(self) -> list[tuple[str, str]]:
        return [*super().crumbs(), (self.cancel_url(), _("Confirmations"))]

    def next_url(self, saved: Round) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return address(self.request, "round", self.round.pk)
