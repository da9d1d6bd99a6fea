"""Rows of a programme's plan: added, pasted, changed, done, moved, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentors import services
from mentors.forms.programs import PasteForm, StepDoneForm, StepEditForm, StepForm
from mentors.models import PlanStep
from mentors.plan_rows import PlanRow, read_rows
from mentors.rights import WRITERS, get_writable
from mentors.views.program_forms import NEW_STEP, ProgramPage
from orgs.addresses import address, redirect_to
from orgs.form_pages import FormPage
from orgs.pages import RoleView


class StepAdd(ProgramPage):
    """/programs/<pk>/steps/add/: one row at the end of the plan."""

    form_class = StepForm
    submit_label = gettext_lazy("Add the step")

    def title(self) -> str:
        return _("New step of the plan")

    def save(self, form):
        return services.add_step(actor=self.request.user, program=self.program, **form.cleaned_data)

    def saved_text(self, saved) -> str:
        return _("The step has been added.")

    def next_url(self, saved) -> str:
        return address(self.request, "program", self.program.pk) + NEW_STEP


class PlanPaste(ProgramPage):
    """/programs/<pk>/paste/: rows from Excel, looked at first, added then."""

    template_name = "mentors/plan_paste.html"
    form_class = PasteForm
    submit_label = gettext_lazy("Look at the rows")

    def title(self) -> str:
        return _("Paste the plan from Excel")

    def post(self, request: HttpRequest, **path) -> HttpResponse:
        if "write" in request.POST:
            return super().post(request, **path)
        self.load(**path)
        form = self.form_class(request.POST, **self.form_arguments())
        return self.answer(form, status=200 if form.is_valid() and self.rows(form) else 422)

    def rows(self, form) -> list[PlanRow]:
        """The rows that the text holds; a text without one is an error of the field."""
        if not hasattr(self, "_rows"):
            self._rows = read_rows(form.cleaned_data["rows"], started_on=self.program.started_on)
            if not self._rows:
                form.add_error("rows", _("There is no row in the text. Copy the rows and paste them again."))
        return self._rows

    def context(self, form) -> dict:
        rows = self.rows(form) if form.is_bound and "rows" in getattr(form, "cleaned_data", {}) else []
        good = [row for row in rows if not row.problems]
        label = ngettext("Add %(n)s step", "Add %(n)s steps", len(good)) % {"n": len(good)}
        return {"rows": rows, "good": len(good), "write_label": label, "program": self.program}

    def save(self, form):
        steps = [
            PlanStep(
                activity=row.activity,
                due_on=row.due_on,
                planned_result=row.planned_result,
                actual_result=row.actual_result,
                mentor_mark=row.mentor_mark,
            )
            for row in self.rows(form)
            if not row.problems
        ]
        return services.append_steps(actor=self.request.user, program=self.program, steps=steps)

    def saved_text(self, saved) -> str:
        return ngettext("%(n)s step has been added.", "%(n)s steps have been added.", len(saved)) % {
            "n": len(saved)
        }


class StepPage(FormPage):
    """A form about one row of a plan."""

    read_roles = WRITERS
    write_roles = WRITERS

    def load(self, pk: int) -> None:
        rows = PlanStep.objects.select_related("program__organization")
        self.step = get_writable(rows, self.request.scope, pk=pk)

    def crumbs(self):
        return [
            (address(self.request, "programs"), _("Programmes")),
            (address(self.request, "program", self.step.program_id), self.step.program.title),
        ]

    def next_url(self, saved) -> str:
        # From the page of a pair the way leads back to it.
        pair = self.step.program.pair_id
        if self.request.GET.get("back") == "pair" and pair:
            return address(self.request, "pair", pair)
        return address(self.request, "program", self.step.program_id) + "#plan"

    def cancel_url(self) -> str:
        return self.next_url(None)


class StepEdit(StepPage):
    """/programs/steps/<pk>/edit/"""

    form_class = StepEditForm

    def title(self) -> str:
        return _("Step of the plan")

    def form_arguments(self) -> dict:
        return {"scope": self.request.scope, "instance": self.step}

    def save(self, form):
        (step,) = form.records
        return services.change_step(actor=self.request.user, step=step, **form.changes(step))


class StepDone(StepPage):
    """/programs/steps/<pk>/done/: what came out of it."""

    form_class = StepDoneForm
    submit_label = gettext_lazy("Mark as done")

    def title(self) -> str:
        return _("Done: %(step)s") % {"step": self.step.activity}

    def form_arguments(self) -> dict:
        initial = {"actual_result": self.step.actual_result, "mentor_mark": self.step.mentor_mark}
        return {"scope": self.request.scope, "initial": initial}

    def save(self, form):
        return services.complete_step(actor=self.request.user, step=self.step, **form.cleaned_data)

    def saved_text(self, saved) -> str:
        return _("The step is marked as done.")


class StepAction(RoleView):
    """A button of a row of the plan."""

    write_roles = WRITERS

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        step = get_writable(PlanStep.objects.select_related("program"), request.scope, pk=pk)
        self.act(step)
        answer = redirect_to(request, "program", step.program_id)
        answer["Location"] += "#plan"
        return answer

    def act(self, step: PlanStep) -> None:
        """What the button does."""
        raise NotImplementedError


class StepUp(StepAction):
    """/programs/steps/<pk>/up/"""

    def act(self, step: PlanStep) -> None:
        services.shift_step(actor=self.request.user, step=step, up=True)


class StepDown(StepAction):
    """/programs/steps/<pk>/down/"""

    def act(self, step: PlanStep) -> None:
        services.shift_step(actor=self.request.user, step=step, up=False)


class StepRemove(StepAction):
    """/programs/steps/<pk>/remove/"""

    def act(self, step: PlanStep) -> None:
        services.remove_step(actor=self.request.user, step=step)
        messages.success(self.request, _("The step has been removed; the history keeps it."))
