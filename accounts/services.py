"""Writes of the accounts app that leave a trace."""

from __future__ import annotations

from collections.abc import Iterable

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
    (record,) = record_access_to_all(
        user, action, object_type=object_type, object_ids=[object_id], ip_address=ip_address, **details
    )
    return record


def record_access_to_all(
    user: User | None,
    action: AccessAction,
    *,
    object_type: str,
    object_ids: Iterable,
    ip_address=None,
    **details,
) -> list[AccessRecord]:
    """Adds a line to the access journal for each of the objects, by one statement."""
    label = f"{user.full_name} <{user.email}>" if user else ""
    return AccessRecord.objects.bulk_create(
        AccessRecord(
            user=user,
            user_label=label,
            action=action,
            object_type=object_type,
            object_id=str(object_id),
            ip_address=ip_address,
            details=details,
        )
        for object_id in object_ids
    )
