"""What an import knows of people, participations and pairs while it works on a batch."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from common.names import PersonName

PERSON_FIELDS = ("last_name", "first_name", "patronymic", "name_key", "birth_date", "birth_year", "contact")
PARTICIPATION_FIELDS = (
    "started_on",
    "ended_on",
    "population",
    "class_name",
    "position",
    "subject",
    "workplace",
    "main_request",
    "competencies",
    "achievements",
    "interests",
    "desired_age",
    "time_resource",
    "form_id",
    "results",
    "case_url",
    "completion_mark",
    "base_place",
)
PAIR_FIELDS = (
    "started_on",
    "ended_on",
    "form_id",
    "mentor_population",
    "mentee_population",
    "request",
    "mentee_results",
    "mentor_results",
    "mentee_case_url",
    "mentor_case_url",
    "completion_mark",
    "mentees_base_place",
    "mentors_base_place",
)
# Where a row stood is not history: a newer copy of the same file may shift its rows.
PLACE_FIELDS = frozenset({"base_place", "mentees_base_place", "mentors_base_place"})


def _empty(fields: tuple[str, ...], *, none: tuple[str, ...]) -> dict[str, Any]:
    return {name: None if name in none else "" for name in fields}


def filled(fields: Sequence[str], values: Sequence) -> dict[str, Any]:
    """The values that are not empty, by field; what a state keeps of a row of the database."""
    return {name: value for name, value in zip(fields, values, strict=True) if value not in (None, "")}


class State:
    """A row as it stands in the database or will be written; knows what has changed.

    ``data`` holds only what differs from ``empty``: most cells of most rows are empty.
    """

    __slots__ = ("changed", "data", "id", "new")
    empty: ClassVar[dict[str, Any]] = {}

    def __init__(self, id_: int | None, data: dict[str, Any]):
        self.id = id_
        self.data = data
        self.new = id_ is None
        self.changed: set[str] | tuple[()] = ()

    def __getitem__(self, name: str):
        data = self.data
        return data[name] if name in data else self.empty[name]

    def full(self) -> dict[str, Any]:
        """All values of the row by field."""
        return self.empty | self.data

    def put(self, name: str, value) -> bool:
        """Sets a value; returns whether that changed anything a person would call a change."""
        if self[name] == value:
            return False
        self.data[name] = value
        if not self.new:
            self.changed = {*self.changed, name}
        return name not in PLACE_FIELDS

    def complete(self, name: str, value) -> bool:
        """Sets a value where the file gives one; an empty cell erases nothing."""
        return self.put(name, value) if value not in (None, "") else False

    @property
    def traced(self) -> bool:
        """Whether the change belongs into the history."""
        return any(name not in PLACE_FIELDS for name in self.changed)


class PersonState(State):
    """A person of the school, with the participations there; ``contacts`` is what the file's rows say."""

    __slots__ = ("contacts", "participations")
    empty = _empty(PERSON_FIELDS, none=("birth_date", "birth_year"))

    def __init__(self, id_, data):
        super().__init__(id_, data)
        self.participations: list[ParticipationState] = []
        self.contacts: dict[str, list] | None = None

    @property
    def name(self) -> PersonName:
        return PersonName(self["last_name"], self["first_name"], self["patronymic"])

    def spell(self, name: PersonName) -> bool:
        """Takes over «ё» from another spelling of the same name; returns whether that changed it."""
        changed = False
        for attribute, part in (
            ("last_name", name.last),
            ("first_name", name.first),
            ("patronymic", name.patronymic),
        ):
            if "ё" in part.lower() and "ё" not in self[attribute].lower() and part != self[attribute]:
                changed |= self.put(attribute, part)
        return changed

    def hear(self, contact: str, entry) -> None:
        """Notes the contact details of a row."""
        if self.contacts is None:
            self.contacts = {}
        self.contacts.setdefault(contact, []).append(entry)

    def open_participation(
        self, role: str, date: datetime.date | None, ended: datetime.date | None = None
    ) -> ParticipationState | None:
        """The participation in this role that a row with this start date belongs to.

        ``ended`` of a row without a partner names a participation that is over before any that goes on.
        """
        own = [item for item in self.participations if item.role == role]
        for item in own:
            if ended and item["ended_on"] == ended and date in (None, item["started_on"]):
                return item
        for item in own:
            if item["ended_on"] is None:
                return item
        for item in own:
            if date is None or date <= item["ended_on"]:
                return item
        return None


class ParticipationState(State):
    """A person's part in one role; ``seen`` gathers what the file's rows say of it."""

    __slots__ = ("person", "role", "seen")
    empty = _empty(PARTICIPATION_FIELDS, none=("started_on", "ended_on", "form_id"))

    def __init__(self, id_, data, person: PersonState, role: str):
        super().__init__(id_, data)
        self.person = person
        self.role = role
        self.seen: dict[str, dict[str, list]] | None = None
        person.participations.append(self)

    def give_to(self, person: PersonState) -> None:
        """Makes it the participation of another person."""
        self.person.participations.remove(self)
        self.person = person
        person.participations.append(self)
        if not self.new:
            self.changed = {*self.changed, "person_id"}

    def see(self, name: str, value: str, entry) -> None:
        """Notes what a row says; several values of one person are joined in ``settle``."""
        if value:
            if self.seen is None:
                self.seen = {}
            self.seen.setdefault(name, {}).setdefault(value, []).append(entry)


class PairState(State):
    """A pair; ``claimed_by`` is the row of this file that already stands for it."""

    __slots__ = ("claimed_by", "mentee", "mentor")
    empty = _empty(PAIR_FIELDS, none=("started_on", "ended_on", "form_id"))

    def __init__(self, id_, data, mentor: ParticipationState, mentee: ParticipationState):
        super().__init__(id_, data)
        self.mentor = mentor
        self.mentee = mentee
        self.claimed_by: int | None = None

    def give_to(self, side: str, participation: ParticipationState) -> None:
        """Puts another participation on a side of the pair."""
        setattr(self, side, participation)
        if not self.new:
            self.changed = {*self.changed, f"{side}_id"}


@dataclass(slots=True)
class Claim:
    """What a row says of one pair, whichever base the row stands in."""

    own: PersonName
    other: PersonName
    started_on: datetime.date | None
    ended_on: datetime.date | None
    form: Any = None
    values: dict[str, str] = field(default_factory=dict)
