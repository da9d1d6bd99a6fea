"""How far an invitation has come, as the pages show it."""

from __future__ import annotations

from common.badges import Badge
from orgs.invitations.models import InvitationStatus

BADGES = {
    InvitationStatus.SENT: ("", "wait", False),
    InvitationStatus.OPENED: ("info", "near", False),
    InvitationStatus.ACTIVATED: ("ok", "ok", True),
    InvitationStatus.EXPIRED: ("warn", "warn", False),
    InvitationStatus.WITHDRAWN: ("", "none", False),
}


def badge_of(status: str) -> Badge:
    """The status in words, shape and tint."""
    known = InvitationStatus(status)
    tone, shape, plain = BADGES[known]
    return Badge(str(known.label), tone=tone, shape=shape, plain=plain)
