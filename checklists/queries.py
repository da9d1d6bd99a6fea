"""Reads of the checklists app."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ChecklistItem, ItemAnswer, SelfAudit
from orgs.enums import OrganizationStatus
from orgs.models import Organization
from orgs.scope import Scope

OPEN_TO_SCHOOL = (AuditStatus.NOT_STARTED, AuditStatus.FILLING, AuditStatus.RETURNED)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of the checklist with what the school and the methodologist have said of it."""

    item: ChecklistItem
    given: ItemAnswer | None


def audits(scope: Scope) -> QuerySet:
    """Self-audits with the numbers of their answers."""
    return (
        SelfAudit.objects.visible_to(scope)
        .select_related("organization__district", "template", "reviewer")
        .annotate(
            answered=Count("answers", filter=~Q(answers__answer="")),
            achieved=Count("answers", filter=Q(answers__answer=Achievement.ACHIEVED)),
            returned=Count("answers", filter=Q(answers__verdict=Verdict.RETURNED)),
        )
    )


def organizations_without_audit(scope: Scope, year: int) -> QuerySet:
    """Working organizations that have not begun a self-audit for the year."""
    begun = SelfAudit.objects.visible_to(scope).filter(year=year).exclude(status=AuditStatus.NOT_STARTED)
    return (
        Organization.objects.visible_to(scope)
        .filter(status=OrganizationStatus.ACTIVE)
        .exclude(pk__in=begun.values("organization"))
    )


def years(scope: Scope) -> list[int]:
    """Years that have self-audits, the newest first."""
    found = SelfAudit.objects.visible_to(scope).order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def item_lines(audit: SelfAudit, scope: Scope) -> list[ItemLine]:
    """The items of the audit's checklist in order, answered or not; two queries."""
    given = {
        answer.item_id: answer
        for answer in ItemAnswer.objects.visible_to(scope).filter(audit=audit).select_related("audit", "item")
    }
    return [ItemLine(item, given.get(item.pk)) for item in audit.template.items.all()]
