"""Doing what was decided about a row: people, participations and pairs as they will be written."""

from __future__ import annotations

from common.importing import ADDED, UPDATED, Entry
from common.names import PersonName
from mentors.enums import Side
from mentors.imports import messages
from mentors.imports.deciding import FITTING, Planned
from mentors.imports.namesakes import hand_over
from mentors.imports.people import complete_birth
from mentors.imports.states import PairState, ParticipationState, PersonState

# Of one person several rows may say several things (joined), or a newer thing (the latest).
JOINED = frozenset(
    {"competencies", "achievements", "interests", "desired_age", "time_resource", "main_request"}
)
LONGEST = {"desired_age": 150, "time_resource": 150, "contact": 500}


class Doing:
    """The part of a base that turns plans into states; every change is noted at the row that made it."""

    def _do(self, entry: Entry, own: PersonState | None, planned: list[Planned]) -> None:
        own = self._person(entry, own, entry["name"], entry["birth"], apart=True)
        for plan in planned:
            if plan.pair is not None:
                hand_over(self.people, plan.pair, own, side=self.side, places=self._places)
        is_alone = not planned and not entry["partners"]
        ended = entry["ended_on"] if is_alone else None
        participation = self._participation(entry, own, self.side, entry["started_on"], ended)
        participation.put("base_place", self.context.place(entry.number))
        if entry["population"]:
            _touch(entry, participation.put("population", str(entry["population"])))
        for name in self.person_values:
            participation.see(name, entry[name] or "", entry)
        if entry["contact"]:
            own.hear(entry["contact"], entry)
        if is_alone:
            self._alone(entry, participation)
        for plan in planned:
            self._do_claim(entry, participation, plan)

    def _person(self, entry: Entry, person, name: PersonName, birth, *, apart=False) -> PersonState:
        if person is None:
            # An earlier row of the batch, or another cell of this one, may have made the person meanwhile.
            person, several = self.people.candidates(name, birth)
            if person is None or several:
                years = [
                    other["birth_year"]
                    for other in self.people.by_key.get(name.key, [])
                    if other["birth_year"]
                ]
                if apart and years and birth:
                    messages.namesake_apart(entry, self._own_field(entry), name, years)
                entry.touch(ADDED)
                return self.people.add_person(name, birth)
        _touch(entry, person.spell(name))
        _touch(entry, complete_birth(person, birth))
        return person

    def _participation(
        self, entry: Entry, person: PersonState, role: str, date, ended=None
    ) -> ParticipationState:
        known = person.open_participation(role, date, ended)
        if known is None:
            known = self.people.add_participation(person, role)
            entry.touch(UPDATED)
        return known

    def _alone(self, entry: Entry, participation: ParticipationState) -> None:
        """A row without a partner: what it says stands on the participation itself."""
        first = self.seen_alone.setdefault(id(participation), entry.number)
        if first != entry.number:
            messages.repeated_row(entry, self._own_field(entry), first)
            return
        _touch(entry, participation.complete("started_on", entry["started_on"]))
        _touch(entry, participation.complete("ended_on", entry["ended_on"]))
        if entry["form_row"] is not None:
            _touch(entry, participation.put("form_id", entry["form_row"].pk))
        for target, source in self.alone_values.items():
            _touch(entry, participation.complete(target, entry[source]))

    def _do_claim(self, entry: Entry, own: ParticipationState, plan: Planned) -> None:
        claim = plan.claim
        person = self._person(entry, plan.other, claim.other, None)
        other = self._participation(entry, person, self.other_side, claim.started_on)
        workplace = entry[self.partner_workplace_field]
        if workplace:
            if not other["workplace"]:
                _touch(entry, other.put("workplace", workplace))
            elif other["workplace"] != workplace:
                messages.workplace_differs(entry, self.partner_workplace_field, other["workplace"])
        mentor, mentee = (own, other) if self.side == Side.MENTOR else (other, own)
        pair = plan.pair
        if pair is None:
            pair = PairState(None, {}, mentor, mentee)
            pair.data.update(
                started_on=claim.started_on,
                ended_on=claim.ended_on,
                form_id=claim.form.pk,
                mentor_population=str(mentor["population"] or claim.form.mentor_population),
                mentee_population=str(mentee["population"] or claim.form.mentee_population),
            )
            self.people.add_pair(pair)
            entry.touch(ADDED)
        else:
            _touch(entry, pair.traced)
            _touch(entry, pair.complete("started_on", claim.started_on))
            _touch(entry, pair.complete("ended_on", claim.ended_on))
            if claim.form is not None:
                _touch(entry, self._derive(pair, claim.form))
        for target, value in claim.values.items():
            _touch(entry, pair.complete(target, value))
        pair.put(self.own_place, self.context.place(entry.number))
        pair.claimed_by = entry.number

    @staticmethod
    def _derive(pair: PairState, form) -> bool:
        """Who the two are follows anew when a row says more or the form was corrected."""
        mentor = str(pair.mentor["population"] or form.mentor_population)
        mentee = str(pair.mentee["population"] or form.mentee_population)
        if (mentor, mentee) not in FITTING:
            return False
        return pair.put("mentor_population", mentor) | pair.put("mentee_population", mentee)

    def _settle(self) -> None:
        """Puts together what several rows of the file say of one person."""
        for participation in self.people.participations:
            for name, values in (participation.seen or {}).items():
                _settle_value(participation, name, values)
        for person in self.people.people:
            if person.contacts:
                _settle_value(person, "contact", person.contacts)


def _settle_value(state, name: str, values: dict[str, list[Entry]]) -> None:
    latest = next(reversed(values))
    value = latest
    if len(values) > 1 and (name in JOINED or name == "contact"):
        joined = "; ".join(values)
        value = joined if len(joined) <= LONGEST.get(name, len(joined)) else latest
    before = state[name]
    if state.put(name, value) and not state.new:
        for text, entries in values.items():
            if text not in str(before).split("; "):
                for entry in entries:
                    entry.touch(UPDATED)
                break
        else:
            values[latest][0].touch(UPDATED)


def _touch(entry: Entry, changed: bool) -> None:
    if changed:
        entry.touch(UPDATED)
