"""Card of a personal programme."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.dates import today
from common.history import history_of
from mentors.models import Pair, Program
from mentors.presenters import program_status
from mentors.privacy import NamePolicy
from mentors.views.revealing import PAGE_READERS, REVEALERS, record_reveal
from orgs.pages import RoleView, get_visible


class ProgramCard(RoleView):
    """/programs/<pk>/: goal, plan, results, history."""

    read_roles = PAGE_READERS
    write_roles = REVEALERS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.answer(request, self.program(pk), NamePolicy(request.scope))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The card with the names in full; a journal line says whose card it was."""
        program = self.program(pk)
        record_reveal(request, "mentors.program", [program.pk])
        return self.answer(request, program, NamePolicy(request.scope, revealed=True))

    def program(self, pk: int) -> Program:
        rows = Program.objects.select_related(
            "organization", "group", "pair__form", "pair__mentor__person", "pair__mentee__person"
        )
        return get_visible(rows, self.request.scope, pk=pk)

    def answer(self, request: HttpRequest, program: Program, names: NamePolicy) -> HttpResponse:
        scope = request.scope
        pairs = [program.pair] if program.pair_id else []
        if program.group_id:
            pairs = (
                Pair.objects.visible_to(scope)
                .filter(group=program.group_id)
                .select_related("mentor__person", "mentee__person")
            )
        context = {
            "program": program,
            "names": names,
            "status": program_status(program),
            "pairs": pairs,
            "steps": program.steps.visible_to(scope),
            "today": today(),
            "history": history_of(program, hidden=("pair", "group")),
        }
        return render(request, "mentors/program_detail.html", context)
