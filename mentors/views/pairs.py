"""Card of a pair: stages, meeting entry, one timeline, calls for attention."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from common.history import history_of
from mentors import queries
from mentors.forms.meetings import MeetingForm
from mentors.forms.pairs import StageForm
from mentors.models import Meeting, Pair, Program
from mentors.pairwork import (
    KINDS,
    Timeline,
    Work,
    events_of_others,
    flags,
    stages,
    timeline,
    work_of_pair,
)
from mentors.presenters import pair_status, program_status
from mentors.privacy import NamePolicy
from mentors.rights import may_record_meeting, may_write
from mentors.services.assigning import places
from mentors.services.pairs import why_not_reopened
from mentors.views.revealing import PAGE_READERS, REVEALERS, record_reveal
from orgs.addresses import address
from orgs.pages import RoleView, get_visible

# What a card of a pair shows of the pair itself.
PARTS = (
    "organization",
    "form",
    "kind",
    "role_variant",
    "stage",
    "group__organization",
    "end_reason",
    "mentor__person",
    "mentee__person",
    "mentor__organization",
    "mentee__organization",
)


class PairCard(RoleView):
    """/pairs/<pk>/"""

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
        rows = queries.with_meetings(Pair.objects.select_related(*PARTS))
        return get_visible(rows, self.request.scope, pk=pk)

    def answer(self, request: HttpRequest, pair: Pair, names: NamePolicy) -> HttpResponse:
        scope = request.scope
        work = work_of_pair(pair, scope)
        others = events_of_others(pair, scope)
        writes = may_write(scope, pair.organization)
        context = {
            "pair": pair,
            "names": names,
            "status": pair_status(pair),
            "stages": stages(work, others),
            "flags": flags(work, reads_consents=names.shows_private(pair.mentee)),
            "writes": writes,
            "reopens": writes and pair.ended_on is not None and not why_not_reopened(pair),
            "consent_url": address(request, "mentee-consent-add", pair.mentee_id) if writes else "",
            "stage_form": StageForm(initial={"stage": pair.stage_id}) if writes else None,
            "mentor_places": places(pair.mentor) if writes else None,
            "history": history_of(
                pair, also=histories_of(pair=pair), hidden=("mentor", "mentee", "pair", "group", "program")
            ),
            **work_context(request, work, others),
            "entry": entry_form(request, work) if may_record_meeting(scope, pair) else None,
        }
        return render(request, "mentors/pair_detail.html", context)


def work_context(request: HttpRequest, work: Work, others: list) -> dict:
    """Programme and timeline of a pair or group, by the kind that the address asks for."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    whole = request.GET.get("all") == "1"
    lines = timeline(work, others, kind=kind, **({"shown": None} if whole else {}))
    for program in work.programs:
        program.shown_status = program_status(program)
    return {
        # The two of a pair see each other's names here and not each other's cards.
        "reads_cards": work.reads_records,
        "timeline": lines,
        "kinds": _kinds(request, lines, kind, work),
        "kind": kind,
        "whole_url": _here(request, work, kind=kind, all=1),
        "program": work.program,
        "other_programs": [program for program in work.programs if program is not work.program],
    }


def entry_form(request: HttpRequest, work: Work) -> MeetingForm | None:
    """The fast entry of a meeting, with the next step of the plan as its topic; none for an ended pair."""
    if work.pair is not None and work.pair.ended_on is not None:
        return None
    return MeetingForm(scope=request.scope, steps=work.open_steps)


def histories_of(**owner) -> list:
    """History rows of meetings and programmes of a pair or group, removed ones too."""
    keys = {f"{name}_id": row.pk for name, row in owner.items()}
    return [Meeting.history.filter(**keys), Program.history.filter(**keys)]


def _kinds(request: HttpRequest, lines: Timeline, chosen: str, work: Work) -> list[dict]:
    whole = {"label": pgettext("events", "All"), "count": sum(lines.counts.values())}
    found = [{**whole, "url": _here(request, work), "current": not chosen}]
    for code, kind in KINDS.items():
        if code in ("diagnostic", "survey") and not (work.reads_records and work.pair):
            continue
        found.append(
            {
                "label": kind.plural,
                "count": lines.counts[code],
                "url": _here(request, work, kind=code),
                "current": code == chosen,
            }
        )
    return found


def _here(request: HttpRequest, work: Work, **query) -> str:
    if work.pair is not None:
        return address(request, "pair", work.pair.pk, **query)
    return address(request, "group", work.group.pk, **query)
