"""Registers and cards of mentors and mentees: one page type, two sides."""

from __future__ import annotations

import datetime

from django.db.models import Value, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from common.history import history_of
from common.paging import KeysetPage, Sort
from mentors import queries
from mentors.enums import Side
from mentors.filters import MenteeFilterSet, MentorFilterSet
from mentors.models import Consent, Participation
from mentors.presenters import current_pairs, participation_status
from mentors.privacy import PRIVATE_PERSON_FIELDS, NamePolicy
from mentors.views.revealing import PAGE_READERS, REVEALERS, NamedRegister, record_reveal
from orgs.pages import RoleView, get_visible

FAR = datetime.date(9999, 12, 31)


class ParticipationRegister(NamedRegister):
    """People of one side."""

    side = ""
    object_type = "mentors.participation"
    template_name = "mentors/participation_list.html"

    def rows(self):
        return queries.participations(self.request.scope, self.side)

    def sorts(self) -> tuple[Sort, ...]:
        return (
            Sort("name", _("Full name"), "person__name_key"),
            Sort("class", _("Class"), "class_name"),
            Sort("organization", _("Organization"), "organization__short_name"),
            Sort("started", _("Since"), Coalesce("started_on", Value(FAR))),
        )

    def prepare(self, page: KeysetPage) -> None:
        super().prepare(page)
        attach_pairs(page.rows, self.side, self.request.scope)

    def answer(self, request: HttpRequest, **extra) -> HttpResponse:
        return super().answer(request, side=self.side, is_mentors=self.side == Side.MENTOR, **extra)


class MentorRegister(ParticipationRegister):
    """/mentors/"""

    side = Side.MENTOR
    filterset_class = MentorFilterSet


class MenteeRegister(ParticipationRegister):
    """/mentees/"""

    side = Side.MENTEE
    filterset_class = MenteeFilterSet


class ParticipationCard(RoleView):
    """One participant: what is known, what is missing, pairs, records, history."""

    read_roles = PAGE_READERS
    write_roles = REVEALERS
    side = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.answer(request, self.participant(pk), NamePolicy(request.scope))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The card with the names in full; a journal line says whose card it was."""
        participant = self.participant(pk)
        record_reveal(request, "mentors.participation", [participant.pk])
        return self.answer(request, participant, NamePolicy(request.scope, revealed=True))

    def participant(self, pk: int) -> Participation:
        rows = Participation.objects.filter(role=self.side).select_related(
            "person", "organization", "category", "form"
        )
        return get_visible(rows, self.request.scope, pk=pk)

    def answer(self, request: HttpRequest, participant: Participation, names: NamePolicy) -> HttpResponse:
        scope = request.scope
        private = names.shows_private(participant)
        attach_pairs([participant], self.side, scope)
        others = (
            Participation.objects.visible_to(scope)
            .filter(person=participant.person)
            .exclude(pk=participant.pk)
            .select_related("organization", "person")
        )
        context = {
            "participant": participant,
            "is_mentor": self.side == Side.MENTOR,
            "names": names,
            "private": private,
            "pairs": participant.shown_pairs,
            "others": others,
            "diagnostics": participant.diagnostics.visible_to(scope),
            "trainings": participant.trainings.visible_to(scope),
            "contests": participant.contests.visible_to(scope),
            "consents": _consents(participant, scope) if private else None,
            "history": self.history(participant, private=private),
        }
        return render(request, "mentors/participation_detail.html", context)

    def history(self, participant: Participation, *, private: bool) -> list:
        """Changes of the participation, and of the person where the whole of it belongs to this school."""
        if private and not _known_elsewhere(participant, self.request.scope):
            return history_of(participant, participant.person)
        return history_of(participant, hidden=PRIVATE_PERSON_FIELDS)


class MentorCard(ParticipationCard):
    """/mentors/<pk>/"""

    side = Side.MENTOR


class MenteeCard(ParticipationCard):
    """/mentees/<pk>/"""

    side = Side.MENTEE


def attach_pairs(rows: list[Participation], side: str, scope) -> None:
    """Gives each row ``shown_pairs``, ``current_pairs`` and ``status``; a constant number of queries."""
    prefetch_related_objects(rows, queries.with_pairs(side, scope))
    for row in rows:
        row.status = participation_status(row)
        row.current_pairs = current_pairs(row)


def _consents(participant: Participation, scope):
    return Consent.objects.visible_to(scope).filter(
        person=participant.person, organization=participant.organization
    )


def _known_elsewhere(participant: Participation, scope) -> bool:
    """Whether the person also takes part where the user may not look."""
    here = Participation.objects.visible_to(scope).values("pk")
    return Participation.objects.filter(person=participant.person).exclude(pk__in=here).exists()
