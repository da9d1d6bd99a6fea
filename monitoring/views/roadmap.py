"""The roadmap of a municipality on one page, and one activity of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from common.dates import today
from common.history import history_of
from monitoring import queries
from monitoring.models import ActivityOccurrence, Roadmap, RoadmapActivity
from monitoring.roadmap import services
from monitoring.roadmap.reading import read_plan, read_row
from monitoring.roadmap.rights import may_edit, municipality_of
from orgs.addresses import address
from orgs.enums import READER_ROLES, STAFF_ROLES
from orgs.files import send_private_file
from orgs.pages import NO_YEARS, RoleView, get_visible


class RoadmapPage(RoleView):
    """/roadmap/: the table in the order's columns, the chart by quarters, the targets under them."""

    read_roles = STAFF_ROLES
    period_kind = NO_YEARS

    def get(self, request: HttpRequest) -> HttpResponse:
        municipality = municipality_of(request)
        roadmaps = services.roadmaps_of(request.scope, municipality)
        roadmap = self.chosen(roadmaps)
        edits = may_edit(request.scope, municipality)
        context = {
            "municipality": municipality,
            "roadmap": roadmap,
            "others": [other for other in roadmaps if other != roadmap],
            "may_edit": edits,
            "may_report": request.scope.holds_over(municipality, *READER_ROLES),
            "template": services.template_roadmap() if roadmap is None and edits else None,
            "today": today(),
        }
        if roadmap is not None:
            plan = read_plan(roadmap, request.scope, today())
            zoom = self.zoom(plan)
            context |= {
                "plan": plan,
                "zoom": zoom,
                "chart_years": range(plan.chart_years[0], plan.chart_years[1] + 1),
                # Texts of users are escaped by the drawing.
                "chart": mark_safe(plan.chart(zoom)),
                "narrow_chart": mark_safe(plan.chart(zoom, narrow=True)),
                "targets": queries.targets_of(roadmap),
                "target_years": queries.years_covered(roadmap),
            }
        return render(request, "monitoring/roadmap.html", context)

    def chosen(self, roadmaps: list[Roadmap]) -> Roadmap | None:
        """The roadmap that the address names, else the one in force; 404 for one of another municipality."""
        wanted = self.request.GET.get("roadmap", "")
        if not wanted:
            return services.roadmap_in_force(roadmaps)
        found = next((roadmap for roadmap in roadmaps if str(roadmap.pk) == wanted), None)
        if found is None:
            raise Http404
        return found

    def zoom(self, plan) -> int | None:
        """The one year that the chart shows; None for all."""
        wanted = self.request.GET.get("zoom", "")
        first, last = plan.chart_years
        return int(wanted) if wanted.isdecimal() and first <= int(wanted[:5]) <= last else None


class ActivityView(RoleView):
    """A page of one activity."""

    read_roles = STAFF_ROLES
    period_kind = NO_YEARS

    def activity(self, pk: int) -> RoadmapActivity:
        rows = RoadmapActivity.objects.select_related("section__roadmap__municipality")
        return get_visible(rows, self.request.scope, pk=pk)


class ActivityCard(ActivityView):
    """/roadmap/activities/<pk>/"""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        activity = self.activity(pk)
        marks = {
            mark.year: mark
            for mark in ActivityOccurrence.objects.visible_to(request.scope).filter(activity=activity)
        }
        roadmap = activity.section.roadmap
        context = {
            "activity": activity,
            "roadmap": roadmap,
            "row": read_row(activity, marks, today()),
            "may_edit": may_edit(request.scope, roadmap.municipality),
            "crumbs": [(address(request, "roadmap", roadmap=roadmap.pk), _("Roadmap"))],
            "history": history_of(
                activity, *marks.values(), hidden=("evidence_file", "position", "section", "activity")
            ),
        }
        return render(request, "monitoring/activity.html", context)


class ActivityFile(ActivityView):
    """/roadmap/activities/<pk>/file/: the file that confirms it, or with ``year`` that of one year."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        mark = activity = self.activity(pk)
        year = request.GET.get("year", "")
        if year:
            rows = ActivityOccurrence.objects.visible_to(request.scope).filter(activity=activity)
            mark = rows.filter(year=int(year) if year[:5].isdecimal() else 0).first()
            if mark is None:
                raise Http404
        return send_private_file(request, mark, mark.evidence_file, mark.evidence_name)
