"""Life of a self-audit: started and filled in by the school, submitted, reviewed item by item."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ChecklistItem, ChecklistTemplate, ItemAnswer, SelfAudit
from common.recorded import insert_all, save_as, update_all
from orgs.models import Organization

_OPEN_TO_SCHOOL = (AuditStatus.NOT_STARTED, AuditStatus.FILLING, AuditStatus.RETURNED)


def start_audit(
    *,
    actor,
    organization: Organization,
    template: ChecklistTemplate,
    year: int,
    due_on: datetime.date | None = None,
) -> SelfAudit:
    """A self-audit of the organization for the year that waits for its first answer."""
    return save_as(actor, SelfAudit(organization=organization, template=template, year=year, due_on=due_on))


@transaction.atomic
def answer_item(
    *,
    actor,
    audit: SelfAudit,
    item: ChecklistItem,
    answer: str,
    evidence: str = "",
    comment: str = "",
) -> ItemAnswer:
    """The school's answer to an item.

    After a return only the returned items are open. Raises ``ValidationError`` otherwise.
    """
    if item.template_id != audit.template_id:
        raise ValidationError(_("This item belongs to another checklist."))
    audit = _locked(audit)
    _refuse_closed_to_school(audit)
    given = audit.answers.filter(item=item).first() or ItemAnswer(audit=audit, item=item)
    if audit.status == AuditStatus.RETURNED and given.pk and given.verdict != Verdict.RETURNED:
        raise ValidationError(
            _("Item %(number)d was not returned, so it cannot be changed.") % {"number": item.number}
        )
    given.answer, given.evidence, given.comment = Achievement(answer), evidence, comment
    save_as(actor, given)
    if audit.status == AuditStatus.NOT_STARTED:
        audit.status = AuditStatus.FILLING
        save_as(actor, audit)
    return given


def answer_items(*, actor, answers: Iterable[ItemAnswer], reason: str = "") -> list[ItemAnswer]:
    """Many first answers at once; their audits become «being filled in»."""
    answers = list(answers)
    audits = {answer.audit_id: answer.audit for answer in answers}
    for audit in audits.values():
        _refuse_closed_to_school(audit)
    with transaction.atomic():
        insert_all(actor, answers, reason=reason)
        begun = [audit for audit in audits.values() if audit.status == AuditStatus.NOT_STARTED]
        for audit in begun:
            audit.status = AuditStatus.FILLING
        update_all(actor, begun, ["status"], reason=reason)
    return answers


@transaction.atomic
def submit_audit(*, actor, audit: SelfAudit, at: datetime.datetime | None = None) -> SelfAudit:
    """Sends the self-audit to the methodologist; every item must be answered. ``at``: now by default."""
    audit = _locked(audit)
    _refuse_closed_to_school(audit)
    answered = audit.answers.exclude(answer="").values("item")
    left = list(audit.template.items.exclude(pk__in=answered).values_list("number", flat=True))
    if left:
        raise ValidationError(
            ngettext(
                "%(count)d item is left without an answer: %(numbers)s.",
                "%(count)d items are left without an answer: %(numbers)s.",
                len(left),
            )
            % {"count": len(left), "numbers": ", ".join(map(str, left))}
        )
    audit.status = AuditStatus.SUBMITTED
    audit.submitted_at, audit.submitted_by = at or timezone.now(), actor
    return save_as(actor, audit)


@transaction.atomic
def review_item(*, actor, given: ItemAnswer, verdict: str, remark: str = "") -> ItemAnswer:
    """The methodologist's verdict on an item, apart from the school's answer; a return needs a remark."""
    audit = _locked(given.audit)
    _refuse_not_submitted(audit)
    if verdict == Verdict.RETURNED and not remark.strip():
        raise ValidationError({"remark": _("Say what is to be corrected.")})
    given.verdict, given.remark = Verdict(verdict), remark
    return save_as(actor, given)


@transaction.atomic
def return_audit(
    *,
    actor,
    audit: SelfAudit,
    due_on: datetime.date | None = None,
    at: datetime.datetime | None = None,
) -> SelfAudit:
    """Sends the self-audit back to the school; at least one item must have been returned."""
    audit = _locked(audit)
    _refuse_not_submitted(audit)
    if not audit.answers.filter(verdict=Verdict.RETURNED).exists():
        raise ValidationError(_("Return at least one item and say what is to be corrected."))
    audit.status = AuditStatus.RETURNED
    audit.due_on = due_on or audit.due_on
    audit.reviewed_at, audit.reviewer = at or timezone.now(), actor
    return save_as(actor, audit)


@transaction.atomic
def accept_audit(*, actor, audit: SelfAudit, at: datetime.datetime | None = None) -> SelfAudit:
    """Accepts the self-audit with every item that has no remark; a returned item stands in the way."""
    audit = _locked(audit)
    _refuse_not_submitted(audit)
    returned = list(
        audit.answers.filter(verdict=Verdict.RETURNED).values_list("item__number", flat=True).order_by("item")
    )
    if returned:
        raise ValidationError(
            _("Items are returned: %(numbers)s. Return the self-audit or accept them first.")
            % {"numbers": ", ".join(map(str, returned))}
        )
    waiting = list(audit.answers.filter(verdict=Verdict.NONE))
    for given in waiting:
        given.verdict = Verdict.ACCEPTED
    update_all(actor, waiting, ["verdict"])
    audit.status = AuditStatus.ACCEPTED
    audit.reviewed_at, audit.reviewer = at or timezone.now(), actor
    return save_as(actor, audit)


def _locked(audit: SelfAudit) -> SelfAudit:
    """The audit as it stands now, locked, so that a review and an answer cannot cross."""
    return SelfAudit.objects.select_for_update(of=("self",)).get(pk=audit.pk)


def _refuse_closed_to_school(audit: SelfAudit) -> None:
    if audit.status not in _OPEN_TO_SCHOOL:
        raise ValidationError(
            _("The self-audit is “%(status)s”: the school cannot change it now.")
            % {"status": audit.get_status_display()}
        )


def _refuse_not_submitted(audit: SelfAudit) -> None:
    if audit.status != AuditStatus.SUBMITTED:
        raise ValidationError(
            _("The self-audit is “%(status)s”: there is nothing to review.")
            % {"status": audit.get_status_display()}
        )
