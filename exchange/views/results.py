"""What comes after an import: undoing it, its report, the rows handed back."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import AccessAction
from accounts.services import record_access
from exchange import services, words
from exchange.enums import ImportStep
from exchange.load_report import load_report
from exchange.models import ImportRun
from exchange.results import changed_records, result_lines
from exchange.undo import undo_until
from exchange.views.base import OwnerView, RunView
from exchange.views.downloads import may_open_files, send_file
from exchange.views.upload import workbook_response
from orgs.addresses import redirect_to


class ImportUndo(OwnerView):
    """/imports/<uuid>/undo/: what would be taken back, and the button that does it."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.own_run(pk)
        if undo_until(run) is None:
            return redirect_to(request, "import", run.pk)
        return self.answer(request, run)

    def post(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.own_run(pk)
        try:
            services.undo_import(request.user, run)
        except ValidationError as refusal:
            return self.answer(request, run, errors=refusal.messages)
        return redirect_to(request, "import", run.pk)

    @staticmethod
    def answer(request: HttpRequest, run: ImportRun, errors: list[str] | None = None) -> HttpResponse:
        context = {
            "run": run,
            "errors": errors or [],
            "lines": result_lines(run),
            "outcome": run.outcome,
            "undo_until": undo_until(run),
        }
        return render(request, "exchange/import_undo.html", context, status=422 if errors else 200)


class ImportChanges(RunView):
    """/imports/<uuid>/changes/: which records the import has changed, field by field."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        if not may_open_files(request.scope, run):
            raise PermissionDenied(
                _("Rows of the workbook hold personal data; they are shown to the school only.")
            )
        if run.step != ImportStep.DONE:
            return redirect_to(request, "import", run.pk)
        context = {"run": run, "records": changed_records(run), "result": words.result(run)}
        return render(request, "exchange/import_changes.html", context)


class ImportReport(RunView):
    """/imports/<uuid>/report/: the report of the upload as a workbook."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        if not may_open_files(request.scope, run):
            raise PermissionDenied(
                _("This file may hold full names, so it stays at the school. Make your own report instead.")
            )
        if run.step not in (ImportStep.DONE, ImportStep.UNDONE):
            return redirect_to(request, "import", run.pk)
        record_access(
            request.user,
            AccessAction.EXPORT,
            object_type=run._meta.label_lower,
            object_id=run.pk,
            ip_address=request.META.get("REMOTE_ADDR"),
            file=_("Report of the upload"),
        )
        return workbook_response(load_report(run), f"upload-{run.created_at:%Y-%m-%d}.xlsx")


class ReturnedRows(RunView):
    """/imports/<uuid>/returned/: the refused rows with the column «Что исправить»."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        stem = run.file_name.rsplit(".", 1)[0]
        return send_file(request, run, run.returned_file, _("%(name)s, to correct.xlsx") % {"name": stem})
