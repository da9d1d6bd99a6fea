"""Constraints that tables of the platform share."""

from __future__ import annotations

from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from orgs.enums import OVERSIGHT_ROLES, SCHOOL_ROLES


def place_fits_role(name: str) -> CheckConstraint:
    """A role of a school stands in one organization; another in one district or one municipality."""
    nowhere = {"organization__isnull": True, "district__isnull": True, "municipality__isnull": True}
    return CheckConstraint(
        condition=Q(role__in=sorted(SCHOOL_ROLES), **(nowhere | {"organization__isnull": False}))
        | Q(role__in=sorted(OVERSIGHT_ROLES), **(nowhere | {"district__isnull": False}))
        | Q(role__in=sorted(OVERSIGHT_ROLES), **(nowhere | {"municipality__isnull": False})),
        name=name,
        violation_error_message=_(
            "Roles of a school need one organization; other roles one district or one municipality."
        ),
    )
