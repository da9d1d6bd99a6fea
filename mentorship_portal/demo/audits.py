"""Self-audits by the Klin checklist: last year's are accepted, this year's stand in every state."""

from __future__ import annotations

import datetime
from random import Random

from django.utils import timezone

from checklists import services
from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ChecklistTemplate, ItemAnswer, SelfAudit
from mentorship_portal.demo.calendar import some_day
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.world import SHOWCASE, School, words

TEMPLATE = "klin_2023"
LAST_YEAR, THIS_YEAR = 2025, 2026
DUE_ON = datetime.date(2026, 12, 1)
# How far this year's self-audits are, in turn over the schools.
STATES = (
    AuditStatus.ACCEPTED,
    AuditStatus.SUBMITTED,
    AuditStatus.ACCEPTED,
    AuditStatus.FILLING,
    AuditStatus.ACCEPTED,
    AuditStatus.RETURNED,
    AuditStatus.ACCEPTED,
    AuditStatus.NOT_STARTED,
    AuditStatus.SUBMITTED,
)
RETURNED_ITEMS = (4, 11)


def audit(school: School, rng: Random, template: ChecklistTemplate, reviewer) -> None:
    """Saves the self-audits of one organization for both years."""
    if school.has_registers:
        _fill(school, rng, template, LAST_YEAR, AuditStatus.ACCEPTED, reviewer, luck=0.58)
    state = STATES[(school.number - 1) % len(STATES)]
    if school.short_name == SHOWCASE:
        state = AuditStatus.RETURNED
    elif not school.has_registers:
        state = AuditStatus.NOT_STARTED
    _fill(school, rng, template, THIS_YEAR, state, reviewer, luck=0.74)


def _fill(school, rng, template, year: int, state: str, reviewer, *, luck: float) -> None:
    begun = services.start_audit(
        actor=reviewer,
        organization=school.organization,
        template=template,
        year=year,
        due_on=DUE_ON.replace(year=year),
    )
    if state == AuditStatus.NOT_STARTED:
        return
    items = list(template.items.all())
    if state == AuditStatus.FILLING:
        items = items[: rng.randint(3, 9)]
    answers = [_answer(rng, begun, item, luck) for item in items]
    services.answer_items(actor=school.actor, answers=answers, reason=REASON)
    if state == AuditStatus.FILLING:
        return
    sent = _moment(some_day(rng, datetime.date(year, 10, 5), datetime.date(year, 11, 6)), rng)
    services.submit_audit(actor=school.actor, audit=begun, at=sent)
    seen = _moment(some_day(rng, datetime.date(year, 11, 9), datetime.date(year, 11, 20)), rng)
    if state == AuditStatus.RETURNED:
        for given, remark in zip(_items(begun, RETURNED_ITEMS), words()["remarks"], strict=False):
            services.review_item(actor=reviewer, given=given, verdict=Verdict.RETURNED, remark=remark)
        services.return_audit(actor=reviewer, audit=begun, due_on=DUE_ON, at=seen)
    elif state == AuditStatus.ACCEPTED:
        services.accept_audit(actor=reviewer, audit=begun, at=seen)


def _answer(rng: Random, begun: SelfAudit, item, luck: float) -> ItemAnswer:
    answer = Achievement.ACHIEVED
    if rng.random() > luck:
        answer = rng.choice((Achievement.PARTLY, Achievement.PARTLY, Achievement.NOT_ACHIEVED))
    is_done = answer == Achievement.ACHIEVED
    return ItemAnswer(
        audit=begun,
        item=item,
        answer=answer,
        evidence=rng.choice(words()["evidence"]) if is_done and rng.random() < 0.9 else "",
        comment="" if is_done else rng.choice(words()["audit_comments"]),
    )


def _items(begun: SelfAudit, numbers) -> list[ItemAnswer]:
    return list(
        begun.answers.filter(item__number__in=numbers).select_related("item").order_by("item__number")
    )


def _moment(day: datetime.date, rng: Random) -> datetime.datetime:
    time = datetime.time(rng.randint(9, 17), rng.randint(0, 59))
    return timezone.make_aware(datetime.datetime.combine(day, time))
