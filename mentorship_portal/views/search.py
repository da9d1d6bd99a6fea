"""Search over everything that the user may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mentorship_portal.searching import SHOWN, search
from orgs.enums import STAFF_ROLES
from orgs.pages import NO_YEARS, RoleView


class Search(RoleView):
    """/search/?q=: people, pairs and organizations by a part of their names."""

    read_roles = STAFF_ROLES
    period_kind = NO_YEARS

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").replace("\0", "").strip()[:150]
        groups = search(request, text) if text else []
        context = {
            "text": text,
            "groups": groups,
            "found": sum(group.count for group in groups),
            "shown": SHOWN,
        }
        return render(request, "frame/search.html", context)
