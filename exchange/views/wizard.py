"""The page of one import at whatever step it stands, and its buttons."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from exchange import services, words
from exchange.corrections import decide
from exchange.enums import UNFINISHED, ImportStep, RunState
from exchange.forms import kind_title
from exchange.grid import Grid, build_grid
from exchange.models import ImportRun
from exchange.parts import parts_of
from exchange.presenters import STRUCTURAL, refusal_of, run_badge, wizard_steps
from exchange.problems import ALL, PROBLEMS, WARNINGS, Problems, names_another_school
from exchange.results import next_steps, result_lines
from exchange.retention import kept_until
from exchange.undo import undo_until
from exchange.views.base import RunAction, RunView
from exchange.views.columns import may_decide
from exchange.views.downloads import may_open_files
from orgs.addresses import address, redirect_to

REFRESH_SECONDS = 3
HISTORY_OF_CELLS = 100


class ImportPage(RunView):
    """/imports/<uuid>/: the page of whatever step the import stands at."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        context = {
            "run": run,
            "title": kind_title(run.kind),
            "badge": run_badge(run),
            "steps": wizard_steps(run),
            "is_mine": run.owner_id == request.user.pk,
            "may_see_rows": may_open_files(request.scope, run),
            "refresh_seconds": REFRESH_SECONDS,
        }
        if run.state in UNFINISHED:
            return render(request, "exchange/import_progress.html", context)
        if request.headers.get("HX-Request"):
            # The page that showed the progress asks; the browser is to open the step that has come.
            return HttpResponse(headers={"HX-Redirect": address(request, "import", run.pk)})
        if self.needs_columns(request, run):
            return redirect_to(request, "import-columns", run.pk)
        if run.state == RunState.READY and run.step == ImportStep.CONFIRM:
            return render(request, "exchange/import_check.html", context | self.check_context(request, run))
        if run.state == RunState.READY and run.step in (ImportStep.DONE, ImportStep.UNDONE):
            return render(request, "exchange/import_done.html", context | self.done_context(request, run))
        context |= {
            "can_repeat": run.state == RunState.FAILED,
            "is_refused": run.state == RunState.READY and run.step == ImportStep.REFUSED,
            "can_lay_out": may_decide(request, run) and refusal_of(run) in STRUCTURAL,
            "outcome": run.outcome,
        }
        return render(request, "exchange/import_stopped.html", context)

    @staticmethod
    def needs_columns(request: HttpRequest, run: ImportRun) -> bool:
        """Whether the owner has to look at the columns before anything else makes sense."""
        if not may_decide(request, run) or run.state == RunState.FAILED:
            return False
        if run.step == ImportStep.REFUSED:
            return refusal_of(run) in STRUCTURAL
        return bool(run.parameters.get("look"))

    @staticmethod
    def check_context(request: HttpRequest, run: ImportRun) -> dict:
        problems = Problems(run)
        may_see = may_open_files(request.scope, run)
        tabs = problems.tabs() if may_see else []
        codes = [tab.code for tab in tabs]
        tab = request.GET.get("tab", PROBLEMS)
        if tab not in codes:
            tab = next((code for code in (PROBLEMS, WARNINGS, ALL) if code in codes), ALL)
        code = request.GET.get("code", "")
        page = request.GET.get("page", "1")
        grid = Grid()
        if may_see:
            number = int(page) if page.isdecimal() and len(page) < 8 else 1
            grid = build_grid(run, problems, tab=tab, code=code, page=number)
        outcome = run.outcome
        return {
            "outcome": outcome,
            "problems": problems,
            "another_school": names_another_school(run),
            "kept_days": settings.IMPORT_KEEP_DAYS,
            "tabs": tabs,
            "tab": tab,
            "code": code,
            "grid": grid,
            "groups": problems.groups() if may_see else [],
            "reading": words.reading(run, problems),
            "promise": words.promise(run),
            "recognised": sum(len(part["columns"]) for part in outcome.get("parts", ())),
            "why_not": words.what_is_left(run, problems),
            "good_rows": outcome.get("rows", 0) - outcome.get("refused", 0),
            "changes": outcome.get("added", 0) + outcome.get("updated", 0),
            "corrected": list(run.corrections.items())[:HISTORY_OF_CELLS] if may_see else [],
            "excluded": run.excluded if may_see else [],
            "several_sheets": len(parts_of(run)) > 1,
        }

    @staticmethod
    def done_context(request: HttpRequest, run: ImportRun) -> dict:
        mine = run.owner_id == request.user.pk
        steps = next_steps(request.scope, run) if mine and run.step == ImportStep.DONE else []
        return {
            "outcome": run.outcome,
            "result": words.result(run),
            "lines": [(line, _at_place(request, run, line)) for line in result_lines(run)],
            "undo_until": undo_until(run) if mine else None,
            "kept_until": kept_until(run),
            "is_undone": run.step == ImportStep.UNDONE,
            "next_steps": [(step, _at_place(request, run, step)) for step in steps],
        }


def _at_place(request: HttpRequest, run: ImportRun, link) -> str:
    """The address of a page of the school that the workbook is of; empty when there is no page."""
    if not link.route:
        return ""
    place = {"org": run.organization_id, "mun": None, "district": None} if run.organization_id else {}
    return address(request, link.route, **place, **dict(link.query))


class ImportCorrect(RunAction):
    """Corrects cells, leaves rows out, answers questions; then the workbook is checked again."""

    def act(self, request: HttpRequest, run: ImportRun) -> None:
        decision = decide(run, Problems(run), request.POST)
        services.recheck_import(
            request.user,
            run,
            answers=decision.answers,
            corrections=decision.corrections,
            excluded=decision.excluded,
        )

    def back_to(self, request: HttpRequest) -> dict:
        return {name: request.POST.get(name, "") for name in ("tab", "code", "page")}


class ImportConfirm(RunAction):
    """Writes what was shown: all rows, or the good ones."""

    def act(self, request: HttpRequest, run: ImportRun) -> None:
        services.confirm_import(
            request.user,
            run,
            sha256=request.POST.get("sha256", ""),
            good_rows_only=request.POST.get("rows") == "good",
            own_book="own_book" in request.POST,
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


class ImportResume(RunAction):
    """Takes the rows that were put off up again: the same file, with what was corrected in it."""

    def post(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.run(pk)
        try:
            again = services.resume_import(request.user, run)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            again = run
        return redirect_to(request, "import", again.pk)
