"""What a row means for the pairs of the school, and what contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from common.importing import Entry
from common.names import PersonName
from mentors.enums import POPULATIONS_THAT_PAIR, Population, Side
from mentors.imports import messages
from mentors.imports.likeness import may_mean
from mentors.imports.namesakes import pair_of_namesake
from mentors.imports.pairing import Match, match_pair, same_school_year
from mentors.imports.states import Claim, PairState, PersonState

# Of the indicator «дети 10–18 лет, вошедшие в программы в роли наставляемого».
COUNTED_AGES = (10, 18)
# Buttons beside one question.
MOST_SIMILAR = 5
FITTING = frozenset((str(mentor), str(mentee)) for mentor, mentee in POPULATIONS_THAT_PAIR)


class Planned(NamedTuple):
    """What is to be done about one claim."""

    claim: Claim
    other: PersonState | None
    pair: PairState | None


class Deciding:
    """The part of a base that finds who and which pair a row means; it may ask a person."""

    # Of names that the school does not have, those of its people who may be meant.
    similar_keys: Mapping[str, list[str]]

    def _check_missing_pairs(self, entries: list[Entry]) -> None:
        """Pairs of the other base that this base, naming the person, leaves out."""
        rows: dict[int, list[Entry]] = {}
        named_by: dict[str, dict[str, PersonName]] = {}
        for entry in entries:
            # What a namesake's row names is that one's pair: see ``pair_of_namesake``.
            named_by.setdefault(entry["name"].key, {}).update((name.key, name) for name in entry["partners"])
            person, _several = self.people.candidates(entry["name"], entry["birth"])
            if person is not None:
                rows.setdefault(id(person), []).append(entry)
        for pair in self.people.pairs:
            own, other = self._sides(pair)
            if not pair[self.other_place] or pair[self.own_place] or id(own.person) not in rows:
                continue
            if self._is_named(other.person, named_by[own.person["name_key"]]):
                continue
            if {own.person.id, other.person.id} & self.people.withdrawn:
                continue
            of_person = rows[id(own.person)]
            entry = of_person[0]
            if not any(row["partners"] for row in of_person):
                messages.pair_not_named(entry, self.partner_field, other.person.name, pair[self.other_place])
            elif not self.context.answer(entry.number, "pair_only_there") and any(
                same_school_year(row["started_on"], pair["started_on"]) for row in of_person
            ):
                messages.pair_only_there(entry, self.partner_field, other.person.name, pair[self.other_place])

    def _is_named(self, person: PersonState, names: Mapping[str, PersonName]) -> bool:
        """Whether the person stands among the names, or is asked about at one that is shorter."""
        if person["name_key"] in names:
            return True
        return self.context.asks and any(may_mean(name, person.name) for name in names.values())

    def _own_field(self, entry: Entry) -> str:
        return self.name_field if self.name_field in entry.table.columns else "last_name"

    def _find(
        self, entry: Entry, name: PersonName, birth, field: str, code: str, partners, *, partner=False
    ) -> PersonState | None:
        """The person of the school who is meant; None for somebody new.

        May ask a question; refuses the row of somebody whose consent was withdrawn.
        """
        person = self._meant(entry, name, birth, field, code, partners, partner=partner)
        if person is not None and person.id in self.people.withdrawn:
            messages.consent_withdrawn(entry, field, name)
        return person

    def _meant(
        self, entry: Entry, name: PersonName, birth, field: str, code: str, partners, *, partner: bool
    ) -> PersonState | None:
        person, several = self.people.candidates(name, birth)
        if person is None and not several and partner and self.context.asks:
            return self._similar(entry, name, field, partners)
        if person is not None or not several:
            return person
        answer = self.context.answer(entry.number, code)
        if answer == messages.NEW:
            return None
        for candidate in several:
            if candidate.id is not None and answer == messages.person_choice(candidate.id):
                return candidate
        keys = {other.key for other in partners if other is not None}
        role = self.other_side if partner else self.side
        paired = [candidate for candidate in several if self._paired_with(candidate, role, keys)]
        if len(paired) == 1:
            return paired[0]
        messages.namesakes(entry, field, code, name, several)
        return None

    def _similar(self, entry: Entry, name: PersonName, field: str, partners) -> PersonState | None:
        """Whom an unknown partner's name may mean, asked of a person; None for somebody new."""
        similar = [
            person
            for key in self.similar_keys.get(name.key, ())
            for person in self.people.by_key.get(key, ())
            if person.id is not None and person.id not in self.people.withdrawn
        ]
        answer = self.context.answer(entry.number, "partner_unknown")
        if not similar or answer == messages.NEW:
            return None
        keys = {own.key for own in partners if own is not None}
        for person in similar:
            if answer == messages.person_choice(person.id):
                return person
        # The pair is known already: the same file once more asks nothing.
        paired = [person for person in similar if self._paired_with(person, self.other_side, keys)]
        if len(paired) == 1:
            return paired[0]
        messages.partner_unknown(entry, field, self.other_side, name, similar[:MOST_SIMILAR])
        return None

    def _check_counted_age(self, entry: Entry, own: PersonState | None) -> None:
        """Asks about a new pupil whom the indicator of the year will not count."""
        birth = entry["birth"]
        if not self.context.asks or self.side != Side.MENTEE or not birth:
            return
        if own is not None and own["birth_year"] == birth.year:
            return
        form = entry["form_row"]
        population = entry["population"] or (form.mentee_population if form else "")
        year = (entry["started_on"] or timezone.localdate()).year
        age = year - birth.year
        if population != Population.PUPIL or COUNTED_AGES[0] <= age <= COUNTED_AGES[1]:
            return
        if self.context.answer(entry.number, "age_not_counted") != messages.KEEP:
            messages.age_not_counted(entry, self.birth_field, age, year, COUNTED_AGES)

    def _paired_with(self, person: PersonState, role: str, keys: set[str]) -> bool:
        return any(
            (pair.mentee if role == Side.MENTOR else pair.mentor).person["name_key"] in keys
            for participation in person.participations
            if participation.role == role
            for pair in self.people.pairs_by_participation.get(id(participation), ())
        )

    def _claim(self, entry: Entry, partner: PersonName) -> Claim:
        values = {target: entry[source] or "" for target, source in self.pair_values.items()}
        return Claim(
            entry["name"], partner, entry["started_on"], entry["ended_on"], entry["form_row"], values
        )

    def _plan(self, entry: Entry, own, other, claim: Claim) -> list[Planned]:
        """What the claim means for the pairs of the two; reports what contradicts."""
        if (own is not None and own is other) or (
            own is None and other is None and claim.own.key == claim.other.key
        ):
            messages.own_mentor(entry, self.partner_field)
            return []
        if own is None or other is None:
            match, pair = Match.NEW, None
        else:
            match, pair = match_pair(self._pairs(own, other), claim)
        if match is Match.REPEATED:
            self._repeated(entry, claim, pair)
            return []
        if match is Match.NEW:
            lent = other and pair_of_namesake(
                self.people, own, other, claim, side=self.side, places=self._places
            )
            if lent:
                return [Planned(claim, other, lent)]
            return self._plan_new(entry, own, other, claim)
        if match in (Match.DATES_DIFFER, Match.FORM_DIFFERS) and not self._settled(entry, claim, pair, match):
            return []
        return [Planned(claim, other, pair)]

    def _plan_new(self, entry: Entry, own, other, claim: Claim) -> list[Planned]:
        if claim.form is None:
            if entry["form_needed"]:
                messages.form_missing(entry, self.forms.all_titles())
            return []
        if not self._roles_fit(entry, own, other, claim.form):
            messages.roles_do_not_fit(entry, claim.form)
            return []
        there = self._stands_there(other, claim)
        if there:
            answer = self.context.answer(entry.number, "pair_only_here")
            if answer == messages.SKIP:
                return []
            if answer != messages.TAKE:
                messages.pair_only_here(entry, self.partner_field, claim.other, there)
                return []
        return [Planned(claim, other, None)]

    def _stands_there(self, other: PersonState | None, claim: Claim) -> str:
        """Where the partner stands in the other base for the same school year without this pair."""
        if other is None:
            return ""
        for participation in other.participations:
            if participation.role != self.other_side or not participation["base_place"]:
                continue
            pairs = self.people.pairs_by_participation.get(id(participation), ())
            if any(
                pair[self.other_place] and same_school_year(pair["started_on"], claim.started_on)
                for pair in pairs
            ):
                return participation["base_place"]
        return ""

    def _roles_fit(self, entry: Entry, own, other, form) -> bool:
        said = {self.side: entry["population"] or _population(own, self.side)}
        said[self.other_side] = _population(other, self.other_side)
        mentor = said[Side.MENTOR] or form.mentor_population
        mentee = said[Side.MENTEE] or form.mentee_population
        return (str(mentor), str(mentee)) in FITTING

    def _repeated(self, entry: Entry, claim: Claim, pair: PairState) -> None:
        same = (pair["started_on"], pair["ended_on"]) == (claim.started_on, claim.ended_on)
        if same and (claim.form is None or pair["form_id"] == claim.form.pk):
            if pair.claimed_by != entry.number:
                messages.repeated_row(entry, self.partner_field, pair.claimed_by)
        else:
            messages.pair_repeated(entry, self.partner_field, pair.claimed_by)

    def _settled(self, entry: Entry, claim: Claim, pair: PairState, match: Match) -> bool:
        """Whether a difference may be written: a correction of this base, or one that a person allowed."""
        if not pair[self.other_place]:
            self._correct(claim, pair)
            return True
        code = "pair_form_differs" if match is Match.FORM_DIFFERS else "pair_dates_differ"
        answer = self.context.answer(entry.number, code)
        if answer == messages.TAKE:
            self._correct(claim, pair)
            return True
        if answer == messages.KEEP:
            claim.started_on, claim.ended_on, claim.form = pair["started_on"], pair["ended_on"], None
            return True
        if match is Match.FORM_DIFFERS:
            known = {form.pk: form.title for form in self.forms.rows()}
            messages.pair_differs(
                entry, "form", code, _("form"), pair[self.other_place], known.get(pair["form_id"], "")
            )
        else:
            field = (
                "started_on" if claim.started_on != pair["started_on"] and claim.started_on else "ended_on"
            )
            there = pair[field]
            messages.pair_differs(
                entry,
                field,
                code,
                _("start date") if field == "started_on" else _("end date"),
                pair[self.other_place],
                there.strftime("%d.%m.%Y") if there else "",
            )
        return False

    @staticmethod
    def _correct(claim: Claim, pair: PairState) -> None:
        pair.complete("started_on", claim.started_on)
        pair.complete("ended_on", claim.ended_on)
        if pair["started_on"] and pair["ended_on"] and pair["ended_on"] < pair["started_on"]:
            pair.put("ended_on", claim.ended_on)
        if claim.form is not None:
            pair.put("form_id", claim.form.pk)


def _population(person: PersonState | None, role: str) -> str:
    if person is None:
        return ""
    return next(
        (item["population"] for item in person.participations if item.role == role and item["population"]), ""
    )
