"""States of self-audits in the words and shapes of the pages."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from checklists.enums import AuditStatus
from checklists.models import SelfAudit
from common.badges import Badge


def audit_badge(audit: SelfAudit) -> Badge:
    """State of a self-audit in the fixed words of the glossary."""
    return {
        AuditStatus.NOT_STARTED: Badge(_("Not begun"), shape="wait"),
        AuditStatus.FILLING: Badge(_("Being filled in"), "info", "near"),
        AuditStatus.SUBMITTED: Badge(_("Under review"), "warn", "wait"),
        AuditStatus.RETURNED: Badge(_("Returned for corrections"), "bad", "warn"),
        AuditStatus.ACCEPTED: Badge(pgettext("self-audit", "Accepted"), shape="ok", plain=True),
    }[AuditStatus(audit.status)]
