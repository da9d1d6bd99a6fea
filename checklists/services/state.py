"""What may be done in which state of a self-audit; every write asks under a lock."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from checklists.enums import AuditStatus, Verdict
from checklists.models import ItemAnswer, SelfAudit

OPEN_TO_SCHOOL = (AuditStatus.NOT_STARTED, AuditStatus.FILLING, AuditStatus.RETURNED)


def locked(audit: SelfAudit) -> SelfAudit:
    """The audit as it stands now, locked, so that a review and an answer cannot cross."""
    return SelfAudit.objects.select_for_update(of=("self",)).get(pk=audit.pk)


def refuse_closed_to_school(audit: SelfAudit) -> None:
    """Raises ``ValidationError`` when the school cannot change the audit now."""
    if audit.status not in OPEN_TO_SCHOOL:
        raise ValidationError(
            _("The self-audit is “%(status)s”: the school cannot change it now.")
            % {"status": audit.get_status_display()}
        )


def refuse_closed_item(audit: SelfAudit, given: ItemAnswer, number: int) -> None:
    """Raises ``ValidationError`` for an item that was not returned while others were."""
    refuse_closed_to_school(audit)
    if audit.status == AuditStatus.RETURNED and given.pk and given.verdict != Verdict.RETURNED:
        raise ValidationError(
            _("Item %(number)d was not returned, so it cannot be changed.") % {"number": number}
        )


def refuse_not_submitted(audit: SelfAudit) -> None:
    """Raises ``ValidationError`` when there is nothing to review."""
    if audit.status != AuditStatus.SUBMITTED:
        raise ValidationError(
            _("The self-audit is “%(status)s”: there is nothing to review.")
            % {"status": audit.get_status_display()}
        )
