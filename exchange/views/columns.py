"""The second step: sheets, headings and columns as understood, changeable."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from common.importing import import_kinds
from common.sheets.problems import SheetRefused
from common.sheets.reader import open_book
from exchange import services
from exchange.columns import SheetChoice, decided_parts, sheet_choices
from exchange.enums import ImportStep, RunState
from exchange.forms import kind_title, kinds_for
from exchange.imports import stored_copy
from exchange.models import ImportRun
from exchange.presenters import COLUMNS_STEP, wizard_steps
from exchange.views.base import OwnerView
from orgs.addresses import redirect_to


class ImportColumns(OwnerView):
    """/imports/<uuid>/columns/: which sheets are loaded, where their headings are, which column is what."""

    def get(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.own_run(pk)
        if not may_decide(request, run):
            return redirect_to(request, "import", run.pk)
        choices = self.choices(request, run)
        if choices is None:
            return redirect_to(request, "import", run.pk)
        return self.answer(request, run, choices)

    def post(self, request: HttpRequest, pk) -> HttpResponse:
        run = self.own_run(pk)
        if not may_decide(request, run):
            messages.error(request, _("This import is already over. Upload the file again."))
            return redirect_to(request, "import", run.pk)
        choices = self.choices(request, run, request.POST)
        if choices is None or "look" in request.POST:
            return self.answer(request, run, choices or [])
        try:
            services.recheck_import(request.user, run, parts=decided_parts(choices))
        except ValidationError as refusal:
            return self.answer(request, run, choices, errors=refusal.messages)
        return redirect_to(request, "import", run.pk)

    def choices(self, request: HttpRequest, run: ImportRun, data=None) -> list[SheetChoice] | None:
        """The sheets; None when the file cannot be read at all."""
        try:
            with stored_copy(run) as path, open_book(path, file_name=run.file_name) as book:
                return sheet_choices(run, book, self.kinds(request, run), data)
        except SheetRefused:
            return None

    @staticmethod
    def kinds(request: HttpRequest, run: ImportRun) -> list[str]:
        """Kinds that a sheet of this run may be taken for."""
        return [
            code
            for code in kinds_for(request.scope)
            if run.organization or not import_kinds.get(code).needs_organization
        ]

    def answer(
        self,
        request: HttpRequest,
        run: ImportRun,
        choices: list[SheetChoice],
        errors: list[str] | None = None,
    ) -> HttpResponse:
        context = {
            "run": run,
            "steps": wizard_steps(run, COLUMNS_STEP),
            "choices": choices,
            "several_sheets": len(choices) > 1,
            "kinds": [(code, kind_title(code)) for code in self.kinds(request, run)],
            "errors": errors or [],
            "is_refused": run.step == ImportStep.REFUSED,
        }
        return render(request, "exchange/import_columns.html", context, status=422 if errors else 200)


def may_decide(request: HttpRequest, run: ImportRun) -> bool:
    """Whether the user may still change how the run reads its file."""
    return (
        run.owner_id == request.user.pk
        and bool(run.file)
        and run.state in (RunState.READY, RunState.FAILED)
        and run.step in (ImportStep.CHECK, ImportStep.CONFIRM, ImportStep.REFUSED)
    )
