"""Who may change rows about pairs and people: the curator, at the own school."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from orgs.enums import Role
from orgs.pages import get_visible
from orgs.scope import Scope

WRITERS = frozenset({Role.CURATOR})
# Who sees to it that a withdrawn consent is followed.
SETTLERS = frozenset({Role.CURATOR, Role.HEAD})
# A mentor records the meetings of the own pairs and nothing else.
MEETING_WRITERS = WRITERS | {Role.MENTOR}


def writable(rows: QuerySet, scope: Scope) -> QuerySet:
    """Those of the rows that stand in an organization where the user is the curator."""
    lookup = rows.model.org_lookup
    return rows.visible_to(scope).filter(**{f"{lookup}__in": scope.organization_ids(WRITERS)})


def may_write(scope: Scope, organization) -> bool:
    """Whether the user is the curator of the organization."""
    return scope.holds_for(organization, *WRITERS)


def get_writable(rows: QuerySet, scope: Scope, *, hidden: bool = False, **lookup):
    """The one row that the user may change; 404 for a row not seen, 403 for one that is only seen.

    With ``hidden`` also one that a withdrawn consent keeps out of the lists.
    """
    found = get_known(rows, scope, **lookup) if hidden else get_visible(rows, scope, **lookup)
    place = rows.model.org_lookup
    if not rows.filter(pk=found.pk, **{f"{place}__in": scope.organization_ids(WRITERS)}).exists():
        raise PermissionDenied(_("You see this record, but only the curator of its school changes it."))
    return found


def get_known(rows: QuerySet, scope: Scope, **lookup):
    """The one row that the user sees; to staff of its school also one that a withdrawn consent has hidden."""
    lookup_of_place = rows.model.org_lookup
    settled = Q(is_hidden=False) | Q(**{f"{lookup_of_place}__in": scope.organization_ids(SETTLERS)})
    try:
        return rows.known_to(scope).filter(settled).get(**lookup)
    except rows.model.DoesNotExist:
        raise Http404 from None


def may_record_meeting(scope: Scope, pair) -> bool:
    """Whether the user records meetings of the pair: the curator of the school, or its own mentor."""
    return may_write(scope, pair.organization) or is_mentor_of(scope, pair)


def is_mentor_of(scope: Scope, pair) -> bool:
    """Whether the user is the mentor of this pair."""
    return scope.user_id is not None and pair.mentor.person.user_id == scope.user_id
