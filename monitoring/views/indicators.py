"""Indicators of the visible organizations, and the organizations behind one of them."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from monitoring import quality, ranking, trends
from monitoring.behind import organizations_behind
from monitoring.presenters import FigureRow
from monitoring.queries import reported_places
from monitoring.rounds.reading import WAITING
from monitoring.rounds.rights import may_keep
from monitoring.showing import Shown
from monitoring.views.base import IndicatorPage
from monitoring.warnings import warning_count
from orgs.addresses import address

SHORT_LIST = 11


class FigurePage(IndicatorPage):
    """What the overview and the page of one indicator have in common: a ranking of organizations."""

    def ranking_context(self, shown: Shown, definition, limit: int | None) -> dict:
        """The ranking of an indicator with the change to the year before."""
        before = trends.year_before(shown, self.request.scope, [definition.code], **self.place)
        found = ranking.ranked(replace(shown, before=before), definition)
        places = reported_places(self.request.scope, self.municipality, self.place["organizations"])
        full = quality.completeness(places, shown.period)
        listed = ranking.lines(found, self.people_link, full)
        short = [line for line in listed if line.row.missing][:limit] if limit else listed
        return {
            "ranking": found,
            "ranking_lines": short or listed[:limit],
            "ranking_total": len(found.rows),
            "ranking_has_target": definition.target is not None,
            "has_completeness": any(line.completeness is not None for line in listed),
            "has_before": any(line.row.change for line in listed),
        }


class IndicatorList(FigurePage):
    """/indicators/: every indicator with target, counts, gap, status, trend and rule."""

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = self.shown()
        rows = [shown.total(definition) for definition in shown.definitions]
        with_target = [row.definition for row in rows if row.definition.target is not None]
        chosen = with_target or [row.definition for row in rows]
        found = {
            trend.definition.code: trend
            for trend in trends.trends(shown, request.scope, chosen, **self.place)
        }
        drawn = [trend for trend in found.values() if trend.has_data]
        several = len(shown.places) > 1
        lead = ranking.leading(shown) if several else None
        context = self.page_context(shown) | {
            "groups": self.groups(rows, found, several, lead),
            "finding": ranking.reached_finding(rows, self.year),
            "trends": drawn,
            "trend_years": [year.year for year in drawn[0].years] if drawn else [],
            "trends_finding": trends.growing(drawn),
            "several": several,
            "map_url": self.link("heat-map"),
            "warnings_url": self.link("data-warnings"),
            "warnings": warning_count(shown, self.reported()),
            "close_url": self.link("round-close") if may_keep(request.scope, self.municipality) else "",
            "files": self.files("list"),
        }
        context |= self.coverage_context(shown)
        if lead is not None:
            context |= self.ranking_context(shown, lead, SHORT_LIST)
            context["lead_url"] = self.link("indicator", lead.code)
        return render(request, "monitoring/indicator_list.html", context, status=self.status())

    def reported(self):
        return reported_places(self.request.scope, self.municipality, self.place["organizations"])

    def groups(self, rows: list[FigureRow], found: dict, several: bool, lead) -> list[dict]:
        """Indicators with a target, then those without one."""

        def entry(row: FigureRow) -> dict:
            code = row.definition.code
            return {
                "row": row,
                "url": self.link("indicator", code) if several else self.people_link(code),
                "trend": found.get(code),
                "is_lead": row.definition is lead,
            }

        with_target = [entry(row) for row in rows if row.definition.target is not None]
        without = [entry(row) for row in rows if row.definition.target is None]
        groups = []
        if with_target:
            groups.append({"title": "", "entries": with_target})
        if without:
            title = _("Without a target for %(year)s") % {"year": self.year} if with_target else ""
            groups.append({"title": title, "entries": without})
        return groups

    def coverage_context(self, shown: Shown) -> dict:
        """The line about whose data there are."""
        given, lacking = quality.with_numbers(shown)
        return {
            "numbers_given": given,
            "numbers_expected": given + len(lacking),
            "numbers_lacking": lacking,
            **self.round_context(shown),
        }

    def round_context(self, shown: Shown) -> dict:
        """How far the monitoring of the year is, and where schools are seen or confirm."""
        scope = self.request.scope
        found, confirmed, in_time = quality.confirmations(shown, scope) or (None, 0, 0)
        context = {"round": found, "confirmed": confirmed, "confirmed_in_time": in_time}
        if found is None:
            keeps = may_keep(scope, self.municipality) and not self.snapshots
            return context | {"begin_url": self.link("round-begin") if keeps else ""}
        return context | {
            "expected": sum(place.works for place in shown.places),
            "round_url": address(self.request, "round", found.pk, only=WAITING) if self.is_overseer else "",
            "confirm_url": "" if self.is_overseer else address(self.request, "round-confirm", found.pk),
        }


class IndicatorDetail(FigurePage):
    """/indicators/<code>/: organizations by what they are short of to the target."""

    route = "indicator"

    def own_arguments(self) -> list:
        return [self.kwargs["code"]]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        shown = self.shown([code])
        definition = shown.definition(code)
        if definition is None:
            raise Http404
        if len(shown.places) == 1:
            # One organization is no list: the question is who stands behind its figure.
            return HttpResponseRedirect(self.people_link(code, request.GET.get("organization")))
        context = self.page_context(shown) | {
            "definition": definition,
            "total": shown.total(definition),
            "trend": trends.trends(shown, request.scope, [definition], **self.place)[0],
            "without_data": shown.figures.without_data(code),
            "above_base": [shown.row(definition, place) for place in shown.figures.above_base(code)],
            "behind": organizations_behind(definition, shown.figures),
            "people_url": self.people_link(code),
            "crumbs": [(self.link("indicators"), _("Indicators"))],
            "map_url": self.link("heat-map"),
            "files": self.files("schools", code=code),
        }
        context |= self.ranking_context(shown, definition, None)
        return render(request, "monitoring/indicator_detail.html", context, status=self.status())
