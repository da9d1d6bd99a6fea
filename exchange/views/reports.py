"""Reports: the builder, what was built, progress, files."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange import services
from exchange.enums import UNFINISHED, RunState
from exchange.models import ReportRun
from exchange.presenters import run_badge
from exchange.report_forms import ReportFilter, ReportForm, place_code
from exchange.report_list import batch_of, reports_of, summary, title_of, usual_seconds, with_places
from exchange.views.downloads import may_open_files, send_file
from orgs.addresses import address, redirect_to
from orgs.enums import READER_ROLES
from orgs.pages import NO_YEARS, RoleView, get_visible

PAGE_ROWS = 40
REFRESH_SECONDS = 2


class ReportView(RoleView):
    """A page of reports."""

    write_roles = READER_ROLES
    period_kind = NO_YEARS

    def run(self, pk) -> ReportRun:
        return get_visible(with_places(ReportRun.objects.all()), self.request.scope, pk=pk)


class Reports(ReportView):
    """/reports/: the builder above the list of what was built.

    The parts of the address fill in the builder, so a set of choices is a link.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        last = with_places(ReportRun.objects.visible_to(request.scope)).filter(owner=request.user).first()
        return self.answer(request, ReportForm(scope=request.scope, preset=request.GET, last=last))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ReportForm(request.POST, scope=request.scope)
        if form.is_valid():
            try:
                runs = services.ask_reports(request.user, request.scope, **form.question())
            except ValidationError as refusal:
                form.add_error({"year": "year", "format": "formats"}.get(refusal.code, "kind"), refusal)
            else:
                return redirect_to(request, "report", runs[0].pk)
        return self.answer(request, form, status=422)

    def answer(self, request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
        seen = with_places(ReportRun.objects.visible_to(request.scope))
        known = list(seen)
        chosen = ReportFilter(
            request.GET,
            years=sorted({run.year for run in known}, reverse=True),
            kinds=sorted(
                {(report.code, report.title) for report in reports_of(known)}, key=lambda one: one[1]
            ),
            places=sorted({(place_code(run), self.place_text(run)) for run in known}, key=lambda one: one[1]),
        )
        reports = reports_of(self.narrowed(known, chosen.chosen))
        page = Paginator(reports, PAGE_ROWS).get_page(request.GET.get("page"))
        for report in page:
            for run in report.runs:
                run.is_open_to_me = may_open_files(request.scope, run)
        context = {
            "form": form,
            "page": page,
            "reports": page.object_list,
            "filter": chosen,
            "total": len(reports_of(known)),
            "summary": [(code, title_of(code), count) for code, count in summary(known)],
            "building": [report for report in reports_of(known) if report.waits][:3],
        }
        return render(request, "exchange/report_list.html", context, status=status)

    @staticmethod
    def narrowed(runs: list[ReportRun], chosen: dict[str, str]) -> list[ReportRun]:
        """Runs that the filters leave."""
        return [
            run
            for run in runs
            if chosen.get("report", "") in ("", run.parameters.get("report", run.kind))
            and chosen.get("of_year", "") in ("", str(run.year))
            and chosen.get("coverage", "") in ("", place_code(run))
        ]

    @staticmethod
    def place_text(run: ReportRun) -> str:
        return str(run.organization or run.district or run.municipality or "—")


class ReportPage(ReportView):
    """/reports/<uuid>/: progress in words, then the files."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        report = batch_of(self.run(pk), request.scope)
        for run in report.runs:
            run.badge = run_badge(run)
            run.title = title_of(run.kind)
            run.waits = run.state in UNFINISHED
            run.is_ready = run.state == RunState.READY
            run.is_mine = run.owner_id == request.user.pk
            run.can_repeat = run.state == RunState.FAILED and run.is_mine
            run.is_open_to_me = may_open_files(request.scope, run)
            run.usual = usual_seconds(run.kind) if run.waits else None
            run.took = round((timezone.now() - run.started_at).total_seconds()) if run.started_at else 0
        context = {
            "report": report,
            "crumbs": [(address(request, "reports"), _("Reports"))],
            "refresh_seconds": REFRESH_SECONDS,
            "preset": f"{address(request, 'reports')}&{report.again}",
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
