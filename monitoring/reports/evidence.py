"""What organizations have handed in: numbers, registers, answers, documents, self-audits, confirmations."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ItemAnswer, SelfAudit
from mentors.models import Pair
from monitoring.models import RoundConfirmation
from monitoring.period import ReportingPeriod
from monitoring.sources import answered_in
from orgs.models import Document, DocumentType, Headcount
from orgs.scope import Scope
from surveys.enums import Wave
from surveys.models import Answer


@dataclass(frozen=True)
class Evidence:
    """Ids of organizations by what they gave in the year; what each one still lacks.

    ``missing_documents`` holds titles of the full package (``package_size`` documents); ``open_items``
    the numbers and titles of checklist items that are not achieved or were returned.
    """

    headcounts: frozenset[int]
    pairs: frozenset[int]
    answers: frozenset[int]
    audits: frozenset[int]
    confirmed: frozenset[int]
    package_size: int
    missing_documents: dict[int, list[str]]
    open_items: dict[int, list[tuple[int, str]]]

    @property
    def anything(self) -> frozenset[int]:
        """Organizations that gave data of at least one kind."""
        return self.headcounts | self.pairs | self.answers | self.audits


def gather_evidence(scope: Scope, places: QuerySet, period: ReportingPeriod) -> Evidence:
    """Reads what the places gave for the period; one query for each kind of data."""
    inside = places.order_by().values("pk")

    def visible(model, **conditions) -> QuerySet:
        return model.objects.visible_to(scope).filter(organization__in=inside, **conditions)

    headcounts = visible(Headcount, on_date__gte=period.start, on_date__lte=period.last_headcount_day)
    answers = visible(Answer, wave=Wave.SECOND).filter(answered_in(period))
    audits = visible(SelfAudit, year=period.year).exclude(status=AuditStatus.NOT_STARTED)
    confirmed = visible(RoundConfirmation, round__year=period.year, round__as_of=period.as_of)
    pairs = visible(Pair).within(period.start, period.end)
    required = DocumentType.objects.filter(required=True, active=True)
    package = dict(required.order_by("position", "pk").values_list("pk", "title"))
    return Evidence(
        headcounts=_ids(headcounts),
        pairs=_ids(pairs),
        answers=_ids(answers),
        audits=_ids(audits),
        confirmed=_ids(confirmed),
        package_size=len(package),
        missing_documents=_missing_documents(package, visible(Document), places, period),
        open_items=_open_items(scope, inside, period),
    )


def _ids(rows: QuerySet) -> frozenset[int]:
    return frozenset(rows.order_by().values_list("organization", flat=True).distinct())


def _missing_documents(
    package: dict[int, str], rows: QuerySet, places: QuerySet, period: ReportingPeriod
) -> dict[int, list[str]]:
    held: dict[int, set[int]] = defaultdict(set)
    valid = rows.filter(
        Q(issued_on__isnull=True) | Q(issued_on__lte=period.as_of),
        Q(valid_until__isnull=True) | Q(valid_until__gte=period.as_of),
        type__in=list(package),
    )
    for organization, document_type in valid.order_by().values_list("organization", "type").distinct():
        held[organization].add(document_type)
    return {
        organization: [title for pk, title in package.items() if pk not in held[organization]]
        for organization in places.order_by().values_list("pk", flat=True)
    }


def _open_items(scope: Scope, inside: QuerySet, period: ReportingPeriod) -> dict[int, list[tuple[int, str]]]:
    rows = (
        ItemAnswer.objects.visible_to(scope)
        .filter(audit__year=period.year, audit__organization__in=inside)
        .exclude(answer="")
        .filter(~Q(answer=Achievement.ACHIEVED) | Q(verdict=Verdict.RETURNED))
    )
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    ordered = rows.order_by("audit__organization", "item__number", "pk")
    for organization, number, title in ordered.values_list(
        "audit__organization", "item__number", "item__title"
    ):
        if (number, title) not in found[organization]:
            found[organization].append((number, title))
    return dict(found)
