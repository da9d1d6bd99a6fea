"""Writes what an import decided: one insert and one update a table, both with history."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from django.utils import timezone

from common.bulk import CHANGED, CREATED, insert_rows, reserve_ids, update_rows, write_history
from mentors.imports.people import SchoolPeople
from mentors.imports.states import PAIR_FIELDS, PARTICIPATION_FIELDS, PERSON_FIELDS, State
from mentors.models import Pair, Participation, Person


class PeopleWriter:
    """Writes one batch in the caller's transaction."""

    def __init__(self, people: SchoolPeople, context):
        self.people = people
        self.context = context
        self.at = timezone.now()

    def write(self) -> None:
        """People first, then participations, then pairs: each needs the keys of the ones before."""
        organization = self.people.organization.pk
        self._write(Person, PERSON_FIELDS, self.people.people, lambda state: ())
        self._write(
            Participation,
            ("person_id", "organization_id", "role", *PARTICIPATION_FIELDS),
            self.people.participations,
            lambda state: (state.person.id, organization, state.role),
        )
        self._write(
            Pair,
            ("organization_id", "mentor_id", "mentee_id", *PAIR_FIELDS),
            self.people.pairs,
            lambda state: (organization, state.mentor.id, state.mentee.id),
        )

    def _write(self, model, fields: Sequence[str], states: list[State], keys) -> None:
        new = [state for state in states if state.new]
        for state, key in zip(new, reserve_ids(model, len(new)), strict=True):
            state.id = key
        key_fields = fields[: len(keys(states[0])) if states else 0]
        changed = [state for state in states if state.changed and not state.new]
        names = sorted({name for state in changed for name in state.changed})
        # Changes first: what is handed over or ended makes room for new rows under the same unique key.
        update_rows(
            model,
            [_field_name(name) for name in names],
            (
                _as_it_stands(state, names, dict(zip(key_fields, keys(state), strict=True)))
                for state in changed
            ),
        )
        self._history(model, [state.id for state in changed if state.traced], CHANGED)
        values = itemgetter(*fields[len(key_fields) :])
        insert_rows(
            model,
            ("id", *(_field_name(name) for name in fields)),
            ((state.id, *keys(state), *values(state.full())) for state in new),
        )
        self._history(model, [state.id for state in new], CREATED)
        for state in states:
            state.new = False
            state.changed = ()

    def _history(self, model, ids: list[int], kind: str) -> None:
        write_history(model, ids, kind=kind, user=self.context.actor, reason=self.context.reason, at=self.at)


def _as_it_stands(state: State, names: Sequence[str], keys: dict) -> tuple:
    """The key of a row and its values of the fields; those that lead to other rows are in ``keys``."""
    return state.id, *(keys[name] if name in keys else state[name] for name in names)


def _field_name(name: str) -> str:
    return name.removesuffix("_id")
