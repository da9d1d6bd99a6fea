"""What a withdrawn consent does: the person is out of every list and file at once (152-ФЗ, art. 21).

Who never had a consent on record is not hidden: that is a gap to be filled, not a refusal.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from common.recorded import update_all
from mentors.enums import ConsentType
from mentors.models import Consent, Pair, Participation, Person
from orgs.models import Organization


def withdrawn() -> Q:
    """The condition of participations whose organization may not use the person's data any more.

    A consent to the processing was withdrawn there, and no other one stands. One whose term is over stands:
    it ended, it was not taken back.
    """
    consents = Consent.objects.filter(
        person=OuterRef("person"), organization=OuterRef("organization"), type=ConsentType.PROCESSING
    )
    return Q(Exists(consents.filter(withdrawn_on__isnull=False))) & ~Q(
        Exists(consents.filter(withdrawn_on__isnull=True))
    )


def settle_withdrawals(*, actor, people: Iterable[Person], reason: str = "") -> None:
    """Hides or shows the participations and pairs of the people as their consents stand now.

    Called inside the transaction of whatever changes a consent or what a person takes part in.
    """
    mine = Participation.objects.filter(person__in=list(people))
    _mark(actor, mine, withdrawn(), reason)
    pairs = Pair.objects.filter(Q(mentor__in=mine) | Q(mentee__in=mine))
    _mark(actor, pairs, Q(mentor__is_hidden=True) | Q(mentee__is_hidden=True), reason)


def refuse_withdrawn(person: Person, organization: Organization) -> None:
    """Raises ``ValidationError`` where the person may not be entered anew without a new consent."""
    if Participation.objects.filter(person=person, organization=organization, is_hidden=True).exists():
        raise ValidationError(
            _(
                "The consent to data processing was withdrawn. Record a new consent first: "
                "the card is in “Withdrawn consents”."
            )
        )


def _mark(actor, rows: QuerySet, hidden: Q, reason: str) -> None:
    wanted = Case(When(hidden, then=Value(True)), default=Value(False))
    changed = list(rows.annotate(wanted=wanted).exclude(is_hidden=F("wanted")))
    for row in changed:
        row.is_hidden = row.wanted
    update_all(actor, changed, ["is_hidden"], reason=reason)
