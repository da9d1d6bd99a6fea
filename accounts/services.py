"""Writes of the accounts app that leave a trace."""

from __future__ import annotations

from accounts.models import AccessAction, AccessRecord, User


def record_access(
    user: User | None,
    action: AccessAction,
    *,
    object_type: str = "",
    object_id="",
    ip_address=None,
    **details,
) -> AccessRecord:
    """Adds one line to the access journal and returns it."""
    return AccessRecord.objects.create(
        user=user,
        user_label=f"{user.full_name} <{user.email}>" if user else "",
        action=action,
        object_type=object_type,
        object_id=str(object_id),
        ip_address=ip_address,
        details=details,
    )
