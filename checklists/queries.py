"""Reads of the checklists app."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Case, Count, F, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Collate

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ChecklistTemplate, EvidenceFile, ItemAnswer, SelfAudit
from checklists.services.state import OPEN_TO_SCHOOL
from common.ordering import NATURAL
from orgs.enums import OrganizationStatus
from orgs.models import Organization
from orgs.scope import Scope

__all__ = [
    "OPEN_TO_SCHOOL",
    "answers_of",
    "audits",
    "current_template",
    "files_of",
    "in_order_of_work",
    "organizations_without_audit",
    "previous_audit",
    "stamps_of",
    "status_counts",
    "years",
]

# What waits for the methodologist stands first.
ORDER_OF_WORK = (
    AuditStatus.SUBMITTED,
    AuditStatus.RETURNED,
    AuditStatus.FILLING,
    AuditStatus.NOT_STARTED,
    AuditStatus.ACCEPTED,
)


def current_template() -> ChecklistTemplate | None:
    """The checklist in use, the newest where there are several."""
    return ChecklistTemplate.objects.filter(active=True).order_by("-pk").first()


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


def in_order_of_work(rows: QuerySet) -> QuerySet:
    """Sent ones first, the longest waiting on top."""
    place = Case(
        *(When(status=status, then=Value(number)) for number, status in enumerate(ORDER_OF_WORK)),
        output_field=IntegerField(),
    )
    name = Collate("organization__short_name", NATURAL)
    return rows.order_by(place, F("submitted_at").asc(nulls_last=True), name, "pk")


def status_counts(scope: Scope, year: int) -> dict[str, int]:
    """How many self-audits of the year stand in each state."""
    rows = SelfAudit.objects.visible_to(scope).filter(year=year).order_by()
    return dict(rows.values_list("status").annotate(found=Count("pk")))


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


def answers_of(audit: SelfAudit, scope: Scope) -> dict[int, ItemAnswer]:
    """Answers of a self-audit by the key of their item."""
    rows = ItemAnswer.objects.visible_to(scope).filter(audit=audit).select_related("audit", "item")
    return {given.item_id: given for given in rows}


def files_of(audit: SelfAudit, scope: Scope) -> dict[int, list[EvidenceFile]]:
    """Files of evidence by the key of their item."""
    found = defaultdict(list)
    rows = EvidenceFile.objects.visible_to(scope).filter(answer__audit=audit).select_related("answer")
    for evidence in rows:
        found[evidence.answer.item_id].append(evidence)
    return found


def stamps_of(audit: SelfAudit) -> dict[int, str]:
    """Versions of the answers by their keys, as ``common.forms.GuardedForm`` compares them."""
    rows = ItemAnswer.history.filter(audit=audit.pk).order_by().values_list("id")
    return {pk: str(newest) for pk, newest in rows.annotate(newest=Max("history_id"))}


def previous_audit(audit: SelfAudit, scope: Scope) -> SelfAudit | None:
    """The school's last self-audit by the same checklist before this one."""
    return (
        SelfAudit.objects.visible_to(scope)
        .filter(organization=audit.organization, template=audit.template, year__lt=audit.year)
        .exclude(status=AuditStatus.NOT_STARTED)
        .order_by("-year")
        .first()
    )
