"""Cards of mentors and mentees: one page type, two sides."""

from __future__ import annotations

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import AccessAction
from accounts.services import record_access
from common.rounding import round_half_up
from mentors import card, completeness, queries
from mentors.elsewhere import is_known_elsewhere
from mentors.enums import Side
from mentors.models import Participation
from mentors.past import past_of
from mentors.presenters import (
    current_pairs,
    last_meeting,
    meetings,
    pair_status,
    participation_status,
    program_status,
)
from mentors.privacy import NamePolicy
from mentors.rights import get_known, may_write
from mentors.views.revealing import PAGE_READERS, REVEALERS, record_reveal
from mentors.views.writing import card_address, crumbs_of
from orgs.addresses import address
from orgs.enums import OVERSIGHT_ROLES
from orgs.pages import RoleView
from orgs.registers.routes import route_exists

LAST_CHANGES = 5
# Where a missing fact is filled in: the field of the card's form; a consent has a form of its own.
FIELD_OF_FACT = {
    "birth": "birth",
    "contact": "contact",
    "place": "place",
    "request": "main_request",
    "competencies": "competencies",
    "form": "form",
    "start": "started_on",
}


class ParticipationCard(RoleView):
    """One participant: what is known, what is missing, pairs, records, history.

    Whoever looks from above the school leaves a line in the access journal.
    """

    read_roles = PAGE_READERS
    write_roles = REVEALERS
    side = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        participant = self.participant(pk)
        names = NamePolicy(request.scope, settles=True)
        if request.scope.has_role(*OVERSIGHT_ROLES) and not names.shows_private(participant):
            note_view(request, participant)
        return self.answer(request, participant, names)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The card with the names in full; a journal line says whose card it was."""
        participant = self.participant(pk)
        record_reveal(request, "mentors.participation", [participant.pk])
        return self.answer(request, participant, NamePolicy(request.scope, revealed=True, settles=True))

    def participant(self, pk: int) -> Participation:
        rows = Participation.objects.filter(role=self.side).select_related(
            "person", "organization", "category", "form"
        )
        return get_known(rows, self.request.scope, pk=pk)

    def answer(self, request: HttpRequest, participant: Participation, names: NamePolicy) -> HttpResponse:
        if participant.is_hidden:
            return self.withdrawn(request, participant, names)
        scope = request.scope
        private = names.shows_private(participant)
        can_write = may_write(scope, participant.organization)
        attach_pairs([participant], self.side, scope)
        for pair in participant.shown_pairs:
            pair.status = pair_status(pair)
            pair.meetings_held, pair.last_met = meetings(pair), last_meeting(pair)
        missing = completeness.missing(participant)
        context = {
            "participant": participant,
            "is_mentor": self.side == Side.MENTOR,
            "names": names,
            "private": private,
            "can_write": can_write,
            "subtitle": card.subtitle(participant),
            "lines": card.summary(participant, private=private, missing={fact.code for fact in missing}),
            "known_percent": _percent(len(missing), self.side),
            "missing": [(fact.label, FIELD_OF_FACT.get(fact.code, "")) for fact in missing],
            "lacks_birth": any(fact.code == "birth" for fact in missing),
            "pairs": participant.shown_pairs,
            "pair_add_url": self.pair_add_url(participant) if can_write else "",
            "programs": self.programs(participant),
            "others": self.others(participant),
            **self.records(participant),
            **self.consents(participant, private=private),
            **self.past(participant, private=private),
            **self.ways(participant),
        }
        return render(request, "mentors/participation_detail.html", context)

    def withdrawn(self, request: HttpRequest, participant: Participation, names: NamePolicy) -> HttpResponse:
        """What is left of the card after a withdrawal: the consents, and what is still to be done."""
        context = {
            "participant": participant,
            "names": names,
            "subtitle": card.subtitle(participant),
            "can_write": may_write(request.scope, participant.organization),
            "crumbs": [(address(request, "consents-withdrawn"), _("Withdrawn consents"))],
            **self.consents(participant, private=True),
        }
        return render(request, "mentors/withdrawn_card.html", context)

    def records(self, participant: Participation) -> dict:
        scope = self.request.scope
        diagnostics = list(participant.diagnostics.visible_to(scope).order_by("held_on", "pk"))
        return {
            "diagnostics": diagnostics[::-1],
            "dynamics": card.dynamics(diagnostics),
            "trainings": participant.trainings.visible_to(scope),
            "contests": participant.contests.visible_to(scope),
        }

    def consents(self, participant: Participation, *, private: bool) -> dict:
        if not private:
            return {"consents": None}
        found = card.consents_of(participant, self.request.scope)
        return {
            "consents": found,
            "may_be_processed": card.may_be_processed(found),
            "needs_representative": card.needs_representative(participant),
        }

    def past(self, participant: Participation, *, private: bool) -> dict:
        lines = past_of(
            participant,
            private=private,
            shared=is_known_elsewhere(participant.person, self.request.scope),
        )
        return {"history": lines[:LAST_CHANGES], "history_total": len(lines)}

    def programs(self, participant: Participation) -> list:
        pairs = [pair.pk for pair in participant.shown_pairs]
        groups = [pair.group_id for pair in participant.shown_pairs if pair.group_id]
        found = list(queries.programs(self.request.scope).filter(Q(pair__in=pairs) | Q(group__in=groups)))
        for program in found:
            program.shown_status = program_status(program)
        return found

    def others(self, participant: Participation):
        return (
            Participation.objects.visible_to(self.request.scope)
            .filter(person=participant.person)
            .exclude(pk=participant.pk)
            .select_related("organization", "person")
        )

    def ways(self, participant: Participation) -> dict:
        """The path above the heading and the neighbours in the register."""
        before, after = card.neighbours(participant, self.request.scope)
        return {
            "crumbs": crumbs_of(self.request, participant)[:1],
            "before_url": card_address(self.request, before) if before else "",
            "after_url": card_address(self.request, after) if after else "",
        }

    def pair_add_url(self, participant: Participation) -> str:
        if participant.ended_on is not None or not route_exists("pair-add"):
            return ""
        return address(self.request, "pair-add", **{self.side: participant.pk})


class MentorCard(ParticipationCard):
    """/mentors/<pk>/"""

    side = Side.MENTOR


class MenteeCard(ParticipationCard):
    """/mentees/<pk>/"""

    side = Side.MENTEE


class ParticipationPast(ParticipationCard):
    """/mentors/<pk>/history/ and /mentees/<pk>/history/: every change that was kept."""

    http_method_names = ("get", "head")

    def answer(self, request: HttpRequest, participant: Participation, names: NamePolicy) -> HttpResponse:
        private = names.shows_private(participant)
        shared = is_known_elsewhere(participant.person, request.scope)
        context = {
            "participant": participant,
            "names": names,
            "crumbs": [
                *crumbs_of(request, participant)[:1],
                (card_address(request, participant), names.name(participant)),
            ],
            "history": past_of(participant, private=private, shared=shared),
        }
        return render(request, "mentors/participation_history.html", context)


def note_view(request: HttpRequest, participant: Participation) -> None:
    """Adds the journal line about a card that was looked at from above the school (ФСТЭК order 21, РСБ.3)."""
    record_access(
        request.user,
        AccessAction.VIEW,
        object_type="mentors.participation",
        object_id=participant.pk,
        ip_address=request.META.get("REMOTE_ADDR"),
        ids=[participant.pk],
    )


def attach_pairs(rows: list[Participation], side: str, scope) -> None:
    """Gives each row ``shown_pairs``, ``current_pairs`` and ``status``; a constant number of queries."""
    prefetch_related_objects(rows, queries.with_pairs(side, scope))
    for row in rows:
        row.status = participation_status(row)
        row.current_pairs = current_pairs(row)


def _percent(missing: int, side: str) -> int:
    whole = len(completeness.FACTS[side])
    return int(round_half_up(completeness.share_known(whole - missing, side) * 100, 0))
