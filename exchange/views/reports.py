"""Reports: the builder, what was built, progress, files."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from exchange import services
from exchange.enums import UNFINISHED, RunState
from exchange.forms import ReportForm, report_title
from exchange.models import ReportRun
from exchange.places import split_place
from exchange.presenters import run_badge
from exchange.views.downloads import may_open_files, send_file
from orgs.addresses import redirect_to
from orgs.enums import READER_ROLES
from orgs.pages import NO_YEARS, RoleView, get_visible

PAGE_ROWS = 30
REFRESH_SECONDS = 3


class ReportView(RoleView):
    """A page of reports."""

    write_roles = READER_ROLES
    period_kind = NO_YEARS

    def run(self, pk) -> ReportRun:
        runs = ReportRun.objects.select_related("owner", "organization", "municipality")
        return get_visible(runs, self.request.scope, pk=pk)


class Reports(ReportView):
    """/reports/: the builder beside the list of what was built."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request, ReportForm(scope=request.scope))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ReportForm(request.POST, scope=request.scope)
        if form.is_valid():
            data = form.cleaned_data
            kind, _dot, format_ = data["kind"].rpartition(".")
            try:
                run = services.ask_report(
                    request.user,
                    request.scope,
                    kind=kind,
                    format=format_,
                    year=data["year"],
                    as_of=data["as_of"],
                    **split_place(data["place"]),
                )
            except ValidationError as refusal:
                form.add_error({"year": "year"}.get(refusal.code, "kind"), refusal)
            else:
                return redirect_to(request, "report", run.pk)
        return self.answer(request, form, status=422)

    def answer(self, request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
        runs = ReportRun.objects.visible_to(request.scope).select_related(
            "owner", "organization", "municipality"
        )
        page = Paginator(runs, PAGE_ROWS).get_page(request.GET.get("page"))
        for run in page:
            run.badge, run.title = run_badge(run), report_title(run.kind)
            run.is_open_to_me = may_open_files(request.scope, run)
        context = {"form": form, "page": page, "rows": page.object_list}
        return render(request, "exchange/report_list.html", context, status=status)


class ReportPage(ReportView):
    """/reports/<uuid>/: progress, then the file."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        context = {
            "run": run,
            "title": report_title(run.kind),
            "badge": run_badge(run),
            "waits": run.state in UNFINISHED,
            "refresh_seconds": REFRESH_SECONDS,
            "is_mine": run.owner_id == request.user.pk,
            "is_ready": run.state == RunState.READY,
            "can_repeat": run.state == RunState.FAILED,
            "is_open_to_me": may_open_files(request.scope, run),
        }
        return render(request, "exchange/report_detail.html", context)


class ReportFile(ReportView):
    """/reports/<uuid>/file/: the finished file."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        return send_file(request, run, run.file, run.file_name)


class ReportCancel(ReportView):
    """Stops a report that is not ready."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        if services.cancel_run(request.user, run):
            messages.success(request, _("The report is cancelled."))
        else:
            messages.warning(request, _("It was too late to cancel: the report is already over."))
        return redirect_to(request, "report", run.pk)


class ReportRepeat(ReportView):
    """Tries a failed report again."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        services.repeat_run(request.user, run)
        return redirect_to(request, "report", run.pk)
