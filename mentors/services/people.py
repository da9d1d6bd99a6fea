"""People and their participations."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from common.cells import Birth
from common.dates import today
from common.names import PersonName
from common.recorded import insert_all, save_as, update_all
from mentors.dictionaries import EndReason
from mentors.enums import POPULATIONS_THAT_PAIR
from mentors.models import Pair, Participation, Person
from mentors.services.pairs import close_pairs
from mentors.services.withdrawal import refuse_withdrawn
from orgs.models import Organization

FITTING = frozenset((str(mentor), str(mentee)) for mentor, mentee in POPULATIONS_THAT_PAIR)
# What a participation takes along to another school: who the person is and wants, not what the school says.
_CARRIED_OVER = (
    "population",
    "position",
    "subject",
    "experience_years",
    "category",
    "main_request",
    "competencies",
    "achievements",
    "interests",
    "desired_age",
    "time_resource",
    "capacity",
)


def create_person(
    *,
    actor,
    last_name: str,
    first_name: str,
    patronymic: str = "",
    birth_date: datetime.date | None = None,
    birth_year: int | None = None,
    contact: str = "",
    user=None,
) -> Person:
    """A new person; with a date of birth the year follows from it."""
    _refuse_unborn(birth_date, birth_year)
    return save_as(
        actor,
        Person(
            last_name=last_name,
            first_name=first_name,
            patronymic=patronymic,
            birth_date=birth_date,
            birth_year=birth_year,
            contact=contact,
            user=user,
        ),
    )


def create_people(*, actor, people: Iterable[Person], reason: str = "") -> list[Person]:
    """Many new people at once."""
    people = list(people)
    for person in people:
        person.complete()
    return insert_all(actor, people, reason=reason)


def change_person(*, actor, person: Person, reason: str = "", **changes) -> Person:
    """Changes the named fields of a person."""
    for name, value in changes.items():
        setattr(person, name, value)
    _refuse_unborn(person.birth_date, person.birth_year)
    return save_as(actor, person, reason=reason)


def start_participation(
    *,
    actor,
    person: Person,
    organization: Organization,
    role: str,
    started_on: datetime.date | None = None,
    **details,
) -> Participation:
    """The person takes part in the organization's mentoring; without a start date it is not counted.

    Raises ``ValidationError`` when the person has withdrawn the consent there.
    """
    refuse_withdrawn(person, organization)
    return save_as(
        actor,
        Participation(person=person, organization=organization, role=role, started_on=started_on, **details),
    )


def start_participations(
    *, actor, participations: Iterable[Participation], reason: str = ""
) -> list[Participation]:
    """Many new participations at once."""
    return insert_all(actor, participations, reason=reason)


@transaction.atomic
def change_participation(
    *, actor, participation: Participation, reason: str = "", **changes
) -> Participation:
    """Changes the named fields of a participation; who the person is changes in the open pairs too.

    Raises ``ValidationError`` when an open pair's form does not allow that.
    """
    for name, value in changes.items():
        setattr(participation, name, value)
    save_as(actor, participation, reason=reason)
    if "population" in changes:
        _change_populations_in_pairs(participation, actor, reason)
    return participation


@transaction.atomic
def add_participant(
    *,
    actor,
    organization: Organization,
    role: str,
    name: PersonName,
    birth: Birth,
    contact: str = "",
    person: Person | None = None,
    **details,
) -> Participation:
    """A participation of a new person or, with ``person``, of one whom the school knows already.

    Of a known person blanks are filled in, nothing is overwritten.
    """
    if person is None:
        person = create_person(
            actor=actor,
            last_name=name.last,
            first_name=name.first,
            patronymic=name.patronymic,
            birth_date=birth.date,
            birth_year=birth.year,
            contact=contact,
        )
    else:
        _fill_blanks(actor, person, name, birth, contact)
    return start_participation(actor=actor, person=person, organization=organization, role=role, **details)


@transaction.atomic
def end_participation(
    *,
    actor,
    participation: Participation,
    ended_on: datetime.date,
    end_reason: EndReason | None = None,
    reason: str = "",
) -> Participation:
    """Ends the participation and its open pairs on the same day."""
    if participation.ended_on is not None:
        raise ValidationError(
            _("This participation already ended on %(date)s.")
            % {"date": f"{participation.ended_on:%d.%m.%Y}"}
        )
    participation.ended_on = ended_on
    save_as(actor, participation, reason=reason)
    _close_pairs_of([participation], actor, ended_on, end_reason, reason)
    return participation


@transaction.atomic
def end_participations(
    *,
    actor,
    participations: Iterable[Participation],
    ended_on: datetime.date,
    end_reason: EndReason | None = None,
    reason: str = "",
) -> list[Participation]:
    """Ends many open participations, and their open pairs, on one day."""
    participations = [row for row in participations if row.ended_on is None]
    for participation in participations:
        participation.ended_on = ended_on
    update_all(actor, participations, ["ended_on"], reason=reason)
    _close_pairs_of(participations, actor, ended_on, end_reason, reason)
    return participations


@transaction.atomic
def transfer_person(
    *,
    actor,
    person: Person,
    from_organization: Organization,
    to_organization: Organization,
    on: datetime.date,
    end_reason: EndReason | None = None,
    class_name: str = "",
) -> list[Participation]:
    """Moves a person to another school from the day ``on``: both periods stay, pairs of the old school close.

    Returns the new participations. Raises ``ValidationError`` when the person does not take part in the
    old school, or when both schools are the same.
    """
    if from_organization.pk == to_organization.pk:
        raise ValidationError(_("The person already is in this organization. Choose another one."))
    leaving = list(
        Participation.objects.select_for_update(of=("self",))
        .filter(person=person, organization=from_organization, ended_on__isnull=True)
        .order_by("pk")
    )
    if not leaving:
        raise ValidationError(
            _("%(person)s does not take part in the mentoring of “%(organization)s”.")
            % {"person": person, "organization": from_organization}
        )
    started = []
    for participation in leaving:
        end_participation(
            actor=actor,
            participation=participation,
            ended_on=on - datetime.timedelta(days=1),
            end_reason=end_reason,
        )
        carried = {name: getattr(participation, name) for name in _CARRIED_OVER}
        started.append(
            start_participation(
                actor=actor,
                person=person,
                organization=to_organization,
                role=participation.role,
                started_on=on,
                class_name=class_name,
                **carried,
            )
        )
    return started


def _fill_blanks(actor, person: Person, name: PersonName, birth: Birth, contact: str) -> None:
    said = {
        "patronymic": name.patronymic,
        "birth_date": birth.date,
        "birth_year": birth.year,
        "contact": contact,
    }
    if person.birth_year not in (None, birth.year):
        del said["birth_date"], said["birth_year"]
    blanks = {field: value for field, value in said.items() if value and not getattr(person, field)}
    if blanks:
        change_person(actor=actor, person=person, **blanks)


def _change_populations_in_pairs(participation: Participation, actor, reason: str) -> None:
    open_pairs = Pair.objects.open().select_related("form", "mentor", "mentee")
    found = open_pairs.filter(mentor=participation) | open_pairs.filter(mentee=participation)
    changed = []
    for pair in found:
        before = (pair.mentor_population, pair.mentee_population)
        pair.derive_populations()
        now = (pair.mentor_population, pair.mentee_population)
        if now not in FITTING:
            raise ValidationError(
                {
                    "population": _("The open pair “%(form)s” does not allow this. Close the pair first.")
                    % {"form": pair.form}
                }
            )
        if now != before:
            changed.append(pair)
    update_all(actor, changed, ["mentor_population", "mentee_population"], reason=reason)


def _close_pairs_of(participations, actor, ended_on, end_reason, reason) -> None:
    keys = [participation.pk for participation in participations]
    open_pairs = Pair.objects.open()
    found = open_pairs.filter(mentor__in=keys) | open_pairs.filter(mentee__in=keys)
    close_pairs(actor=actor, pairs=found, ended_on=ended_on, end_reason=end_reason, reason=reason)


def _refuse_unborn(birth_date: datetime.date | None, birth_year: int | None) -> None:
    if birth_date is not None and birth_date > today():
        raise ValidationError({"birth_date": _("The date of birth is in the future. Correct it.")})
    if birth_date is None and birth_year is not None and birth_year > today().year:
        raise ValidationError({"birth_year": _("The year of birth is in the future. Correct it.")})
