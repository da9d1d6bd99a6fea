"""The history of uploads: who, when, which file, what it is, where, and what became of it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exchange.filters import RunFilter
from exchange.forms import kind_title
from exchange.models import ImportRun
from exchange.presenters import run_badge
from exchange.undo import undo_until
from exchange.views.base import ImporterView
from exchange.views.downloads import may_open_files
from exchange.words import things_added

PAGE_ROWS = 30


class ImportRegister(ImporterView):
    """/imports/: what was loaded, by whom, with which result."""

    def get(self, request: HttpRequest) -> HttpResponse:
        runs = ImportRun.objects.visible_to(request.scope).select_related(
            "owner", "organization", "municipality"
        )
        chosen = RunFilter(request.GET, runs, request.user)
        page = Paginator(chosen.rows, PAGE_ROWS).get_page(request.GET.get("page"))
        for run in page:
            run.badge, run.title = run_badge(run), kind_title(run.kind)
            run.brought = ", ".join(item.words for item in things_added(run)) or run.outcome.get("added", "")
            run.undo_until = undo_until(run)
            run.may_open = may_open_files(request.scope, run)
        context = {
            "page": page,
            "rows": page.object_list,
            "filter": chosen,
            "can_import": request.scope.has_role(*self.write_roles),
        }
        return render(request, "exchange/import_list.html", context)
