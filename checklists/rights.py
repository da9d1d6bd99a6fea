"""Whose the two parts of a self-audit are."""

from __future__ import annotations

from checklists.enums import AuditStatus
from checklists.models import SelfAudit
from checklists.services.state import OPEN_TO_SCHOOL
from orgs.enums import Role
from orgs.scope import Scope


def answers_for(scope: Scope, audit: SelfAudit) -> bool:
    """Whether the school's part is the user's."""
    return scope.holds_for(audit.organization, Role.CURATOR)


def reviews(scope: Scope, audit: SelfAudit) -> bool:
    """Whether the review is the user's."""
    return scope.holds_for(audit.organization, Role.METHODOLOGIST)


def may_answer(scope: Scope, audit: SelfAudit) -> bool:
    """Whether the user may answer items now."""
    return audit.status in OPEN_TO_SCHOOL and answers_for(scope, audit)


def may_review(scope: Scope, audit: SelfAudit) -> bool:
    """Whether the self-audit waits for the user's verdict."""
    return audit.status == AuditStatus.SUBMITTED and reviews(scope, audit)
