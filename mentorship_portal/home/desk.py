"""What rules look at: whose home page it is, and until when data are due."""

from __future__ import annotations

import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.http import HttpRequest

from common.dates import SchoolYear, today
from mentors.enums import Side
from mentors.models import Pair, Participation
from mentors.queries import active
from monitoring.enums import RoundStatus
from monitoring.models import Round
from monitoring.rounds.reading import waited_for
from orgs.addresses import address
from orgs.enums import OrganizationStatus, Role
from orgs.models import Organization
from orgs.scope import Scope


class Desk:
    """The scope, addresses and common rows of one home page."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.user = request.user
        self.scope: Scope = request.scope
        self.role: str = request.membership.role
        # The head of a school reads what the curator does; nothing there is asked of the head.
        self.is_reader: bool = self.role == Role.HEAD

    def url(self, route: str, *args, **query) -> str:
        """The address of the exact list, in the school year that goes on now: tasks are of today."""
        return address(self.request, route, *args, **{"y": SchoolYear.of(today()).start_year, **query})

    @cached_property
    def due(self) -> datetime.date | None:
        """Until when the data of the open monitoring have to be complete, if one is open."""
        rounds = Round.objects.visible_to(self.scope).filter(status=RoundStatus.OPEN, due_on__isnull=False)
        return rounds.order_by("due_on").values_list("due_on", flat=True).first()

    @cached_property
    def waited_for(self) -> Round | None:
        """The monitoring that organizations are to confirm next."""
        return waited_for(self.scope)

    @property
    def mentees(self) -> QuerySet:
        return Participation.objects.listed_for(self.scope).filter(role=Side.MENTEE)

    @property
    def mentors(self) -> QuerySet:
        return Participation.objects.listed_for(self.scope).filter(role=Side.MENTOR)

    @property
    def pairs(self) -> QuerySet:
        return Pair.objects.listed_for(self.scope)

    @property
    def active_mentees(self) -> QuerySet:
        return active(self.mentees)

    @property
    def active_mentors(self) -> QuerySet:
        return active(self.mentors)

    @property
    def active_pairs(self) -> QuerySet:
        return active(self.pairs)

    @property
    def schools(self) -> QuerySet:
        """Working organizations of the place."""
        return Organization.objects.visible_to(self.scope).filter(status=OrganizationStatus.ACTIVE)
