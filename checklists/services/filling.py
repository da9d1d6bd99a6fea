"""The school's part: answers, proposals confirmed, the self-audit sent."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.live import finding_of, measured
from checklists.models import ChecklistItem, ItemAnswer, SelfAudit
from checklists.services.state import locked, refuse_closed_item, refuse_closed_to_school
from common.recorded import insert_all, save_as, update_all


@transaction.atomic
def answer_item(
    *,
    actor,
    audit: SelfAudit,
    item: ChecklistItem,
    answer: str = "",
    evidence: str = "",
    comment: str = "",
) -> ItemAnswer:
    """The school's answer to an item; evidence and comment may come before the answer.

    After a return only the returned items are open. Raises ``ValidationError`` otherwise.
    """
    if item.template_id != audit.template_id:
        raise ValidationError(_("This item belongs to another checklist."))
    audit = locked(audit)
    given = audit.answers.filter(item=item).first() or ItemAnswer(audit=audit, item=item)
    refuse_closed_item(audit, given, item.number)
    given.answer = Achievement(answer) if answer else ""
    given.evidence, given.comment = evidence, comment
    save_as(actor, given)
    begin(actor, audit)
    return given


def begin(actor, audit: SelfAudit) -> None:
    """The first thing said makes a waiting self-audit one that is being filled in."""
    if audit.status == AuditStatus.NOT_STARTED:
        audit.status = AuditStatus.FILLING
        save_as(actor, audit)


def answer_items(*, actor, answers: Iterable[ItemAnswer], reason: str = "") -> list[ItemAnswer]:
    """Many first answers at once; their audits become «being filled in»."""
    answers = list(answers)
    audits = {answer.audit_id: answer.audit for answer in answers}
    for audit in audits.values():
        refuse_closed_to_school(audit)
    with transaction.atomic():
        insert_all(actor, answers, reason=reason)
        begun = [audit for audit in audits.values() if audit.status == AuditStatus.NOT_STARTED]
        for audit in begun:
            audit.status = AuditStatus.FILLING
        update_all(actor, begun, ["status"], reason=reason)
    return answers


@transaction.atomic
def confirm_proposals(*, actor, audit: SelfAudit) -> list[int]:
    """Answers every unanswered item that the portal's data propose an answer for; returns their numbers."""
    audit = locked(audit)
    refuse_closed_to_school(audit)
    answered = set(audit.answers.exclude(answer="").values_list("item", flat=True))
    waiting = [item for item in audit.template.items.exclude(live_data="") if item.pk not in answered]
    facts = measured(waiting, [audit.organization_id], audit.year)
    confirmed = []
    for item in waiting:
        found = finding_of(item, facts.get(item.live_data, {}).get(audit.organization_id))
        if found is None:
            continue
        given = audit.answers.filter(item=item).first()
        answer_item(
            actor=actor,
            audit=audit,
            item=item,
            answer=found.answer,
            evidence=given.evidence if given else "",
            comment=given.comment if given else "",
        )
        confirmed.append(item.number)
    return confirmed


@transaction.atomic
def submit_audit(*, actor, audit: SelfAudit, at: datetime.datetime | None = None) -> SelfAudit:
    """Sends the self-audit to the methodologist; every item must be answered. ``at``: now by default.

    What the portal's data say on that day is kept with the answers, so that both sides see the same. Items
    that had been returned wait for a verdict again; their remarks stay to be compared with the correction.
    """
    audit = locked(audit)
    refuse_closed_to_school(audit)
    items = list(audit.template.items.all())
    answers = list(audit.answers.all())
    answered = {given.item_id for given in answers if given.answer}
    left = [item.number for item in items if item.pk not in answered]
    if left:
        raise ValidationError(
            ngettext(
                "%(count)d item is left without an answer: %(numbers)s.",
                "%(count)d items are left without an answer: %(numbers)s.",
                len(left),
            )
            % {"count": len(left), "numbers": ", ".join(map(str, left))}
        )
    facts = measured(items, [audit.organization_id], audit.year)
    codes = {item.pk: item.live_data for item in items}
    for given in answers:
        given.portal_facts = facts.get(codes[given.item_id], {}).get(audit.organization_id)
        if given.verdict == Verdict.RETURNED:
            given.verdict = Verdict.NONE
    update_all(actor, answers, ["portal_facts", "verdict"])
    audit.status = AuditStatus.SUBMITTED
    audit.submitted_at, audit.submitted_by = at or timezone.now(), actor
    return save_as(actor, audit)
