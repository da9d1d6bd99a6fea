"""What every page of figures reads out of its address: year, reporting date, round, organization."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import stamps
from common.cell_dates import parse_date
from common.dates import today
from common.sheets.problems import CellProblem
from monitoring import showing
from monitoring.compute import Level
from monitoring.models import Snapshot
from monitoring.period import PeriodProblem, ReportingPeriod
from monitoring.reports import published
from monitoring.showing import Shown
from orgs.addresses import address
from orgs.enums import OVERSIGHT_ROLES, READER_ROLES
from orgs.models import Municipality, Organization
from orgs.pages import CALENDAR_YEARS, RoleView, get_visible


@dataclass(frozen=True, slots=True)
class AsOf:
    """One choice of the menu of dates: its words, its address, whether it is the one shown."""

    label: str
    url: str
    on: bool


class IndicatorPage(RoleView):
    """Base of the pages of figures."""

    read_roles = READER_ROLES
    period_kind = CALENDAR_YEARS
    route = "indicators"

    @cached_property
    def municipality(self) -> Municipality:
        """The one of the chosen place; without a choice the first that the user works for."""
        found = Municipality.objects.visible_to(self.request.scope).order_by("name").first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def organization(self) -> Organization | None:
        """The organization that the page is narrowed to; 404 for one outside the scope."""
        wanted = self.request.GET.get("organization", "")
        if not wanted:
            return None
        if not wanted.isdecimal() or len(wanted) > 18:
            raise Http404
        return get_visible(Organization.objects, self.request.scope, pk=wanted)

    @cached_property
    def year(self) -> int:
        """The calendar year of the address, by default the current one; an impossible one is 404."""
        wanted = self.request.GET.get("year", "")
        try:
            return ReportingPeriod.of(int(wanted)).year if wanted else today().year
        except ValueError as problem:
            raise Http404(str(problem)) from problem

    @cached_property
    def date_problem(self) -> str:
        """Why the typed reporting date cannot be used; empty when it can."""
        try:
            ReportingPeriod.of(self.year, self._typed_date())
        except PeriodProblem as problem:
            return str(problem)
        except CellProblem as problem:
            return f"{problem.message} {problem.fix}".strip()
        return ""

    @cached_property
    def period(self) -> ReportingPeriod:
        """The year with the typed reporting date, or with its 31 December."""
        return ReportingPeriod.of(self.year, None if self.date_problem else self._typed_date())

    def _typed_date(self) -> date | None:
        return parse_date(self.request.GET.get("as_of", ""), empty_words=False)

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        """Closed rounds of the year, the latest revision of each first; without their documents."""
        found = published.closed(self.municipality, self.request.scope).filter(round__year=self.year)
        return list(found.defer("document"))

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The closed round that is shown: the one named, else that of the reporting date, unless live.

        A round of another year counts as not named: the switch of years keeps the rest of the address.
        """
        wanted = self.request.GET.get("snapshot", "")
        named = next((found for found in self.snapshots if str(found.pk) == wanted), None)
        if named is not None:
            return named
        if self.request.GET.get("live") == "1":
            return None
        return next((found for found in self.snapshots if found.round.as_of == self.period.as_of), None)

    @property
    def is_overseer(self) -> bool:
        return self.request.scope.has_role(*OVERSIGHT_ROLES)

    @cached_property
    def place(self) -> dict:
        """How the figures are narrowed, for :func:`monitoring.showing.live`."""
        chosen = self.organization or getattr(self.request, "place", None)
        organizations = Organization.objects.filter(pk=chosen.pk) if chosen else None
        return {"organizations": organizations, "narrowed": bool(chosen) and self.is_overseer}

    def shown(self, codes=(), level: Level = Level.BOTH) -> Shown:
        """The figures that the address asks for."""
        if self.snapshot is not None:
            return showing.frozen(
                self.snapshot, self.request.scope, codes=codes, organizations=self.place["organizations"]
            )
        return showing.live(
            self.municipality, self.period, self.request.scope, codes=codes, level=level, **self.place
        )

    @cached_property
    def state(self) -> dict[str, str]:
        """The parts of the address that every link between the pages of figures keeps."""
        return {
            name: self.request.GET[name]
            for name in ("year", "as_of", "snapshot", "live")
            if self.request.GET.get(name) and not (name == "as_of" and self.date_problem)
        }

    def link(self, route: str, *args, **query) -> str:
        """The address of another page of figures with the same year, date and round."""
        return address(self.request, route, *args, **{**self.state, **query})

    def people_link(self, code: str, organization_id: int | None = None, **query) -> str:
        """The address of the people behind a figure of one organization, or of all shown."""
        return self.link("indicator-people", code, organization=organization_id, **query)

    def own_arguments(self) -> list:
        """Positional parts of the page's own address."""
        return []

    def own_query(self) -> dict:
        """Further parts of the page's own address that a change of the year keeps."""
        return {}

    def own_link(self, **query) -> str:
        return address(self.request, self.route, *self.own_arguments(), **{**self.own_query(), **query})

    def files(self, what: str, **query) -> list[tuple[str, str]]:
        """Files of the page as it is shown: words and address of each."""
        return [
            (_("What is on the screen (XLSX)"), self.link("indicators-file", what, "xlsx", **query)),
            (_("CSV for Excel"), self.link("indicators-file", what, "csv", **query)),
        ]

    def dates(self) -> list[AsOf]:
        """Reporting dates to choose from: closed rounds, the end of the year, today."""
        found, newest = [], set()
        for snapshot in self.snapshots:
            label = _("Round closed as of %(date)s") % {"date": f"{snapshot.round.as_of:%d.%m.%Y}"}
            if snapshot.round_id in newest:
                label = _("%(round)s, earlier revision %(n)s") % {"round": label, "n": snapshot.revision}
            newest.add(snapshot.round_id)
            url = self.own_link(year=self.year, snapshot=snapshot.pk)
            found.append(AsOf(label, url, snapshot == self.snapshot))
        end = ReportingPeriod.of(self.year).as_of
        days = [end, *([today()] if self.year == today().year and today() != end else [])]
        for day in days:
            asked = {"as_of": f"{day:%d.%m.%Y}"} if day != end else {}
            closed = any(snapshot.round.as_of == day for snapshot in self.snapshots)
            label = live_label(day)
            url = self.own_link(year=self.year, live=1 if closed else None, **asked)
            found.append(AsOf(label, url, self.snapshot is None and self.period.as_of == day))
        return found

    @property
    def as_of(self) -> date:
        return self.snapshot.round.as_of if self.snapshot else self.period.as_of

    def page_context(self, shown: Shown) -> dict:
        """What every page of figures shows above its content."""
        return {
            "municipality": self.municipality,
            "organization": self.organization,
            "place": self.place_name(shown),
            "year": self.year,
            "dates": self.dates(),
            "date_text": f"{self.as_of:%d.%m.%Y}",
            "date_problem": self.date_problem,
            "typed_date": self.request.GET.get("as_of", "") or f"{self.as_of:%d.%m.%Y}",
            "hidden_fields": self._hidden_fields(),
            "snapshot": self.snapshot,
            "summed": shown.summed,
            "is_preliminary": self.snapshot is None and self.as_of > today(),
            "is_overseer": self.is_overseer,
            "footer_note": stamps.of_figures(self.as_of, self.snapshot.created_at if self.snapshot else None),
        }

    def _hidden_fields(self) -> list[tuple[str, str]]:
        """Parts of the address that the form of the reporting date keeps."""
        parts = {**getattr(self.request, "address_state", {}), **self.own_query(), "year": self.year}
        found = []
        for name, value in parts.items():
            values = value if isinstance(value, list) else [value]
            found += [(name, str(one)) for one in values if one not in (None, "")]
        return found

    def status(self) -> int:
        """422 for a date that could not be read: the page stands as of the usual one."""
        return 422 if self.date_problem else 200

    def place_name(self, shown: Shown) -> str:
        """Whose figures the page shows: one school, a part of the municipality, or all of it."""
        places = shown.places
        if len(places) == 1:
            return places[0].name
        return ngettext("%(place)s, %(n)s organization", "%(place)s, %(n)s organizations", len(places)) % {
            "place": self.wide_place(),
            "n": len(places),
        }

    def wide_place(self) -> str:
        """The district of the role that the page shows, or the municipality."""
        membership = getattr(self.request, "membership", None)
        if membership is not None and membership.district_id:
            return membership.district.name
        return self.municipality.name


def live_label(day: date) -> str:
    """How the menu of dates calls figures that are not frozen."""
    if day == today():
        text = _("Today, %(date)s")
    elif day > today():
        text = _("%(date)s, preliminary")
    else:
        text = _("%(date)s by the present data")
    return text % {"date": f"{day:%d.%m.%Y}"}
