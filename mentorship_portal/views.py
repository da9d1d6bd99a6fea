"""Pages of the portal itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from mentorship_portal.home.indicators import own_figures
from mentorship_portal.home.tasks import tasks_for
from orgs.enums import PARTICIPANT_ROLES, READER_ROLES
from orgs.viewstate import show_membership


class Home(View):
    """/: what to do now, by role; a user without a role is told whom to ask."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        membership = request.membership
        # Tasks and figures are those of one role; the address of every link then names its place.
        if membership is not None and request.place is None:
            show_membership(request, membership)
        scope = request.scope
        role = membership.role if membership else None
        tasks = tasks_for(scope, role)
        context = {
            "overdue": [task for task in tasks if task.is_overdue],
            "soon": [task for task in tasks if task.is_soon],
            "later": [task for task in tasks if not task.is_overdue and not task.is_soon],
            "tasks": tasks,
            "has_role": membership is not None,
            "is_participant": role in PARTICIPANT_ROLES,
            "figures": own_figures(scope) if role in READER_ROLES else [],
        }
        return render(request, "home/home.html", context)
