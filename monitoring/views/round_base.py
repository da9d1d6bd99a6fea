"""What every page about one round reads out of its address."""

from __future__ import annotations

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from common.dates import CalendarYear
from monitoring.models import Round
from monitoring.period import ReportingPeriod
from monitoring.views.base import IndicatorPage
from orgs.pages import NO_YEARS, get_visible


class OfRound(IndicatorPage):
    """A page about one round: its year and reporting date are those of the figures."""

    period_kind = NO_YEARS

    @cached_property
    def round(self) -> Round:
        """The round of the address; 404 for one of another municipality."""
        rows = Round.objects.select_related("municipality")
        return get_visible(rows, self.request.scope, pk=self.kwargs["pk"])

    @property
    def municipality(self):
        return self.round.municipality

    @property
    def year(self) -> int:
        return self.round.year

    @cached_property
    def period(self) -> ReportingPeriod:
        return ReportingPeriod.of(self.round.year, self.round.as_of)

    @property
    def snapshot(self) -> None:
        """Never a frozen round: what is confirmed are the data as they stand."""

    @cached_property
    def state(self) -> dict[str, str]:
        as_of = "" if self.round.as_of == CalendarYear(self.year).end else f"{self.round.as_of:%d.%m.%Y}"
        return {"year": str(self.year), "as_of": as_of}

    def crumbs(self) -> list[tuple[str, str]]:
        return [(self.link("indicators"), _("Indicators"))]
