"""Register and card of personal programmes."""

from __future__ import annotations

import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.dates import today
from common.history import history_of
from common.paging import KeysetPage, Sort
from mentors import queries
from mentors.filters import ProgramFilterSet
from mentors.models import Pair, Program
from mentors.presenters import program_status
from mentors.privacy import NamePolicy
from mentors.views.revealing import PAGE_READERS, REVEALERS, NamedRegister, record_reveal
from orgs.pages import RoleView, get_visible

EARLY = datetime.date(1900, 1, 1)


class ProgramRegister(NamedRegister):
    """/programs/"""

    read_roles = PAGE_READERS
    object_type = "mentors.program"
    filterset_class = ProgramFilterSet
    template_name = "mentors/program_list.html"

    def rows(self):
        return queries.programs(self.request.scope)

    def sorts(self) -> tuple[Sort, ...]:
        return (
            Sort("title", _("Title"), "title"),
            Sort("organization", _("Organization"), "organization__short_name"),
            Sort("started", _("Since"), Coalesce("started_on", Value(EARLY))),
        )

    def prepare(self, page: KeysetPage) -> None:
        super().prepare(page)
        for program in page.rows:
            program.shown_status = program_status(program)


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
