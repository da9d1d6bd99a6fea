"""Filters of the register of invitations, and the condition of the administrator's task."""

from __future__ import annotations

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.search import holds_words, searchable
from orgs.invitations.models import Invitation, InvitationStatus
from orgs.models import Membership
from orgs.registers.facets import ChoiceFacet, ConditionFacet, RelatedFacet
from orgs.registers.filters import Condition, RegisterFilters
from orgs.users.rules import GIVEN_ROLES

PATIENCE = datetime.timedelta(days=3)
_PLACES = ("organization", "district", "municipality")


def unanswered(invitations: QuerySet) -> QuerySet:
    """Those that nobody has answered for three days, expired ones among them.

    Left out is what needs no care any more: a newer invitation to the same role has gone out, or the owner of
    the address holds the role by another way.
    """
    # Exactly one of the three is filled in, and an empty one equals nothing.
    same_place = Q(*((place, OuterRef(place)) for place in _PLACES), _connector=Q.OR)
    newer = Invitation.objects.filter(
        same_place,
        email=OuterRef("email"),
        role=OuterRef("role"),
        sent_at__gt=OuterRef("sent_at"),
        withdrawn_at__isnull=True,
    )
    held = Membership.objects.on_date().filter(
        same_place, user__email=OuterRef("email"), role=OuterRef("role")
    )
    return invitations.filter(
        ~Exists(newer),
        ~Exists(held),
        activated_at__isnull=True,
        withdrawn_at__isnull=True,
        sent_at__lte=timezone.now() - PATIENCE,
    )


class InvitationFilters(RegisterFilters):
    """Status, role, place; who does not answer, and whose letter did not go out."""

    search_label = _("E-mail, name or organization")

    def facets(self):
        statuses = [
            (status.value, status.label, lambda rows, status=status: rows.of_status(status))
            for status in InvitationStatus
        ]
        return (
            ConditionFacet("status", _("Status"), statuses),
            ChoiceFacet(
                "role",
                _("Role"),
                "role",
                [(role.value, role.label) for role in GIVEN_ROLES],
                words=str.capitalize,
            ),
            RelatedFacet("organization", _("Organization"), "organization", self.organizations),
            RelatedFacet("area", _("District"), "organization__district", self.districts),
        )

    def conditions(self):
        return (
            Condition(
                "unanswered", _("Without an answer for over 3 days"), unanswered, short=_("Without an answer")
            ),
            *(
                Condition(status.value, status.label, lambda rows, status=status: rows.of_status(status))
                for status in (InvitationStatus.SENT, InvitationStatus.OPENED, InvitationStatus.EXPIRED)
            ),
            Condition(
                "letter_failed",
                _("The letter did not go out"),
                lambda rows: rows.open().filter(letter__failed_at__isnull=False),
            ),
        )

    def search(self, rows, text):
        """Rows whose address, name or organization holds every word of the text."""
        rows = rows.alias(
            by_email=searchable("email"),
            by_name=searchable("full_name"),
            by_place=searchable("organization__short_name"),
        )
        return rows.filter(
            holds_words("by_email", text) | holds_words("by_name", text) | holds_words("by_place", text)
        )
