"""How full and how fresh the data of each organization are; one query each, whatever their number."""

from __future__ import annotations

import datetime
from fractions import Fraction

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from checklists.models import SelfAudit
from mentors.enums import Side
from mentors.models import Pair, Participation
from monitoring.enums import RoundStatus
from monitoring.models import Round, RoundConfirmation
from monitoring.period import ReportingPeriod
from monitoring.showing import LEAST_COMPLETENESS, Shown
from monitoring.sources import HEADCOUNTS
from orgs.models import Headcount
from orgs.scope import Scope


def completeness(places: QuerySet, period: ReportingPeriod) -> dict[int, Fraction]:
    """The share of filled fields by organization, of the people who took part in the year.

    Expected are the class, post or place of work of everybody and the year of birth of mentees, as the
    official forms ask them (МР-42/02); organizations without people are not in the answer.
    """
    took_part = Participation.objects.filter(
        Q(started_on__isnull=True) | Q(started_on__lte=period.end),
        Q(ended_on__isnull=True) | Q(ended_on__gte=period.start),
        organization__in=places.values("pk"),
    )
    mentee = Q(role=Side.MENTEE)
    occupied = ~Q(class_name="", position="", workplace="")
    rows = (
        took_part.order_by()
        .values("organization")
        .annotate(
            people=Count("pk"),
            mentees=Count("pk", filter=mentee),
            occupied=Count("pk", filter=occupied),
            born=Count("pk", filter=mentee & Q(person__birth_year__isnull=False)),
        )
        .values_list("organization", "people", "mentees", "occupied", "born")
    )
    return {pk: Fraction(occupied + born, people + mentees) for pk, people, mentees, occupied, born in rows}


def is_low(share: Fraction | None) -> bool:
    """Whether the data are too incomplete to judge by."""
    return share is not None and share < LEAST_COMPLETENESS


def whole_percent(share: Fraction | None) -> str:
    """«88 %», cut and not rounded up, so that 99.6 % is not called complete; empty for no share."""
    return "" if share is None else f"{int(share * 100)}\u00a0%"


def last_changes(places: QuerySet) -> dict[int, datetime.date]:
    """The day of the last change of people, pairs or numbers by organization, from their histories."""
    ids = places.values("pk")
    histories = [
        model.history.model.objects.filter(organization__in=ids)
        .order_by()
        .values("organization")
        .annotate(last=Max("history_date"))
        .values_list("organization", "last")
        for model in (Participation, Pair, Headcount)
    ]
    found: dict[int, datetime.date] = {}
    for pk, moment in histories[0].union(*histories[1:], all=True):
        day = timezone.localtime(moment).date()
        found[pk] = max(day, found.get(pk, day))
    return found


def audit_states(places: QuerySet, year: int) -> dict[int, tuple[int, str]]:
    """The self-audit of the year by organization: its id and status."""
    rows = SelfAudit.objects.filter(organization__in=places.values("pk"), year=year)
    return {pk: (audit, status) for pk, audit, status in rows.values_list("organization", "pk", "status")}


def with_numbers(shown: Shown) -> tuple[int, list]:
    """How many working organizations gave numbers for the year, and those that did not."""
    bases = [
        shown.figures.by_organization.get(definition.code, {})
        for definition in shown.definitions
        if definition.denominator is not None and definition.denominator.source is HEADCOUNTS
    ]
    working = [place for place in shown.places if place.works]
    lacking = [
        place for place in working if not any(place.id in own and own[place.id].has_base for own in bases)
    ]
    return len(working) - len(lacking), lacking


def confirmations(shown: Shown, scope: Scope) -> tuple[Round, int, int] | None:
    """The monitoring of the year, how many shown organizations confirmed their data, and how many in time.

    None where no monitoring was begun, or one was closed that asked nobody.
    """
    rounds = Round.objects.visible_to(scope).filter(municipality=shown.municipality, year=shown.period.year)
    found = shown.snapshot.round if shown.snapshot else rounds.order_by("-as_of", "-pk").first()
    if found is None:
        return None
    ids = {place.id for place in shown.places if place.works}
    rows = RoundConfirmation.objects.visible_to(scope).filter(round=found).select_related("round")
    given = [row for row in rows if row.organization_id in ids]
    if not given and found.status == RoundStatus.CLOSED:
        return None
    return found, len(given), sum(row.is_in_time for row in given)
