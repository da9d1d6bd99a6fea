"""The methodologist's part: verdicts item by item, the self-audit returned or accepted."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from checklists.enums import AuditStatus, Verdict
from checklists.models import ItemAnswer, SelfAudit
from checklists.services.state import locked, refuse_not_submitted
from common.recorded import save_as, update_all


@transaction.atomic
def review_item(*, actor, given: ItemAnswer, verdict: str, remark: str = "") -> ItemAnswer:
    """The methodologist's verdict on an item, apart from the school's answer; a return needs a remark."""
    audit = locked(given.audit)
    refuse_not_submitted(audit)
    if verdict == Verdict.RETURNED and not remark.strip():
        raise ValidationError({"remark": _("Say what is to be corrected.")})
    given.verdict, given.remark = Verdict(verdict), remark
    return save_as(actor, given)


@transaction.atomic
def agree_with_rest(*, actor, audit: SelfAudit) -> int:
    """Agrees with every item that has no verdict yet; returns how many those were."""
    audit = locked(audit)
    refuse_not_submitted(audit)
    waiting = list(audit.answers.filter(verdict=Verdict.NONE))
    for given in waiting:
        given.verdict = Verdict.ACCEPTED
    update_all(actor, waiting, ["verdict"])
    return len(waiting)


@transaction.atomic
def return_audit(
    *,
    actor,
    audit: SelfAudit,
    due_on: datetime.date | None = None,
    at: datetime.datetime | None = None,
) -> SelfAudit:
    """Sends the self-audit back to the school; at least one item must have been returned."""
    audit = locked(audit)
    refuse_not_submitted(audit)
    if not audit.answers.filter(verdict=Verdict.RETURNED).exists():
        raise ValidationError(_("Return at least one item and say what is to be corrected."))
    audit.status = AuditStatus.RETURNED
    audit.due_on = due_on or audit.due_on
    audit.reviewed_at, audit.reviewer = at or timezone.now(), actor
    return save_as(actor, audit)


@transaction.atomic
def accept_audit(*, actor, audit: SelfAudit, at: datetime.datetime | None = None) -> SelfAudit:
    """Accepts the self-audit with every item that has no remark; a returned item stands in the way."""
    audit = locked(audit)
    refuse_not_submitted(audit)
    returned = list(
        audit.answers.filter(verdict=Verdict.RETURNED).values_list("item__number", flat=True).order_by("item")
    )
    if returned:
        raise ValidationError(
            _("Items are returned: %(numbers)s. Return the self-audit or accept them first.")
            % {"numbers": ", ".join(map(str, returned))}
        )
    agree_with_rest(actor=actor, audit=audit)
    audit.status = AuditStatus.ACCEPTED
    audit.reviewed_at, audit.reviewer = at or timezone.now(), actor
    return save_as(actor, audit)
