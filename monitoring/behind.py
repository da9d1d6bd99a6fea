"""Rows of the lists behind a figure: people in the length of name that is allowed, and organizations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from mentors.models import Participation, Person
from mentors.privacy import NamePolicy
from monitoring.compute import Figures, Place
from monitoring.definitions import Definition
from monitoring.people import People
from monitoring.reasons import CLOSED, ORGANIZATION_CONDITIONS, Doubt, Standing
from monitoring.sources import ORGANIZATIONS


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person behind a figure: name as far as it may be shown, card, class or post, schools, and why."""

    name: str
    url: str
    group: str
    organizations: str
    note: str


def people_rows(people: People, standing: str, page: Iterable[Person], names: NamePolicy) -> list[PersonRow]:
    """Rows for one page of people; one query for what they do at the visible organizations."""
    persons = list(page)
    parts: dict[int, list[Participation]] = defaultdict(list)
    found = people.participations(persons).select_related("person", "organization")
    for participation in found.order_by("-started_on", "pk"):
        parts[participation.person_id].append(participation)
    return [_row(people, standing, person, parts[person.pk], names) for person in persons]


def _row(
    people: People, standing: str, person: Person, parts: list[Participation], names: NamePolicy
) -> PersonRow:
    note = ""
    if standing == Standing.NOT_COUNTED:
        note = people.reason_text(person.reason)
    elif standing == Standing.DOUBTFUL:
        note = str(Doubt(person.doubt).label)
    first = parts[0] if parts else None
    return PersonRow(
        # Someone of another organization takes part in a pair here: the short name has to do.
        name=names.name(first) if first else person.short_name,
        url=reverse(people.side, args=[first.pk]) if first else "",
        group=(first.class_name or first.position) if first else "",
        organizations=", ".join(dict.fromkeys(part.organization.short_name for part in parts)),
        note=note,
    )


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """An organization behind a figure, counted or with the reason why not."""

    place: Place
    counted: bool
    note: str


def organizations_behind(definition: Definition, figures: Figures) -> list[OrganizationRow]:
    """Organizations behind an indicator that counts organizations; empty for other indicators."""
    if definition.numerator.source is not ORGANIZATIONS:
        return []
    own = figures.by_organization[definition.code]
    rows = []
    for place in figures.places:
        counted = bool(own[place.id].numerator)
        lacks = ORGANIZATION_CONDITIONS[definition.code] if place.works else CLOSED
        rows.append(OrganizationRow(place, counted, "" if counted else str(lacks)))
    return sorted(rows, key=lambda row: (row.counted, row.place.inn))
