"""Who may change rows about pairs and people: the curator, at the own school."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from orgs.enums import Role
from orgs.pages import get_visible
from orgs.scope import Scope

WRITERS = frozenset({Role.CURATOR})
# A mentor records the meetings of the own pairs and nothing else.
MEETING_WRITERS = WRITERS | {Role.MENTOR}


def writable(rows: QuerySet, scope: Scope) -> QuerySet:
    """Those of the rows that stand in an organization where the user is the curator."""
    lookup = rows.model.org_lookup
    return rows.visible_to(scope).filter(**{f"{lookup}__in": scope.organization_ids(WRITERS)})


def may_write(scope: Scope, organization) -> bool:
    """Whether the user is the curator of the organization."""
    return scope.holds_for(organization, *WRITERS)


def get_writable(rows: QuerySet, scope: Scope, **lookup):
    """The one row that the user may change; 404 for a row not seen, 403 for one that is only seen."""
    found = get_visible(rows, scope, **lookup)
    if not writable(type(found).objects.filter(pk=found.pk), scope).exists():
        raise PermissionDenied(_("You see this record, but only the curator of its school changes it."))
    return found


def may_record_meeting(scope: Scope, pair) -> bool:
    """Whether the user records meetings of the pair: the curator of the school, or its own mentor."""
    return may_write(scope, pair.organization) or is_mentor_of(scope, pair)


def is_mentor_of(scope: Scope, pair) -> bool:
    """Whether the user is the mentor of this pair."""
    return scope.user_id is not None and pair.mentor.person.user_id == scope.user_id
