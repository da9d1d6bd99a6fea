"""The home page by role."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from common.dates import today
from mentorship_portal.home.actions import actions_for
from mentorship_portal.home.board import board_of
from mentorship_portal.home.changes import changes_for
from mentorship_portal.home.desk import Desk
from mentorship_portal.home.first_visit import first_steps
from mentorship_portal.home.indicators import own_figures
from mentorship_portal.home.participants import own_pairs
from mentorship_portal.home.reports import latest_reports
from mentorship_portal.home.schools import schools_in_need
from mentorship_portal.summary import remember
from orgs.enums import PARTICIPANT_ROLES, READER_ROLES, Role
from orgs.viewstate import show_membership


class Home(View):
    """/: what to do now, by role; a user without a role is told whom to ask."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest) -> HttpResponse:
        membership = request.membership
        if membership is None:
            return render(request, "home/without_role.html")
        # Tasks and figures are those of one role; the address of every link then names its place.
        if request.place is None:
            show_membership(request, membership)
        desk = Desk(request)
        if membership.role in PARTICIPANT_ROLES:
            return render(request, "home/participant.html", {"pairs": own_pairs(desk), "today": today()})
        board = board_of(request)
        remember(request, board.summary)
        context = {"board": board, "actions": actions_for(desk), "steps": first_steps(desk)}
        if membership.role in READER_ROLES:
            oversees = membership.role in (Role.METHODOLOGIST, Role.ANALYST)
            context["figures"] = figures = own_figures(desk)
            context["is_school"] = not oversees
            if oversees:
                context["needs"] = schools_in_need(desk, figures) if request.place is None else []
                context["reports"] = latest_reports(desk) if membership.role == Role.ANALYST else []
        context["changes"] = changes_for(desk)
        return render(request, "home/home.html", context)
