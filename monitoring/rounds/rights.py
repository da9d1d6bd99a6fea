"""Who carries out a monitoring: the methodologist or analyst of the whole municipality."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from orgs.enums import Role
from orgs.models import Municipality
from orgs.scope import Scope

KEEPERS = frozenset({Role.METHODOLOGIST, Role.ANALYST})


def may_keep(scope: Scope, municipality: Municipality) -> bool:
    """Whether the user begins and closes rounds of the municipality."""
    return scope.holds_over(municipality, *KEEPERS)


def require_keeper(scope: Scope, municipality: Municipality) -> None:
    """Raises ``PermissionDenied`` with the sentence for everybody else."""
    if not may_keep(scope, municipality):
        raise PermissionDenied(
            _("Only a methodologist or analyst of the whole municipality carries out its monitoring.")
        )
