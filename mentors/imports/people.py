"""People of one school by name: who a row means.

A name with a birth year is that person; a name without one is the only person of that name in the
school; where several fit, a person has to decide. People of other schools are never looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from common.cells import Birth
from common.names import PersonName
from mentors.imports.states import (
    PAIR_FIELDS,
    PARTICIPATION_FIELDS,
    PERSON_FIELDS,
    PairState,
    ParticipationState,
    PersonState,
    filled,
)
from mentors.models import Pair, Participation

# Above this the database is asked for the whole school: shorter than a list of names.
NAMES_IN_A_QUERY = 12_000


class SchoolPeople:
    """People, participations and pairs of one organization that a batch of rows may mean."""

    def __init__(self, organization, scope):
        self.organization = organization
        self.scope = scope
        self.by_key: dict[str, list[PersonState]] = defaultdict(list)
        self.by_id: dict[int, PersonState] = {}
        self.people: list[PersonState] = []
        # Keys of people whose consent was withdrawn here.
        self.withdrawn: set[int] = set()
        self.participations: list[ParticipationState] = []
        self.pairs: list[PairState] = []
        self.pairs_of: dict[tuple[int, int], list[PairState]] = defaultdict(list)
        self.pairs_by_participation: dict[int, list[PairState]] = defaultdict(list)

    def load(self, keys: Iterable[str]) -> None:
        """Reads everybody with one of the names, and their pairs: two queries."""
        keys = list(set(keys))
        # Hidden ones among them: who has withdrawn the consent must not be entered anew as a stranger.
        rows = Participation.objects.known_to(self.scope).filter(organization=self.organization)
        if len(keys) <= NAMES_IN_A_QUERY:
            rows = rows.filter(person__name_key__in=keys)
        by_participation: dict[int, ParticipationState] = {}
        columns = (
            "id",
            "role",
            *PARTICIPATION_FIELDS,
            "person_id",
            *(f"person__{name}" for name in PERSON_FIELDS),
            "is_hidden",
        )
        own = 2 + len(PARTICIPATION_FIELDS)
        for *row, is_hidden in rows.order_by("id").values_list(*columns).iterator(chunk_size=2000):
            if is_hidden:
                self.withdrawn.add(row[own])
            person = self.by_id.get(row[own])
            if person is None:
                person = PersonState(row[own], filled(PERSON_FIELDS, row[own + 1 :]))
                self._keep(person)
            state = ParticipationState(row[0], filled(PARTICIPATION_FIELDS, row[2:own]), person, row[1])
            by_participation[row[0]] = state
        self.participations.extend(by_participation.values())
        if by_participation:
            self._load_pairs(by_participation)

    def _load_pairs(self, known: dict[int, ParticipationState]) -> None:
        rows = Pair.objects.known_to(self.scope).filter(organization=self.organization)
        if len(known) <= NAMES_IN_A_QUERY:
            rows = rows.filter(mentor__in=list(known)) | rows.filter(mentee__in=list(known))
        columns = ("id", "mentor_id", "mentee_id", *PAIR_FIELDS)
        found = list(rows.order_by("id").values_list(*columns))
        strangers = {key for row in found for key in row[1:3]} - set(known)
        if strangers:
            self._load_strangers(strangers, known)
        for row in found:
            self.add_pair(PairState(row[0], filled(PAIR_FIELDS, row[3:]), known[row[1]], known[row[2]]))

    def _load_strangers(self, keys: set[int], known: dict[int, ParticipationState]) -> None:
        """Partners of the file's people who are not named in the file themselves."""
        rows = (
            Participation.objects.known_to(self.scope)
            .filter(pk__in=keys)
            .values_list(
                "id",
                "role",
                *PARTICIPATION_FIELDS,
                "person_id",
                *(f"person__{name}" for name in PERSON_FIELDS),
            )
        )
        own = 2 + len(PARTICIPATION_FIELDS)
        for row in rows:
            person = self.by_id.get(row[own])
            if person is None:
                person = PersonState(row[own], filled(PERSON_FIELDS, row[own + 1 :]))
                self._keep(person)
            known[row[0]] = ParticipationState(
                row[0], filled(PARTICIPATION_FIELDS, row[2:own]), person, row[1]
            )
            self.participations.append(known[row[0]])

    def _keep(self, person: PersonState) -> None:
        if person.id is not None:
            self.by_id[person.id] = person
        self.by_key[person["name_key"]].append(person)
        self.people.append(person)

    def candidates(
        self, name: PersonName, birth: Birth | None
    ) -> tuple[PersonState | None, list[PersonState]]:
        """The one person meant, or None with those between whom a person must decide (empty: nobody)."""
        namesakes = self.by_key.get(name.key, [])
        if not birth:
            return (namesakes[0], []) if len(namesakes) == 1 else (None, list(namesakes))
        same = [person for person in namesakes if _born_alike(person, birth)]
        if same:
            return (same[0], []) if len(same) == 1 else (None, same)
        unknown = [person for person in namesakes if person["birth_year"] is None]
        if not unknown:
            return None, []
        if len(namesakes) == 1:
            return unknown[0], []
        return None, unknown

    def add_person(self, name: PersonName, birth: Birth | None) -> PersonState:
        """A new person of the school."""
        person = PersonState(
            None,
            {
                "last_name": name.last,
                "first_name": name.first,
                "patronymic": name.patronymic,
                "name_key": name.key,
            },
        )
        complete_birth(person, birth)
        self._keep(person)
        return person

    def add_participation(self, person: PersonState, role: str) -> ParticipationState:
        """A new participation of a person in this school."""
        state = ParticipationState(None, {}, person, role)
        self.participations.append(state)
        return state

    def add_pair(self, pair: PairState) -> None:
        """Takes a pair into the look-ups."""
        self.pairs.append(pair)
        self.pairs_of[id(pair.mentor.person), id(pair.mentee.person)].append(pair)
        self.pairs_by_participation[id(pair.mentor)].append(pair)
        self.pairs_by_participation[id(pair.mentee)].append(pair)

    def give_participation(self, participation: ParticipationState, person: PersonState) -> None:
        """Makes a participation, with all its pairs, that of another person."""
        pairs = self.pairs_by_participation[id(participation)]
        for pair in pairs:
            self._between(pair).remove(pair)
        participation.give_to(person)
        for pair in pairs:
            self._between(pair).append(pair)

    def give_pair(self, pair: PairState, side: str, participation: ParticipationState) -> None:
        """Makes a pair that of another participation on the side."""
        self._between(pair).remove(pair)
        self.pairs_by_participation[id(getattr(pair, side))].remove(pair)
        pair.give_to(side, participation)
        self._between(pair).append(pair)
        self.pairs_by_participation[id(participation)].append(pair)

    def _between(self, pair: PairState) -> list[PairState]:
        return self.pairs_of[id(pair.mentor.person), id(pair.mentee.person)]

    def forget(self) -> None:
        """Drops everything and the cycles in it, so that memory is free before the next batch."""
        for person in self.people:
            person.participations.clear()
        for known in (self.people, self.participations, self.pairs):
            known.clear()
        for known in (self.by_key, self.by_id, self.pairs_of, self.pairs_by_participation):
            known.clear()

    def pairs_between(self, mentor: PersonState, mentee: PersonState) -> list[PairState]:
        """Pairs of these two people in this school."""
        return self.pairs_of.get((id(mentor), id(mentee)), [])


def _born_alike(person: PersonState, birth: Birth) -> bool:
    if person["birth_year"] != birth.year:
        return False
    return not (person["birth_date"] and birth.date) or person["birth_date"] == birth.date


def complete_birth(person: PersonState, birth: Birth | None) -> bool:
    """Takes a birth from the file where the person has none or only a year."""
    if not birth:
        return False
    changed = person.complete("birth_year", birth.year)
    if birth.date:
        changed |= person.put("birth_date", birth.date)
    return changed
