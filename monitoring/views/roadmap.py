"""The roadmap: sections and activities as the order has them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from monitoring import queries
from monitoring.models import Roadmap
from orgs.enums import STAFF_ROLES
from orgs.pages import RoleView


class RoadmapPage(RoleView):
    """/roadmap/: sections and activities as the order has them, and the targets under them."""

    read_roles = STAFF_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        roadmaps = (
            Roadmap.objects.visible_to(request.scope)
            .select_related("municipality")
            .prefetch_related("sections__activities")
        )
        return render(
            request,
            "monitoring/roadmap.html",
            {
                "roadmaps": [
                    (roadmap, queries.targets_of(roadmap), queries.years_covered(roadmap))
                    for roadmap in roadmaps
                ]
            },
        )
