"""Files of the pages of figures, made of what the page shows; taking one is noted in the journal."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import AccessAction
from accounts.services import record_access
from common.dates import today
from monitoring import tables
from monitoring.tables import FileTable
from monitoring.views.heat_map import HeatMap
from monitoring.views.indicators import FigurePage

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class IndicatorFile(HeatMap, FigurePage):
    """/indicators/files/<what>.<kind>: the overview, the organizations of an indicator, or the map."""

    route = "indicators-file"

    def own_arguments(self) -> list:
        return [self.kwargs["what"], self.kwargs["kind"]]

    def get(self, request: HttpRequest, what: str, kind: str) -> HttpResponse:
        make = {"list": self.overview, "schools": self.organizations, "map": self.map}.get(what)
        if make is None or kind not in TYPES:
            raise Http404
        table = make()
        content = table.xlsx() if kind == "xlsx" else table.csv()
        name = f"{table.name}-{self.year}-{self.as_of:%Y-%m-%d}.{kind}"
        record_access(
            request.user,
            AccessAction.EXPORT,
            object_type="monitoring.figures",
            object_id=request.GET.get("code", "") if what == "schools" else what,
            ip_address=request.META.get("REMOTE_ADDR"),
            file=name,
            rows=len(table.rows),
        )
        response = HttpResponse(content, content_type=TYPES[kind])
        ascii_name = f"{slugify(what)}-{self.year}.{kind}"
        response["Content-Disposition"] = f'attachment; filename="{ascii_name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response

    def overview(self) -> FileTable:
        shown = self.shown()
        rows = [shown.total(definition) for definition in shown.definitions]
        rows.sort(key=lambda row: row.definition.target is None)
        return tables.overview_table(self.headings(shown, _("Indicators")), rows)

    def organizations(self) -> FileTable:
        code = self.request.GET.get("code", "")
        shown = self.shown([code]) if code else None
        definition = shown.definition(code) if shown else None
        if definition is None:
            raise Http404
        lines = self.ranking_context(shown, definition, None)["ranking_lines"]
        return tables.ranking_table(self.headings(shown, definition.title), lines)

    def map(self) -> FileTable:
        shown = self.shown_on_map()
        found = self.map_context(shown)
        headings = self.headings(shown, _("Map of organizations and indicators"))
        asked = [value for name, value in self.filter_words(found) if value]
        if asked:
            headings.append(_("Filters: %s") % ", ".join(asked))
        total = (found["total_name"], found["total_cells"], found["total_missing"])
        whole = total if found["has_total"] else None
        return tables.map_table(headings, found["definitions"], whole, found["rows"])

    def filter_words(self, found: dict) -> list[tuple[str, str]]:
        """The filters in use, in words."""
        asked = found["asked"]
        return [
            ("q", asked.get("q", "")),
            ("kind", dict(found["kinds"]).get(asked.get("kind", ""), "")),
            ("area", dict(found["areas"]).get(asked.get("area", ""), "")),
            *((f"only {label}", label) for label, _count, _url, on in found["quick"] if on),
        ]

    def headings(self, shown, title: str) -> list[str]:
        """Lines above the table: title, place, period, author and day."""
        as_of = f"{self.as_of:%d.%m.%Y}"
        kind = _("Figures of the closed round as of %s") if shown.snapshot else _("Current figures as of %s")
        return [
            title,
            self.place_name(shown),
            f"{_('Year')} {self.year}. {kind % as_of}",
            _("Made by %(who)s on %(date)s")
            % {"who": self.request.user.full_name, "date": f"{today():%d.%m.%Y}"},
        ]
