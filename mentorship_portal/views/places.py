"""The choice of one organization by those who oversee many."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models.functions import Collate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from common.ordering import NATURAL
from common.search import holds_words, searchable
from mentorship_portal.switchers import page_for, whole_url
from orgs.enums import OVERSIGHT_ROLES, OrganizationStatus
from orgs.models import Organization
from orgs.pages import NO_YEARS, RoleView

SHOWN = 50


class Places(RoleView):
    """/places/: organizations of the own places by name; each leads to the page that one came from.

    As a fragment for the switch in the top bar, and as a page where there is no script.
    """

    read_roles = OVERSIGHT_ROLES
    period_kind = NO_YEARS

    def get(self, request: HttpRequest) -> HttpResponse:
        text = request.GET.get("q", "").strip()[:100]
        rows = Organization.objects.visible_to(request.whole_scope).filter(status=OrganizationStatus.ACTIVE)
        if text:
            rows = rows.alias(searched=searchable("short_name")).filter(holds_words("searched", text))
        found = list(
            rows.order_by(Collate("short_name", NATURAL), "pk").values_list("pk", "short_name")[: SHOWN + 1]
        )
        role = request.membership.role if request.membership.role in OVERSIGHT_ROLES else ""
        back = page_for(request, role) if role else "home"
        context = {
            "text": text,
            "places": [(self._url(back, pk), name) for pk, name in found[:SHOWN]],
            "more": len(found) > SHOWN,
            "back": back,
            "whole_url": whole_url(request),
        }
        template = "frame/partials/places.html" if request.htmx else "frame/places.html"
        return render(request, template, context)

    def _url(self, route: str, pk: int) -> str:
        parts = {"org": pk, "y": self.request.school_year.start_year}
        return f"{reverse(route)}?{urlencode(parts)}"
