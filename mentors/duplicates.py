"""The same human being twice at one school: who is looked for, by the name and the birth.

People of other schools are never looked at: what they know of a person is theirs.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from common.cells import Birth
from common.names import PersonName
from common.spelling import name_key
from mentors.models import DifferentPeople, Participation, Person
from orgs.models import Organization


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody who may be meant, with what the person does at the school, the newest first."""

    person: Person
    participations: list[Participation]

    @property
    def newest(self) -> Participation:
        return self.participations[0]

    def holds(self, role: str) -> Participation | None:
        """The open participation in the role, if there is one."""
        return next((row for row in self.participations if row.role == role and row.ended_on is None), None)


def namesakes(organization: Organization, name: PersonName, birth: Birth | None = None) -> list[Namesake]:
    """People of the organization whom the name and the birth may mean; a birth that differs rules out."""
    start = name_key(f"{name.last} {name.first}")
    rows = Participation.objects.filter(
        organization=organization, person__name_key__startswith=start
    ).select_related("person", "organization")
    return _gathered(row for row in rows if is_alike(row.person, name, birth))


def likely_duplicates(participation: Participation) -> list[Namesake]:
    """People of the same organization who may be the same as this one, without those told apart already.

    A patronymic that is missing, initials and one mistyped letter do not make another person.
    """
    person = participation.person
    apart = DifferentPeople.keys_of(person)
    rows = (
        Participation.objects.filter(
            organization=participation.organization,
            person__name_key__startswith=person.name_key[:1],
            is_hidden=False,
        )
        .exclude(person=person)
        .exclude(person__in=apart)
        .select_related("person", "organization")
    )
    birth = Birth(person.birth_date, person.birth_year)
    return _gathered(
        row for row in rows if is_alike(row.person, person.name, birth) or is_typo_of(row.person, person)
    )


def is_alike(person: Person, name: PersonName, birth: Birth | None) -> bool:
    """Whether the stored person may be the one of this name and birth."""
    known = person.name
    same_first = name_key(f"{known.last} {known.first}") == name_key(f"{name.last} {name.first}")
    patronymics = {name_key(known.patronymic), name_key(name.patronymic)} - {""}
    return same_first and len(patronymics) < 2 and _births_agree(person, birth)


def is_typo_of(person: Person, other: Person) -> bool:
    """Whether the names differ by one letter and the births do not contradict."""
    return _births_agree(person, Birth(other.birth_date, other.birth_year)) and _one_edit_apart(
        person.name_key, other.name_key
    )


def _births_agree(person: Person, birth: Birth | None) -> bool:
    if not birth or person.birth_year is None:
        return True
    if birth.date and person.birth_date:
        return birth.date == person.birth_date
    return birth.year == person.birth_year


def _one_edit_apart(one: str, two: str) -> bool:
    if one == two or abs(len(one) - len(two)) > 1:
        return False
    letters = enumerate(zip(one, two, strict=False))
    start = next((place for place, (left, right) in letters if left != right), None)
    if start is None:
        return True
    rest_one, rest_two = one[start:], two[start:]
    return rest_one[1:] == rest_two[1:] or rest_one[1:] == rest_two or rest_one == rest_two[1:]


def _gathered(rows: Iterable[Participation]) -> list[Namesake]:
    found: dict[int, Namesake] = {}
    for row in rows:
        found.setdefault(row.person_id, Namesake(row.person, [])).participations.append(row)
    for namesake in found.values():
        namesake.participations.sort(
            key=lambda row: (row.ended_on is None, row.started_on or datetime.date.min, row.pk), reverse=True
        )
    return sorted(found.values(), key=lambda namesake: (namesake.person.name_key, namesake.person.pk))
