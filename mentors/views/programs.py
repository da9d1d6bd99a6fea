"""Card of a personal programme and its sheet for print."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.dates import today
from common.history import history_of
from mentors.enums import ProgramStatus
from mentors.forms.programs import ProgramMoveForm, StepForm
from mentors.models import Pair, PlanStep, Program
from mentors.pairwork.loading import number_plan
from mentors.presenters import program_status
from mentors.privacy import NamePolicy
from mentors.program_moves import moves_of
from mentors.rights import may_write
from mentors.views.revealing import PAGE_READERS, REVEALERS, record_reveal
from orgs.pages import RoleView, get_visible


class ProgramView(RoleView):
    """What the card and the sheet have in common."""

    read_roles = PAGE_READERS
    template_name = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.answer(request, self.program(pk), NamePolicy(request.scope))

    def program(self, pk: int) -> Program:
        plan = Prefetch("steps", queryset=PlanStep.objects.order_by("position"), to_attr="plan")
        rows = Program.objects.select_related("organization", "group").prefetch_related(plan)
        program = get_visible(rows, self.request.scope, pk=pk)
        number_plan(program)
        return program

    def answer(self, request: HttpRequest, program: Program, names: NamePolicy) -> HttpResponse:
        context = {
            "program": program,
            "names": names,
            "status": program_status(program),
            "pairs": self.pairs(program),
            "today": today(),
            **self.more(request, program),
        }
        return render(request, self.template_name, context)

    def pairs(self, program: Program) -> list[Pair]:
        """The pair, or the pairs of the group that the user may see."""
        owner = {"pk": program.pair_id} if program.pair_id else {"group": program.group_id}
        return list(
            Pair.objects.visible_to(self.request.scope)
            .filter(**owner)
            .select_related("form", "kind", "mentor__person", "mentee__person")
            .order_by("mentee__person__name_key", "pk")
        )

    def more(self, request: HttpRequest, program: Program) -> dict:
        """More for the template."""
        return {}


class ProgramCard(ProgramView):
    """/programs/<pk>/: plan, goal, who it is for, history."""

    write_roles = REVEALERS
    template_name = "mentors/program_detail.html"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The card with the names in full; a journal line says whose card it was."""
        program = self.program(pk)
        record_reveal(request, "mentors.program", [program.pk])
        return self.answer(request, program, NamePolicy(request.scope, revealed=True))

    def more(self, request: HttpRequest, program: Program) -> dict:
        writes = may_write(request.scope, program.organization)
        adds = writes and program.status != ProgramStatus.COMPLETED
        return {
            "writes": writes,
            "moves": moves_of(program) if writes else [],
            "move_form": ProgramMoveForm(scope=request.scope) if writes else None,
            "step_form": StepForm(scope=request.scope) if adds else None,
            "history": history_of(
                program,
                also=[PlanStep.history.filter(program_id=program.pk)],
                hidden=("pair", "group", "program", "position"),
            ),
        }


class ProgramPrint(ProgramView):
    """/programs/<pk>/print/: the programme on A4 in the order of the official outline."""

    template_name = "mentors/program_print.html"
