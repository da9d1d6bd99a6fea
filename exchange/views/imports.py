"""Upload from Excel: history, upload, what was understood, problems, confirmation, result."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import classproperty
from django.utils.translation import gettext as _

from common.importing import import_kinds
from common.workbooks import WorkbookWriter
from exchange import services
from exchange.enums import UNFINISHED, ImportStep, RunState
from exchange.forms import UploadForm, all_importer_roles, kind_title, kinds_for
from exchange.models import ImportRun
from exchange.places import split_place
from exchange.presenters import (
    counts_by_level,
    problems,
    run_badge,
    understood_columns,
    wizard_steps,
)
from exchange.views.downloads import may_open_files, send_file
from orgs.addresses import redirect_to
from orgs.enums import STAFF_ROLES
from orgs.pages import RoleView, get_visible

PAGE_ROWS = 30
SHOWN_PROBLEMS = 200
REFRESH_SECONDS = 3


class ImporterView(RoleView):
    """A page for those who may load some kind of workbook; the services ask about the one at hand."""

    read_roles = STAFF_ROLES

    @classproperty
    def write_roles(cls):
        return all_importer_roles()


class ImportRegister(ImporterView):
    """/imports/: what was loaded, by whom, with which result."""

    def get(self, request: HttpRequest) -> HttpResponse:
        runs = ImportRun.objects.visible_to(request.scope).select_related(
            "owner", "organization", "municipality"
        )
        page = Paginator(runs, PAGE_ROWS).get_page(request.GET.get("page"))
        for run in page:
            run.badge, run.title = run_badge(run), kind_title(run.kind)
        context = {
            "page": page,
            "rows": page.object_list,
            "can_import": request.scope.has_role(*self.write_roles),
        }
        return render(request, "exchange/import_list.html", context)


class ImportNew(ImporterView):
    """/imports/new/: what, where, which file."""

    @classproperty
    def read_roles(cls):
        return all_importer_roles()

    def get(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(scope=request.scope, initial={"kind": request.GET.get("kind")})
        return self.answer(request, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES, scope=request.scope)
        if form.is_valid():
            data = form.cleaned_data
            try:
                run = services.receive_import(
                    request.user,
                    request.scope,
                    kind=data["kind"],
                    file=data["file"],
                    file_name=data["file"].name,
                    **split_place(data["place"]),
                )
            except ValidationError as refusal:
                field = {"kind": "kind", "organization": "place"}.get(refusal.code, "file")
                form.add_error(field, refusal)
            else:
                return redirect_to(request, "import", run.pk)
        return self.answer(request, form, status=422)

    def answer(self, request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
        templates = [{"kind": code, "title": kind_title(code)} for code in kinds_for(request.scope)]
        context = {"form": form, "steps": wizard_steps(None), "templates": templates}
        return render(request, "exchange/import_new.html", context, status=status)


class RunView(ImporterView):
    """A page of one import."""

    def run(self, pk) -> ImportRun:
        runs = ImportRun.objects.select_related("owner", "organization", "municipality")
        return get_visible(runs, self.request.scope, pk=pk)


class ImportPage(RunView):
    """/imports/<uuid>/: the page of whatever step the import stands at."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        issues = problems(run) if may_open_files(request.scope, run) else []
        level = request.GET.get("level", "")
        shown = [issue for issue in issues if not level or issue["level"] == level]
        waits = run.state in UNFINISHED
        context = {
            "run": run,
            "title": kind_title(run.kind),
            "badge": run_badge(run),
            "steps": wizard_steps(run),
            "outcome": run.outcome,
            "waits": waits,
            "refresh_seconds": REFRESH_SECONDS,
            "is_mine": run.owner_id == request.user.pk,
            "may_see_rows": may_open_files(request.scope, run),
            "good_rows": run.outcome.get("rows", 0) - run.outcome.get("refused", 0),
            "changes": run.outcome.get("added", 0) + run.outcome.get("updated", 0),
            "issues": shown[:SHOWN_PROBLEMS],
            "hidden_issues": max(len(shown) - SHOWN_PROBLEMS, 0) + run.outcome.get("omitted_issues", 0),
            "levels": counts_by_level(issues),
            "level": level,
            "all_issues": len(issues),
            "has_questions": any(issue["choices"] for issue in shown),
            "columns": understood_columns(run),
            "can_repeat": run.state == RunState.FAILED,
            "is_open": run.step == ImportStep.CONFIRM and run.state == RunState.READY,
            "is_done": run.step == ImportStep.DONE and run.state == RunState.READY,
            "is_refused": run.step == ImportStep.REFUSED,
        }
        template = "exchange/import_progress.html" if waits else "exchange/import_detail.html"
        return render(request, template, context)


class RunAction(RunView):
    """A button of the page of one import; answers by leading back to it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        try:
            self.act(request, run)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect_to(request, "import", run.pk)

    def act(self, request: HttpRequest, run: ImportRun) -> None:
        raise NotImplementedError


class ImportCheck(RunAction):
    """Checks again with other columns or with answers to questions."""

    def act(self, request: HttpRequest, run: ImportRun) -> None:
        fields = {column["field"]: column for column in understood_columns(run)}
        mapping = {
            name: heading[:250]
            for name, column in fields.items()
            if (heading := request.POST.get(f"column-{name}", "")) and heading != column["heading"]
        }
        answers = _answers(request, run)
        services.recheck_import(
            request.user,
            run,
            mapping={**run.mapping, **mapping} if mapping else None,
            answers=answers if answers != run.answers else None,
        )


class ImportConfirm(RunAction):
    """Writes what was shown: all rows, or the good ones."""

    def act(self, request: HttpRequest, run: ImportRun) -> None:
        services.confirm_import(
            request.user,
            run,
            sha256=request.POST.get("sha256", ""),
            good_rows_only=request.POST.get("rows") == "good",
        )


class ImportCancel(RunAction):
    """Ends an import that has not been written."""

    def act(self, request: HttpRequest, run: ImportRun) -> None:
        if services.cancel_run(request.user, run):
            messages.success(request, _("The upload is cancelled; nothing was written."))
        else:
            messages.warning(request, _("It was too late to cancel: the upload is already over."))


class ImportRepeat(RunAction):
    """Tries a failed import again."""

    def act(self, request: HttpRequest, run: ImportRun) -> None:
        services.repeat_run(request.user, run)


class ReturnedRows(RunView):
    """/imports/<uuid>/returned/: the refused rows with the column «Что исправить»."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        stem = run.file_name.rsplit(".", 1)[0]
        return send_file(request, run, run.returned_file, _("%(name)s, to correct.xlsx") % {"name": stem})


class TemplateWorkbook(ImporterView):
    """/imports/templates/<kind>.xlsx: the empty form with the official headings."""

    @classproperty
    def read_roles(cls):
        return all_importer_roles()

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        if kind not in import_kinds:
            raise Http404
        resource = import_kinds.get(kind)
        target = BytesIO()
        with WorkbookWriter(target, title=kind_title(kind)) as book:
            book.sheet(resource.sheet_title, resource.columns(), [])
        response = HttpResponse(
            target.getvalue(),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"},
        )
        response["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
        return response


def _answers(request: HttpRequest, run: ImportRun) -> dict[str, str]:
    """Answers of the form to questions that were really asked, with choices that were really offered."""
    answers = dict(run.answers)
    for issue in problems(run):
        offered = {str(value) for value, _label in issue["choices"]}
        given = request.POST.get(f"answer-{issue['key']}", "")
        if given in offered:
            answers[issue["key"]] = given
    return answers
