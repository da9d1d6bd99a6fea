"""The map of organizations and indicators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from checklists.enums import AuditStatus
from common.dates import today
from common.parts import beginning
from monitoring import heat, quality
from monitoring.definitions import Definition, definitions
from monitoring.presenters import grouped
from monitoring.queries import reported_places
from monitoring.showing import Shown
from monitoring.views.base import IndicatorPage
from orgs.addresses import address
from orgs.models import District, OrganizationType

DEFAULT_SORT = "-missing"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the map that sorts: words, address, direction in use or nothing."""

    label: str
    url: str
    order: str = ""


class HeatMap(IndicatorPage):
    """/indicators/map/: organizations by indicators, coloured by the share of the target."""

    route = "heat-map"

    def own_query(self) -> dict:
        asked = {name: self.request.GET.get(name, "") for name in ("sort", "q", "kind", "area", "only")}
        asked["show"] = self.request.GET.getlist("show")
        return {name: value for name, value in asked.items() if value}

    def get(self, request: HttpRequest) -> HttpResponse:
        shown = self.shown_on_map()
        context = self.page_context(shown) | self.map_context(shown)
        return render(request, "monitoring/heat_map.html", context, status=self.status())

    @cached_property
    def definitions(self) -> list[Definition]:
        """Every indicator in use, also those without a column."""
        return definitions(self.municipality, self.year)

    def shown_on_map(self) -> Shown:
        """The figures of the columns alone; a closed round is read as a whole."""
        if self.snapshot is not None:
            return self.shown()
        return self.shown(heat.needed(self.definitions, self.request.GET.getlist("show")))

    def map_context(self, shown: Shown) -> dict:
        """The map as the address asks for it; the file is made of the same."""
        possible = heat.suited(self.definitions if shown.snapshot is None else shown.definitions)
        own = [shown.definition(definition.code) or definition for definition in possible]
        chosen = heat.columns(own, self.request.GET.getlist("show"))
        every = self.every_row(shown, chosen)
        sort = self.request.GET.get("sort", DEFAULT_SORT)
        if not heat.is_sort(sort, chosen):
            sort = DEFAULT_SORT
        filtered, filters = self.filtered(every)
        rows = heat.in_order(filtered, sort, chosen)
        lead = heat.leading_column(chosen)
        return {
            "columns": [
                (definition, self.heading(definition.code, heat.short_head(definition), sort, lead))
                for definition in chosen
            ],
            "choices": [(definition, definition in chosen) for definition in own],
            "definitions": chosen,
            "lead": lead,
            "sort": sort,
            "headings": {
                "name": self.heading("name", _("Organization"), sort, lead),
                "missing": self.heading("missing", _("Short of, people"), sort, lead),
                "completeness": self.heading("completeness", _("Completeness"), sort, lead),
                "changed": self.heading("changed", _("Updated"), sort, lead),
            },
            "total_cells": heat.total_cells(shown, chosen, self.total_link),
            "total_missing": shown.total(lead).missing if lead else None,
            "total_missing_text": grouped(shown.total(lead).missing) if lead else "",
            # One place is its own total.
            "has_total": len(shown.places) > 1,
            "total_name": self.wide_place(),
            "total_audits": sum(row.audit == AuditStatus.ACCEPTED for row in every),
            "rows": rows,
            "cards": beginning(rows, self.request.GET.get("cards", "")),
            "all_count": len(every),
            "has_audits": any(row.audit for row in every),
            "crumbs": [(self.link("indicators"), _("Indicators"))],
            "reset_url": self.link("heat-map"),
            "files": self.files("map", **self.own_query()),
            **filters,
        }

    def every_row(self, shown: Shown, chosen) -> list[heat.MapRow]:
        places = reported_places(self.request.scope, self.municipality, self.place["organizations"])
        audits = quality.audit_states(places, shown.period.year)
        return heat.map_rows(
            shown,
            chosen,
            self.people_links(chosen),
            lambda pk: address(self.request, "organization", pk),
            completeness=quality.completeness(places, shown.period),
            changed=quality.last_changes(places),
            audits={pk: status for pk, (_audit, status) in audits.items()},
            today=today(),
        )

    def people_links(self, chosen: Sequence[Definition]) -> Callable[[str, int], str]:
        """Addresses of the people behind each cell: what the cells of a column share is put together once."""
        shared = {definition.code: self.people_link(definition.code) for definition in chosen}

        def link(code: str, organization_id: int) -> str:
            return f"{shared[code]}{'&' if '?' in shared[code] else '?'}organization={organization_id}"

        return link

    def total_link(self, code: str) -> str:
        return self.link("indicator", code)

    def heading(self, code: str, label: str, sort: str, lead) -> Heading:
        """A heading with the address that sorts by it, largest first; the names begin at the first letter."""
        first, second = (code, f"-{code}") if code == "name" else (f"-{code}", code)
        order = {first: first, second: second}.get(sort, "")
        wanted = second if sort == first else first
        direction = ("descending" if sort.startswith("-") else "ascending") if order else ""
        return Heading(label, self.link("heat-map", **{**self.own_query(), "sort": wanted}), direction)

    def filtered(self, rows: list[heat.MapRow]) -> tuple[list[heat.MapRow], dict]:
        """The rows that the search and the filters leave, and what the filters offer."""
        asked = self.own_query()
        kinds = dict(
            OrganizationType.objects.filter(pk__in={row.place.type_id for row in rows}).values_list(
                "pk", "title"
            )
        )
        areas = dict(
            District.objects.visible_to(self.request.scope)
            .filter(pk__in={row.place.district_id for row in rows if row.place.district_id})
            .values_list("pk", "name")
        )
        found = rows
        if asked.get("q"):
            found = [row for row in found if heat.matches(row, asked["q"])]
        if asked.get("kind"):
            found = [row for row in found if str(row.place.type_id) == asked["kind"]]
        if asked.get("area"):
            found = [row for row in found if str(row.place.district_id) == asked["area"]]
        low = [row for row in found if row.is_low]
        stale = [row for row in found if row.is_stale]
        only = asked.get("only")
        if only == "low":
            found = low
        elif only == "stale":
            found = stale
        quick = [
            (_("Completeness below 80 %"), len(low), self._only("low"), only == "low"),
            (_("Not updated for 30 days"), len(stale), self._only("stale"), only == "stale"),
        ]
        return found, {
            "kinds": sorted(((str(pk), name) for pk, name in kinds.items()), key=lambda item: item[1]),
            "areas": sorted(((str(pk), name) for pk, name in areas.items()), key=lambda item: item[1]),
            "asked": asked,
            "quick": [item for item in quick if item[1] or item[3]],
        }

    def _only(self, code: str) -> str:
        asked = self.own_query()
        chosen = None if asked.get("only") == code else code
        return self.link("heat-map", **{**asked, "only": chosen})
