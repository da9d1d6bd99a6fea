"""Warnings about data: their kinds, and the exact rows of one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from common.paging import bounded_count, keyset_page
from mentors.privacy import NamePolicy
from monitoring import warnings
from monitoring.presenters import grouped
from monitoring.queries import reported_places
from monitoring.views.base import IndicatorPage
from monitoring.warnings import Ground


class WarningPage(IndicatorPage):
    """Base: the ground on which the checks look."""

    def ground(self, shown) -> Ground:
        return Ground(
            shown, reported_places(self.request.scope, self.municipality, self.place["organizations"])
        )

    def card_link(self, route: str, *args, **query) -> str:
        return self.link(route, *args, **query)


class WarningList(WarningPage):
    """/indicators/warnings/: what is wrong, why it matters, who corrects it, how many rows."""

    route = "data-warnings"

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = self.shown()
        found = warnings.findings(self.ground(shown))
        context = self.page_context(shown) | {
            "findings": [
                (finding.check, grouped(finding.count), self.link("data-warning", finding.check.code))
                for finding in found
            ],
            "crumbs": [(self.link("indicators"), _("Indicators"))],
        }
        return render(request, "monitoring/warning_list.html", context, status=self.status())


class WarningRows(WarningPage):
    """/indicators/warnings/<code>/: the rows of one warning, each with the card to correct it on."""

    route = "data-warning"

    def own_arguments(self) -> list:
        return [self.kwargs["code"]]

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        check = warnings.check_named(code)
        if check is None:
            raise Http404
        shown = self.shown()
        context = self.page_context(shown) | {
            "check": check,
            "crumbs": [
                (self.link("indicators"), _("Indicators")),
                (self.link("data-warnings"), _("Warnings about data")),
            ],
        }
        context |= self.rows(check, self.ground(shown))
        return render(request, "monitoring/warning_rows.html", context, status=self.status())

    def rows(self, check, ground: Ground) -> dict:
        if check.rows is None:
            found = warnings.figure_rows(check, ground.shown)
            return {"rows": warnings.described(check, found, self.card_link), "count": grouped(len(found))}
        queryset, sort = warnings.ordered(check, ground)
        page = keyset_page(
            queryset,
            sort,
            after=self.request.GET.get("after", ""),
            before=self.request.GET.get("before", ""),
        )
        names = NamePolicy(self.request.scope)
        return {
            "rows": warnings.page_rows(page.rows, check, ground, names, self.card_link),
            "page": page,
            "count": grouped(bounded_count(queryset)),
        }
