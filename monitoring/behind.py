"""Rows of the lists behind a figure: people in the length of name that is allowed, and organizations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.dates import age_on
from common.text import natural_key
from mentors.models import Pair, Participation, Person
from mentors.privacy import NamePolicy
from monitoring.compute import Figures, Place
from monitoring.definitions import Definition
from monitoring.people import People
from monitoring.reasons import ACTIONS, CLOSED, ORGANIZATION_CONDITIONS, Doubt, Reason, Standing
from monitoring.sources import ORGANIZATIONS


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person behind a figure: name as far as it may be shown, card, class or post, schools, and why.

    ``action_url`` leads to the form where the reader does what ``action`` says, if the reader may.
    ``participation_id`` is what the card and the journal name; None for somebody of another organization.
    """

    name: str
    url: str
    group: str
    organizations: str
    note: str
    detail: str = ""
    action: str = ""
    action_url: str = ""
    participation_id: int | None = None


def people_rows(
    people: People,
    standing: str,
    page: Iterable[Person],
    names: NamePolicy,
    link: Callable[..., str],
    writes: bool = False,
) -> list[PersonRow]:
    """Rows for one page of people; two queries: what they do at the places, and their pairs."""
    persons = list(page)
    parts: dict[int, list[Participation]] = defaultdict(list)
    found = people.participations(persons).select_related("person", "organization")
    for participation in found.order_by("-started_on", "pk"):
        parts[participation.person_id].append(participation)
    pairs: dict[int, list[Pair]] = defaultdict(list)
    if standing == Standing.NOT_COUNTED:
        for pair in people.pairs_of(persons).select_related(people.side):
            pairs[getattr(pair, people.side).person_id].append(pair)
    return [
        _row(people, standing, person, parts[person.pk], pairs[person.pk], names, link, writes)
        for person in persons
    ]


def _row(people, standing, person, parts, pairs, names: NamePolicy, link, writes) -> PersonRow:
    first = parts[0] if parts else None
    note = detail = action = action_url = ""
    if standing in (Standing.NOT_COUNTED, Standing.OUTSIDE):
        note = people.reason_text(person.reason)
        detail = _detail(people, person, first, pairs)
        action = str(ACTIONS[Reason(person.reason)])
        action_url = _action_url(people, Reason(person.reason), first, link) if writes else ""
    elif standing == Standing.DOUBTFUL:
        note = str(Doubt(person.doubt).label)
    return PersonRow(
        # Someone of another organization takes part in a pair here: the short name has to do.
        name=names.name(first) if first else person.short_name,
        url=link(people.side, first.pk) if first and not first.is_hidden else "",
        group=(first.class_name or first.position) if first and not first.is_hidden else "",
        organizations=", ".join(dict.fromkeys(part.organization.short_name for part in parts)),
        note=note,
        detail=detail,
        action=action,
        action_url=action_url,
        participation_id=first.pk if first else None,
    )


def _action_url(people: People, reason: Reason, first: Participation | None, link) -> str:
    # Who has left takes no pair, and the own facts of the person stay as they are.
    if first is None or first.is_hidden or first.ended_on is not None:
        return ""
    if reason in (Reason.NO_COUNTERPART, Reason.EARLIER_YEAR):
        return link("pair-add", **{str(people.side): first.pk})
    if reason in (Reason.NO_BIRTH, Reason.AGE):
        return link(f"{people.side}-edit", first.pk, field="birth")
    return ""


def _detail(people: People, person: Person, first: Participation | None, pairs: list[Pair]) -> str:
    """What exactly stands behind the reason; an age in years, never a date of birth."""
    reason = person.reason
    if reason == Reason.AGE:
        as_of = people.period.as_of
        years = (
            age_on(person.birth_date, as_of) if person.birth_date else people.period.year - person.birth_year
        )
        age = ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
        return _("%(age)s by %(date)s") % {"age": age, "date": f"{as_of:%d.%m.%Y}"}
    if reason == Reason.EARLIER_YEAR:
        ended = [pair.ended_on for pair in pairs if pair.ended_on]
        return _("the pair ended on %(date)s") % {"date": f"{max(ended):%d.%m.%Y}"} if ended else ""
    if reason == Reason.LATER_YEAR and pairs:
        return _("the pair begins on %(date)s") % {"date": f"{pairs[-1].started_on:%d.%m.%Y}"}
    if reason == Reason.NO_COUNTERPART and first is not None and first.started_on:
        return _("in the base since %(date)s") % {"date": f"{first.started_on:%d.%m.%Y}"}
    return ""


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
        if place.id not in own:
            continue
        counted = bool(own[place.id].numerator)
        lacks = ORGANIZATION_CONDITIONS[definition.code] if place.works else CLOSED
        rows.append(OrganizationRow(place, counted, "" if counted else str(lacks)))
    return sorted(rows, key=lambda row: (row.counted, natural_key(row.place.name), row.place.inn))
