"""Indicators of a municipality, and the schools and people behind one of them."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

from common.dates import today
from mentors.privacy import NamePolicy
from monitoring import presenters, queries
from monitoring.behind import organizations_behind, people_rows
from monitoring.people import People, has_people
from monitoring.period import PeriodProblem, ReportingPeriod
from monitoring.reasons import NAMELESS, Standing
from orgs.enums import READER_ROLES
from orgs.models import Municipality, Organization
from orgs.pages import RoleView, get_visible

PEOPLE_ON_A_PAGE = 50


class IndicatorView(RoleView):
    """Base: the municipality, year, reporting date and organization out of the address."""

    read_roles = READER_ROLES

    def municipality(self) -> Municipality:
        """The one that the address names, else the first that the user works for."""
        allowed = Municipality.objects.visible_to(self.request.scope)
        wanted = self.request.GET.get("municipality", "")
        found = allowed.filter(pk=wanted).first() if wanted.isdecimal() else allowed.order_by("name").first()
        if found is None:
            raise Http404
        return found

    def period(self) -> ReportingPeriod:
        """By default the current year; a malformed date or year is an unknown address."""
        year, as_of = self.request.GET.get("year", ""), self.request.GET.get("as_of", "")
        try:
            return ReportingPeriod.of(
                int(year) if year else today().year, date.fromisoformat(as_of) if as_of else None
            )
        except (PeriodProblem, ValueError) as problem:
            raise Http404(str(problem)) from problem

    def organization(self) -> Organization | None:
        """The organization that the page is narrowed to; 404 for one outside the scope."""
        wanted = self.request.GET.get("organization", "")
        if not wanted:
            return None
        if not wanted.isdecimal():
            raise Http404
        return get_visible(Organization.objects, self.request.scope, pk=wanted)

    def overview(self, codes=()) -> tuple[queries.Overview, dict]:
        """The figures that the address asks for, and the context that every page of them shows."""
        municipality, period, organization = self.municipality(), self.period(), self.organization()
        places = Organization.objects.filter(pk=organization.pk) if organization else None
        found = queries.overview(
            municipality, period, scope=self.request.scope, codes=codes, organizations=places
        )
        context = {
            "municipality": municipality,
            "organization": organization,
            "place": self.place_name(municipality, found.figures.places),
            "period": period,
            "year": period.year,
            "years": queries.years_of(municipality),
        }
        return found, context

    def place_name(self, municipality: Municipality, places: list) -> str:
        """Whose figures the page shows: one school, a part of the municipality, or all of it."""
        if len(places) == 1:
            return places[0].name
        if self.request.scope.holds_over(municipality, *READER_ROLES):
            return municipality.name
        return ngettext(
            "%(municipality)s, %(n)d organization", "%(municipality)s, %(n)d organizations", len(places)
        ) % {"municipality": municipality.name, "n": len(places)}


class IndicatorList(IndicatorView):
    """/indicators/: every indicator with target, counts, gap, status and rule."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found, context = self.overview()
        figures = found.figures
        context["rows"] = [
            {
                "row": row,
                "without_data": figures.without_data(row.definition.code),
                "above_base": figures.above_base(row.definition.code),
            }
            for row in presenters.total_rows(found.definitions, figures)
        ]
        return render(request, "monitoring/indicator_list.html", context)


class IndicatorDetail(IndicatorView):
    """/indicators/<code>/: schools by what they lack to the target, and the people behind the figure."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        found, context = self.overview([code])
        if not found.definitions:
            raise Http404
        definition, figures = found.definitions[0], found.figures
        context |= {
            "definition": definition,
            "total": presenters.total_rows([definition], figures)[0],
            "rows": presenters.organization_rows(definition, figures),
            "without_data": figures.without_data(code),
            "nameless": NAMELESS.get(code, ""),
            "behind": organizations_behind(definition, figures),
        }
        if has_people(definition):
            context |= self.people(definition, context)
        return render(request, "monitoring/indicator_detail.html", context)

    def people(self, definition, context: dict) -> dict:
        """The tab of people that the address asks for, one page of it."""
        organization = context["organization"]
        places = queries.reported_places(self.request.scope, context["municipality"])
        if organization:
            places = places.filter(pk=organization.pk)
        people = People(definition, places, context["period"], self.request.scope)
        tab = self.request.GET.get("tab", Standing.COUNTED)
        if tab not in Standing.values:
            raise Http404
        page = Paginator(people.of(tab), PEOPLE_ON_A_PAGE).get_page(self.request.GET.get("page"))
        return {
            "tab": tab,
            "tabs": [(standing.value, standing.label) for standing in Standing],
            "page": page,
            "people": people_rows(people, tab, page, NamePolicy(self.request.scope)),
        }
