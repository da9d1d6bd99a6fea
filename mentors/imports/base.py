"""What the two bases share: from rows to people and pairs, decided first, done after."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from common.cells import Birth
from common.dates import age_on
from common.importing import ADDED, UPDATED, Entry, WorkbookResource
from common.importing.lookup import TitleLookup
from common.names import PersonName, parse_person_name
from common.sheets.problems import CellProblem
from mentors.enums import POPULATIONS_THAT_PAIR, Population, Side
from mentors.imports import messages
from mentors.imports.namesakes import hand_over, pair_of_namesake
from mentors.imports.pairing import Match, match_pair, same_school_year
from mentors.imports.people import SchoolPeople, complete_birth
from mentors.imports.states import Claim, PairState, ParticipationState, PersonState
from mentors.imports.writer import PeopleWriter
from mentors.models import MentoringForm
from orgs.models import Organization

# The programmes of additional education take children from five (domain practice); below it is a typo.
YOUNGEST_MENTEE = 5
# Р-145 and order 1438 speak of pupils who mentor from fifteen.
YOUNGEST_PUPIL_MENTOR = 15
NAME_PARTS = ("last_name", "first_name", "patronymic")
FITTING = frozenset((str(mentor), str(mentee)) for mentor, mentee in POPULATIONS_THAT_PAIR)
# Of one person several rows may say several things (joined), or a newer thing (the latest).
JOINED = frozenset(
    {"competencies", "achievements", "interests", "desired_age", "time_resource", "main_request"}
)
LONGEST = {"desired_age": 150, "time_resource": 150, "contact": 500}


class Planned(NamedTuple):
    """What is to be done about one claim."""

    claim: Claim
    other: PersonState | None
    pair: PairState | None


class BaseResource(WorkbookResource):
    """One of the two bases; a subclass names its side and its columns."""

    needs_organization: ClassVar[bool] = True
    side: ClassVar[Side]
    other_side: ClassVar[Side]
    own_place: ClassVar[str]
    other_place: ClassVar[str]
    name_field: ClassVar[str]
    birth_field: ClassVar[str]
    partner_field: ClassVar[str]
    partner_workplace_field: ClassVar[str]
    pair_values: ClassVar[dict[str, str]]
    person_values: ClassVar[tuple[str, ...]]

    def __init__(self, context):
        super().__init__(context)
        self.forms = TitleLookup(MentoringForm.objects.filter(active=True))
        self.people: SchoolPeople
        self.seen_alone: dict[int, int] = {}

    def lock(self) -> None:
        """Two imports into one school wait for each other."""
        Organization.objects.select_for_update().get(pk=self.context.organization.pk)

    # One row by itself

    def check_entry(self, entry: Entry) -> None:
        values = entry.values
        values["name"] = self._own_name(entry)
        started, ended = values.get("started_on"), values.get("ended_on")
        if started and ended and ended < started:
            messages.dates_out_of_order(entry)
        form_text = values.get("form")
        values["form_row"] = self.forms.find(form_text) if form_text else None
        if form_text and values["form_row"] is None:
            messages.form_unknown(entry, self.forms.all_titles())
        values["partners"] = self.partners(entry)
        if values["partners"] and not form_text:
            values["form_needed"] = True
        self._check_age(entry)

    def _own_name(self, entry: Entry) -> PersonName | None:
        cells = entry.cells
        field = self.name_field
        parts = None
        if not cells.get(self.name_field) and "last_name" in entry.table.columns:
            field = "last_name"
            parts = (cells.get("last_name"), cells.get("first_name"), cells.get("patronymic"))
        return self.read_name(entry, cells.get(self.name_field), field=field, parts=parts)

    def read_name(self, entry: Entry, value, *, field: str, parts=None) -> PersonName | None:
        """The name in a cell, or None with the problem noted."""
        try:
            name, warnings = parse_person_name(value, parts)
        except CellProblem as finding:
            entry.report_cell(finding, field=NAME_PARTS[finding.part] if parts else field)
            return None
        for warning in warnings:
            entry.report_cell(warning, field=NAME_PARTS[warning.part] if parts else field)
        return name

    def partners(self, entry: Entry) -> list[PersonName]:
        """The people whom the row names as partners."""
        raise NotImplementedError

    def _check_age(self, entry: Entry) -> None:
        birth: Birth | None = entry["birth"]
        if not birth:
            return
        on = entry["started_on"] or timezone.localdate()
        age = age_on(birth.date, on) if birth.date else on.year - birth.year
        form = entry["form_row"]
        if age < 0:
            messages.start_before_birth(entry, self.birth_field)
        elif self.side == Side.MENTEE and age < YOUNGEST_MENTEE:
            messages.mentee_too_young(entry, self.birth_field, age, YOUNGEST_MENTEE)
        elif (
            self.side == Side.MENTOR
            and form is not None
            and form.mentor_population == Population.PUPIL
            and age < YOUNGEST_PUPIL_MENTOR
        ):
            messages.pupil_mentor_young(entry, self.birth_field, age, YOUNGEST_PUPIL_MENTOR)

    # A batch against the school

    def take(self, entries: list[Entry]) -> None:
        good = [entry for entry in entries if not entry.refused]
        self.people = SchoolPeople(self.context.organization, self.context.scope)
        self.people.load(
            name.key for entry in good for name in (entry["name"], *entry["partners"]) if name is not None
        )
        self.seen_alone = {}
        if self.whole_file:
            self._check_missing_pairs(good)
        for entry in good:
            if not entry.refused:
                self._take_entry(entry)
        self._settle()
        self.pairs_added += sum(pair.new for pair in self.people.pairs)
        PeopleWriter(self.people, self.context).write()
        self.people.forget()

    def _check_missing_pairs(self, entries: list[Entry]) -> None:
        """Pairs of the other base that this base, naming the person, leaves out."""
        rows: dict[int, list[Entry]] = {}
        named_by: dict[str, set[str]] = {}
        for entry in entries:
            # What a namesake's row names is that one's pair: see ``pair_of_namesake``.
            named_by.setdefault(entry["name"].key, set()).update(name.key for name in entry["partners"])
            person, _several = self.people.candidates(entry["name"], entry["birth"])
            if person is not None:
                rows.setdefault(id(person), []).append(entry)
        for pair in self.people.pairs:
            own, other = self._sides(pair)
            if not pair[self.other_place] or pair[self.own_place] or id(own.person) not in rows:
                continue
            if other.person["name_key"] in named_by[own.person["name_key"]]:
                continue
            of_person = rows[id(own.person)]
            entry = of_person[0]
            if not any(row["partners"] for row in of_person):
                messages.pair_not_named(entry, self.partner_field, other.person.name, pair[self.other_place])
            elif not self.context.answer(entry.number, "pair_only_there") and any(
                same_school_year(row["started_on"], pair["started_on"]) for row in of_person
            ):
                messages.pair_only_there(entry, self.partner_field, other.person.name, pair[self.other_place])

    def _take_entry(self, entry: Entry) -> None:
        own = self._find(
            entry, entry["name"], entry["birth"], self._own_field(entry), "namesake", entry["partners"]
        )
        planned = []
        for name in entry["partners"]:
            other = self._find(
                entry, name, None, self.partner_field, "partner_namesake", [entry["name"]], partner=True
            )
            if not entry.refused:
                planned += self._plan(entry, own, other, self._claim(entry, name))
        if not entry.refused:
            self._do(entry, own, planned)

    def _own_field(self, entry: Entry) -> str:
        return self.name_field if self.name_field in entry.table.columns else "last_name"

    def _find(
        self, entry: Entry, name: PersonName, birth, field: str, code: str, partners, *, partner=False
    ) -> PersonState | None:
        """The person of the school who is meant; None for somebody new. May ask a question."""
        person, several = self.people.candidates(name, birth)
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

    # Doing what was decided

    def _do(self, entry: Entry, own: PersonState | None, planned: list[Planned]) -> None:
        own = self._person(entry, own, entry["name"], entry["birth"], apart=True)
        for plan in planned:
            if plan.pair is not None:
                hand_over(self.people, plan.pair, own, side=self.side, places=self._places)
        participation = self._participation(entry, own, self.side, entry["started_on"])
        participation.put("base_place", self.context.place(entry.number))
        if entry["population"]:
            _touch(entry, participation.put("population", str(entry["population"])))
        for name in self.person_values:
            participation.see(name, entry[name] or "", entry)
        if entry["contact"]:
            own.hear(entry["contact"], entry)
        if not planned:
            if not entry["partners"]:
                self._alone(entry, participation)
            return
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

    def _participation(self, entry: Entry, person: PersonState, role: str, date) -> ParticipationState:
        known = person.open_participation(role, date)
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

    def _pairs(self, own: PersonState, other: PersonState) -> list[PairState]:
        mentor, mentee = (own, other) if self.side == Side.MENTOR else (other, own)
        return self.people.pairs_between(mentor, mentee)

    @property
    def _places(self) -> tuple[str, str]:
        return self.own_place, self.other_place

    def _sides(self, pair: PairState) -> tuple[ParticipationState, ParticipationState]:
        return (pair.mentor, pair.mentee) if self.side == Side.MENTOR else (pair.mentee, pair.mentor)


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


def _population(person: PersonState | None, role: str) -> str:
    if person is None:
        return ""
    return next(
        (item["population"] for item in person.participations if item.role == role and item["population"]), ""
    )


def _touch(entry: Entry, changed: bool) -> None:
    if changed:
        entry.touch(UPDATED)
