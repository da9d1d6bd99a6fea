"""Coming back, leaving for another school, and what was entered by mistake."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from common.recorded import delete_as, save_as
from mentors.enums import Side
from mentors.models import Consent, Pair, Participation, Person
from mentors.services.pairs import reopen_pair


def open_pairs_of(participations: Iterable[Participation]) -> list[Pair]:
    """The open pairs of the participations: those that close when these end."""
    keys = [row.pk for row in participations]
    rows = Pair.objects.open().select_related("mentor__person", "mentee__person", "form")
    return list((rows.filter(mentor__in=keys) | rows.filter(mentee__in=keys)).order_by("pk"))


def pairs_ended_with(participation: Participation) -> list[Pair]:
    """The pairs of a participation that ended on the day it ended."""
    if participation.ended_on is None:
        return []
    side = "mentor" if participation.role == Side.MENTOR else "mentee"
    return list(
        Pair.objects.filter(**{side: participation}, ended_on=participation.ended_on)
        .select_related("mentor__person", "mentee__person", "form")
        .order_by("pk")
    )


@transaction.atomic
def reopen_participation(
    *, actor, participation: Participation, pairs: Iterable[Pair] = (), reason: str = ""
) -> Participation:
    """Takes back the end of a participation, and of those of its pairs that are named.

    Raises ``ValidationError`` when it has not ended, when the person takes part elsewhere meanwhile, or when
    another participation in the role is open here.
    """
    if participation.ended_on is None:
        raise ValidationError(_("This participation has not ended."))
    if takes_part_elsewhere(participation):
        raise ValidationError(
            _(
                "The person takes part in another organization now. "
                "Ask that organization to transfer the person back."
            )
        )
    participation.ended_on = None
    save_as(actor, participation, reason=reason)
    for pair in pairs:
        reopen_pair(actor=actor, pair=pair)
    return participation


def takes_part_elsewhere(participation: Participation) -> bool:
    """Whether the person has an open participation in another organization."""
    rows = Participation.objects.open().filter(person_id=participation.person_id)
    return rows.exclude(organization_id=participation.organization_id).exists()


def what_hangs_on(participation: Participation) -> list[str]:
    """What has been recorded about a participation, in words with numbers; empty: it may be removed."""
    counts = [
        (_("pairs"), participation.pairs_as_mentor.count() + participation.pairs_as_mentee.count()),
        (_("diagnostics"), participation.diagnostics.count()),
        (_("courses"), participation.trainings.count()),
        (_("contests"), participation.contests.count()),
        (_("consents"), _consents_of_only(participation)),
    ]
    return [f"{label}: {count}" for label, count in counts if count]


@transaction.atomic
def remove_participation(*, actor, participation: Participation, reason: str) -> None:
    """Removes a participation entered by mistake, and the person when nothing else is known of them.

    Raises ``ValidationError`` when something hangs on it; the reason stays in the history.
    """
    hanging = what_hangs_on(participation)
    if hanging:
        raise ValidationError(
            _("There are records about this participation (%(what)s), so it can only be ended.")
            % {"what": ", ".join(hanging)}
        )
    person = participation.person
    try:
        delete_as(actor, participation, reason=reason)
        if not _is_known_otherwise(person):
            delete_as(actor, person, reason=reason)
    except ProtectedError as refusal:
        raise ValidationError(
            _("Other records name this person, so the participation can only be ended.")
        ) from refusal


def _consents_of_only(participation: Participation) -> int:
    others = Participation.objects.filter(
        person_id=participation.person_id, organization_id=participation.organization_id
    ).exclude(pk=participation.pk)
    if others.exists():
        return 0
    return Consent.objects.filter(
        person_id=participation.person_id, organization_id=participation.organization_id
    ).count()


def _is_known_otherwise(person: Person) -> bool:
    return (
        person.user_id is not None
        or Participation.objects.filter(person=person).exists()
        or Consent.objects.filter(person=person).exists()
    )
