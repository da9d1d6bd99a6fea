"""Diagnostics, courses, contests and consents of participants."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.dates import today
from common.recorded import delete_as, insert_all, save_as
from mentors.enums import Side
from mentors.models import Consent, ContestEntry, Diagnostic, Participation, Person, Training
from mentors.services.withdrawal import settle_withdrawals
from orgs.models import Organization

Record = TypeVar("Record", Diagnostic, Training, ContestEntry, Consent)
_DAY_OF = {
    Diagnostic: "held_on",
    Training: "completed_on",
    ContestEntry: "held_on",
    Consent: "signed_on",
}


def record_diagnostic(
    *,
    actor,
    participation: Participation,
    phase: str,
    held_on: datetime.date,
    deficits: int,
    **details,
) -> Diagnostic:
    """A diagnostic of professional deficits of a mentee; ``deficits`` is how many were found."""
    if participation.role != Side.MENTEE:
        raise ValidationError(_("Deficits are diagnosed for mentees. Choose a mentee."))
    _refuse_future(held_on, "held_on")
    return save_as(
        actor,
        Diagnostic(participation=participation, phase=phase, held_on=held_on, deficits=deficits, **details),
    )


def record_diagnostics(*, actor, diagnostics: Iterable[Diagnostic], reason: str = "") -> list[Diagnostic]:
    """Many diagnostics at once."""
    return insert_all(actor, diagnostics, reason=reason)


def record_training(
    *, actor, participation: Participation, course: str, completed_on: datetime.date, **details
) -> Training:
    """A course on mentoring that a mentor has completed."""
    if participation.role != Side.MENTOR:
        raise ValidationError(_("Courses on mentoring are recorded for mentors. Choose a mentor."))
    _refuse_future(completed_on, "completed_on")
    return save_as(
        actor, Training(participation=participation, course=course, completed_on=completed_on, **details)
    )


def record_trainings(*, actor, trainings: Iterable[Training], reason: str = "") -> list[Training]:
    """Many courses at once."""
    return insert_all(actor, trainings, reason=reason)


def record_contest(
    *, actor, participation: Participation, title: str, held_on: datetime.date, **details
) -> ContestEntry:
    """A contest of professional skill that a mentee took part in."""
    _refuse_future(held_on, "held_on")
    return save_as(actor, ContestEntry(participation=participation, title=title, held_on=held_on, **details))


def record_contests(*, actor, contests: Iterable[ContestEntry], reason: str = "") -> list[ContestEntry]:
    """Many contests at once."""
    return insert_all(actor, contests, reason=reason)


@transaction.atomic
def give_consent(
    *,
    actor,
    person: Person,
    organization: Organization,
    type: str,
    signer: str,
    signed_on: datetime.date,
    **details,
) -> Consent:
    """A consent on paper; ``signer`` is the person or, for a minor, the legal representative (152-ФЗ)."""
    _refuse_future(signed_on, "signed_on")
    consent = save_as(
        actor,
        Consent(
            person=person,
            organization=organization,
            type=type,
            signer=signer,
            signed_on=signed_on,
            **details,
        ),
    )
    settle_withdrawals(actor=actor, people=[person], reason=str(consent))
    return consent


@transaction.atomic
def give_consents(*, actor, consents: Iterable[Consent], reason: str = "") -> list[Consent]:
    """Many consents at once."""
    given = insert_all(actor, consents, reason=reason)
    settle_withdrawals(actor=actor, people={consent.person for consent in given}, reason=reason)
    return given


@transaction.atomic
def change_record(*, actor, record: Record, **changes) -> Record:
    """Changes the named fields of a diagnostic, course, contest or consent; a replaced file is deleted."""
    old_file = getattr(record, "file", None) if "file" in changes else None
    for name, value in changes.items():
        setattr(record, name, value)
    _refuse_future(getattr(record, _DAY_OF[type(record)]), _DAY_OF[type(record)])
    if old_file:
        _delete_later(old_file)
    save_as(actor, record)
    _settle(actor, record)
    return record


@transaction.atomic
def remove_record(*, actor, record: Record, reason: str) -> None:
    """Removes a record that should not be there; the reason and what stood there stay in the history."""
    if getattr(record, "file", None):
        _delete_later(record.file)
    delete_as(actor, record, reason=reason)
    _settle(actor, record)


@transaction.atomic
def withdraw_consent(*, actor, consent: Consent, on: datetime.date | None = None) -> Consent:
    """Marks a consent withdrawn from the day ``on`` (today when none is given); it stays on record.

    With the last consent to the processing the person leaves every list and file.
    """
    if consent.withdrawn_on is not None:
        raise ValidationError(
            _("This consent was already withdrawn on %(date)s.")
            % {"date": f"{consent.withdrawn_on:%d.%m.%Y}"}
        )
    day = on or today()
    _refuse_future(day, "withdrawn_on")
    consent.withdrawn_on = day
    save_as(actor, consent)
    _settle(actor, consent)
    return consent


def _settle(actor, record: Record) -> None:
    if isinstance(record, Consent):
        settle_withdrawals(actor=actor, people=[record.person], reason=str(record))


def _delete_later(stored) -> None:
    storage, name = stored.storage, stored.name
    transaction.on_commit(lambda: storage.delete(name))


def _refuse_future(day: datetime.date, field: str) -> None:
    if day > today():
        raise ValidationError({field: _("The date is in the future. Correct it.")})
