"""«Показать ФИО»: full names above the school, once, for the rows on the page, with a journal line."""

from __future__ import annotations

from django.http import HttpRequest

from accounts.models import AccessAction
from accounts.services import record_access
from orgs.enums import OVERSIGHT_ROLES, PARTICIPANT_ROLES, READER_ROLES

REVEALERS = READER_ROLES & OVERSIGHT_ROLES
# Mentors and mentees see the pairs and programmes that they are in, and themselves.
PAGE_READERS = READER_ROLES | PARTICIPANT_ROLES


def record_reveal(request: HttpRequest, kind: str, ids: list[int]) -> None:
    """Adds the journal line about names shown in full."""
    record_access(
        request.user,
        AccessAction.REVEAL,
        object_type=kind,
        object_id=ids[0] if len(ids) == 1 else "",
        ip_address=request.META.get("REMOTE_ADDR"),
        ids=ids,
    )
