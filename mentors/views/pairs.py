"""Register and card of pairs."""

from __future__ import annotations

import datetime

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.history import history_of
from common.paging import KeysetPage, Sort
from mentors import queries
from mentors.filters import PairFilterSet
from mentors.models import Meeting, Pair, Program, Stage
from mentors.presenters import meetings, pair_status, program_status
from mentors.privacy import NamePolicy
from mentors.views.revealing import PAGE_READERS, REVEALERS, NamedRegister, record_reveal
from orgs.pages import RoleView, get_visible

EARLY = datetime.date(1900, 1, 1)
FAR = datetime.date(9999, 12, 31)


class PairRegister(NamedRegister):
    """/pairs/"""

    read_roles = PAGE_READERS
    object_type = "mentors.pair"
    filterset_class = PairFilterSet
    template_name = "mentors/pair_list.html"

    def rows(self):
        return queries.with_meetings(queries.pairs(self.request.scope))

    def sorts(self) -> tuple[Sort, ...]:
        return (
            Sort("mentee", _("Mentee"), "mentee__person__name_key"),
            Sort("mentor", _("Mentor"), "mentor__person__name_key"),
            Sort("form", _("Form"), "form__title"),
            Sort("organization", _("Organization"), "organization__short_name"),
            Sort("started", _("Since"), Coalesce("started_on", Value(EARLY))),
            Sort("ended", _("Until"), Coalesce("ended_on", Value(FAR))),
        )

    def prepare(self, page: KeysetPage) -> None:
        super().prepare(page)
        for pair in page.rows:
            pair.status = pair_status(pair)
            pair.meetings_held = meetings(pair)


class PairCard(RoleView):
    """/pairs/<pk>/: the two, the programme, meetings, history."""

    read_roles = PAGE_READERS
    write_roles = REVEALERS

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.answer(request, self.pair(pk), NamePolicy(request.scope))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The card with the names in full; a journal line says whose card it was."""
        pair = self.pair(pk)
        record_reveal(request, "mentors.pair", [pair.pk])
        return self.answer(request, pair, NamePolicy(request.scope, revealed=True))

    def pair(self, pk: int) -> Pair:
        rows = queries.with_meetings(
            Pair.objects.select_related(
                "organization",
                "form",
                "kind",
                "role_variant",
                "stage",
                "group",
                "end_reason",
                "mentor__person",
                "mentee__person",
            )
        )
        return get_visible(rows, self.request.scope, pk=pk)

    def answer(self, request: HttpRequest, pair: Pair, names: NamePolicy) -> HttpResponse:
        scope = request.scope
        ours = Q(pair=pair) | Q(group=pair.group_id, group__isnull=False)
        programs = list(Program.objects.visible_to(scope).filter(ours))
        for program in programs:
            program.shown_status = program_status(program)
        context = {
            "pair": pair,
            "names": names,
            "status": pair_status(pair),
            "stages": _stages(pair),
            "programs": programs,
            "meetings": Meeting.objects.visible_to(scope).filter(ours),
            "meetings_held": meetings(pair),
            "history": history_of(pair, hidden=("mentor", "mentee")),
        }
        return render(request, "mentors/pair_detail.html", context)


def _stages(pair: Pair) -> list[dict]:
    """The stages of the programme with those behind, the current one and those ahead."""
    stages = list(Stage.objects.filter(active=True))
    current = next((place for place, stage in enumerate(stages) if stage.pk == pair.stage_id), -1)
    return [
        {
            "title": stage.title,
            "state": "done" if place < current else "now" if place == current else "next",
        }
        for place, stage in enumerate(stages)
    ]
