"""What the two bases share: from rows to people and pairs, decided first, done after."""

from __future__ import annotations

from itertools import chain
from typing import ClassVar

from django.utils import timezone

from common.cells import Birth
from common.dates import age_on
from common.importing import Entry, WorkbookResource
from common.importing.lookup import TitleLookup
from common.names import PersonName, parse_person_name
from common.sheets.problems import CellProblem
from mentors.enums import Population, Side
from mentors.imports import messages
from mentors.imports.deciding import Deciding
from mentors.imports.doing import Doing
from mentors.imports.likeness import similar_names
from mentors.imports.people import SchoolPeople
from mentors.imports.results import THINGS, next_steps, tally
from mentors.imports.states import PLACE_FIELDS, PairState, ParticipationState, PersonState
from mentors.imports.writer import PeopleWriter
from mentors.models import MentoringForm
from orgs.models import Organization

# The programmes of additional education take children from five (domain practice); below it is a typo.
YOUNGEST_MENTEE = 5
# Р-145 and order 1438 speak of pupils who mentor from fifteen.
YOUNGEST_PUPIL_MENTOR = 15
NAME_PARTS = ("last_name", "first_name", "patronymic")


class BaseResource(Deciding, Doing, WorkbookResource):
    """One of the two bases; a subclass names its side and its columns."""

    needs_organization: ClassVar[bool] = True
    things = THINGS
    untraced = PLACE_FIELDS
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

    @classmethod
    def tally(cls, added):
        return tally(added)

    @classmethod
    def next_steps(cls, scope, organization):
        return next_steps(scope, organization)

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
            messages.form_unknown(entry, self.forms.all_titles(), self.forms.close(form_text, 1))
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
        self.similar_keys = self._similar_names(good) if self.context.asks else {}
        self.people.load(
            chain(
                (
                    name.key
                    for entry in good
                    for name in (entry["name"], *entry["partners"])
                    if name is not None
                ),
                *self.similar_keys.values(),
            )
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

    def _take_entry(self, entry: Entry) -> None:
        own = self._find(
            entry, entry["name"], entry["birth"], self._own_field(entry), "namesake", entry["partners"]
        )
        self._check_counted_age(entry, own)
        planned = []
        for name in entry["partners"]:
            other = self._find(
                entry, name, None, self.partner_field, "partner_namesake", [entry["name"]], partner=True
            )
            if not entry.refused:
                planned += self._plan(entry, own, other, self._claim(entry, name))
        if not entry.refused:
            self._do(entry, own, planned)

    def _similar_names(self, entries: list[Entry]) -> dict[str, list[str]]:
        """For partners whom the school does not have: keys of its people's names that may be meant."""
        partners = {name.key: name for entry in entries for name in entry["partners"]}
        return similar_names(self.context.scope, self.context.organization, partners) if partners else {}

    def _pairs(self, own: PersonState, other: PersonState) -> list[PairState]:
        mentor, mentee = (own, other) if self.side == Side.MENTOR else (other, own)
        return self.people.pairs_between(mentor, mentee)

    @property
    def _places(self) -> tuple[str, str]:
        return self.own_place, self.other_place

    def _sides(self, pair: PairState) -> tuple[ParticipationState, ParticipationState]:
        return (pair.mentor, pair.mentee) if self.side == Side.MENTOR else (pair.mentee, pair.mentor)
