"""«Школам нужна помощь»: a few schools with the reason in words, and how many have data at all."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from checklists.enums import AuditStatus
from checklists.models import SelfAudit
from common.dates import today
from mentorship_portal.home.desk import Desk
from mentorship_portal.home.indicators import RANKED, OwnFigures
from mentorship_portal.home.indicators import SHOWN as SHOWN_SHORTLY
from monitoring.rounds.reading import unconfirmed
from orgs.enums import OrganizationStatus
from orgs.models import Organization

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Need:
    """A school, why it needs help, and its card."""

    name: str
    reasons: str
    url: str


def schools_in_need(desk: Desk, figures: OwnFigures) -> list[Need]:
    """At most five: late answers and confirmations first, then the most missing people; four queries.

    Reasons of one school stand together; a school that only lacks a curator comes last.
    """
    places = {
        pk: (name, curator)
        for pk, name, curator in Organization.objects.visible_to(desk.scope)
        .filter(status=OrganizationStatus.ACTIVE)
        .values_list("pk", "short_name", "curator_name")
    }
    late = set(
        SelfAudit.objects.visible_to(desk.scope)
        .filter(status=AuditStatus.RETURNED, due_on__lt=today())
        .values_list("organization", flat=True)
    )
    silent = _late_to_confirm(desk)
    ranked = []
    for pk, (name, curator) in places.items():
        reasons = []
        if pk in late:
            reasons.append(_("late with the answer to remarks"))
        if pk in silent:
            reasons.append(_("the data are not confirmed in time"))
        if missing := figures.missing.get(pk, ""):
            reasons.append(f"{SHOWN_SHORTLY[RANKED]}: {missing}")
        if pk in figures.without_data:
            reasons.append(_("no numbers of pupils"))
        if not curator:
            reasons.append(_("no curator"))
        if reasons:
            weight = ((pk in late) + (pk in silent), figures.weights.get(pk, 0), pk in figures.without_data)
            ranked.append((weight, name, Need(name, "; ".join(reasons), desk.url("organization", pk))))
    ranked.sort(key=lambda row: row[1])
    ranked.sort(key=lambda row: row[0], reverse=True)
    return [need for _weight, _name, need in ranked[:SHOWN]]


def _late_to_confirm(desk: Desk) -> set[int]:
    found = desk.waited_for
    if found is None or found.due_on is None or found.due_on >= today():
        return set()
    return set(unconfirmed(desk.scope, found).values_list("pk", flat=True))
