"""The journal of access to personal data, for the administrator of the places of those who looked."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from accounts.models import AccessRecord
from orgs.enums import Role
from orgs.models import Membership
from orgs.scope import Scope


def access_records(
    scope: Scope,
    *,
    action: str = "",
    who: str = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> QuerySet:
    """Lines about users with a role, now or once, in a place that the user administers; newest first."""
    organizations = scope.organization_ids({Role.ADMINISTRATOR})
    held = Membership.objects.filter(organization__in=organizations) | Membership.objects.filter(
        municipality__in=scope.overseen_municipality_ids({Role.ADMINISTRATOR})
    )
    of_district = Membership.objects.filter(district__organizations__in=organizations)
    rows = AccessRecord.objects.filter(user__in=(held | of_district).values("user"))
    if action:
        rows = rows.filter(action=action)
    if who:
        rows = rows.filter(user_label__contains=who)
    if since:
        rows = rows.filter(at__date__gte=since)
    if until:
        rows = rows.filter(at__date__lte=until)
    return rows.order_by("-at", "-id")
