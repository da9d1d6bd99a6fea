"""Writes about a round that is not closed yet: its terms, confirmations, letters to schools that wait."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.letters import language_of, write_letter
from accounts.models import LetterKind
from common.dates import today
from common.recorded import delete_as, save_as
from monitoring.enums import RoundStatus
from monitoring.models import Round, RoundConfirmation, RoundReminder
from monitoring.rounds.rights import require_keeper
from orgs.enums import Role
from orgs.models import Membership, Municipality, Organization
from orgs.scope import Scope


def begin_round(
    actor,
    *,
    scope: Scope,
    municipality: Municipality,
    year: int,
    as_of: datetime.date,
    opens_on: datetime.date | None,
    due_on: datetime.date,
    basis: str = "",
) -> Round:
    """Begins the monitoring of a municipality: its schools are asked to confirm their data.

    Raises ``ValidationError`` where a round of the reporting date exists already.
    """
    require_keeper(scope, municipality)
    begun = Round(
        municipality=municipality, year=year, as_of=as_of, opens_on=opens_on, due_on=due_on, basis=basis
    )
    return save_as(actor, begun)


def change_round(actor, found: Round, *, scope: Scope, **changes) -> Round:
    """Moves ``opens_on``, ``due_on`` or ``basis`` of an open round; a closed one is a ``ValidationError``."""
    require_keeper(scope, found.municipality)
    with transaction.atomic():
        _locked(found)
        for name, value in changes.items():
            setattr(found, name, value)
        return save_as(actor, found)


def confirm(
    actor, found: Round, *, scope: Scope, organization: Organization, questioned: int, note: str = ""
) -> RoundConfirmation:
    """The curator says that the data of the organization are complete, but for so many records in question.

    Said twice it stays as it was said first. Raises ``ValidationError`` for a round that is closed or has not
    begun, ``PermissionDenied`` for anybody but a curator of the organization.
    """
    _require_curator(scope, organization)
    with transaction.atomic():
        found = _locked(found)
        if found.opens_on and found.opens_on > today():
            raise ValidationError(
                _("The data can be confirmed from %(day)s on.") % {"day": f"{found.opens_on:%d.%m.%Y}"}
            )
        own = RoundConfirmation.objects.filter(round=found, organization=organization).first()
        return own or save_as(
            actor,
            RoundConfirmation(
                round=found, organization=organization, confirmed_by=actor, questioned=questioned, note=note
            ),
        )


def take_back(actor, confirmation: RoundConfirmation, *, scope: Scope) -> None:
    """Withdraws a confirmation while the round is open, to mend the data and confirm them again."""
    _require_curator(scope, confirmation.organization)
    with transaction.atomic():
        _locked(confirmation.round)
        delete_as(actor, confirmation, reason=_("Confirmation withdrawn"))


def remind(
    actor, found: Round, *, scope: Scope, curators: Iterable[Membership], link: str, words: str = ""
) -> int:
    """Writes to the curators of organizations that have not confirmed; returns how many letters go out.

    ``link`` is the whole address of the page where data are confirmed, ``words`` what the sender adds.
    Raises ``PermissionDenied`` where an organization is not the methodologist's.
    """
    _require_open(found)
    with transaction.atomic():
        reminded: dict[int, RoundReminder] = {}
        letters = 0
        for membership in curators:
            organization = membership.organization
            if not scope.holds_for(organization, Role.METHODOLOGIST):
                raise PermissionDenied(_("Only the methodologist reminds of the data."))
            _write(membership, found, link=link, words=words, sender=actor)
            letters += 1
            reminded[organization.pk] = RoundReminder(round=found, organization=organization, sent_by=actor)
        RoundReminder.objects.bulk_create(reminded.values())
    return letters


def _write(membership: Membership, found: Round, *, link: str, words: str, sender) -> None:
    with override(language_of(membership.user.language)):
        day = f"{found.as_of:%d.%m.%Y}"
        sentences = [
            _("Hello,"),
            _("the data of %(place)s as of %(day)s are not confirmed yet; the term is %(due)s.")
            % {
                "place": membership.organization.short_name,
                "day": day,
                "due": f"{found.due_on:%d.%m.%Y}" if found.due_on else _("not set"),
            },
            words,
            _("Look through what is in question, and confirm:\n%(link)s")
            % {"link": f"{link}?org={membership.organization_id}"},
            f"{sender.full_name}, {found.municipality}",
        ]
        write_letter(
            to=membership.user.email,
            subject=_("Confirm the data as of %(day)s") % {"day": day},
            body="\n\n".join(filter(None, sentences)) + "\n",
            kind=LetterKind.REMINDER,
        )


def _locked(found: Round) -> Round:
    """The round as it stands now; it is not closed before the transaction ends, nor while it is asked for.

    The lock is that of :func:`monitoring.services.close_round`: the municipality's row.
    """
    Municipality.objects.select_for_update().get(pk=found.municipality_id)
    found = Round.objects.get(pk=found.pk)
    _require_open(found)
    return found


def _require_open(found: Round) -> None:
    if found.status != RoundStatus.OPEN:
        raise ValidationError(
            _("The monitoring as of %(day)s is closed.") % {"day": f"{found.as_of:%d.%m.%Y}"}
        )


def _require_curator(scope: Scope, organization: Organization) -> None:
    if not scope.holds_for(organization, Role.CURATOR):
        raise PermissionDenied(_("The data of an organization are confirmed by its curator."))
