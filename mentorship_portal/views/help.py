"""Help for each page, and the glossary."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.generic import View

from mentorship_portal.help import glossary, groups_for, help_for
from orgs.pages import NO_YEARS


class HelpPage(View):
    """/help/?page=<route>: help for that page; without one the list of all pages. A panel, or a page."""

    http_method_names = ("get", "head")
    period_kind = NO_YEARS

    def get(self, request: HttpRequest) -> HttpResponse:
        route = request.GET.get("page", "")
        topic = help_for(route) if route else None
        if route and topic is None:
            raise Http404
        role = request.membership.role if request.membership else ""
        context = {"topic": topic, "groups": groups_for(role)}
        template = "help/partials/panel.html" if request.htmx else "help/help.html"
        return render(request, template, context)


class GlossaryPage(View):
    """/help/glossary/: the words of the portal with a sentence each."""

    http_method_names = ("get", "head")
    period_kind = NO_YEARS

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "help/glossary.html", {"terms": glossary()})
