"""Answers added up by questionnaire and question, with the sizes that decide what may be shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from common.reporting import ReportContext
from common.small_groups import hidden_among, hides_total
from monitoring.period import ReportingPeriod
from monitoring.queries import reported_places
from monitoring.sources import answered_in
from orgs.models import Organization
from surveys.enums import Measure, QuestionType, Respondent, Wave
from surveys.models import Answer, Question

CHUNK = 2000


class Group(NamedTuple):
    """Who was asked about what: the form of mentoring (empty: all of them), the wave, the side."""

    form: str
    wave: int
    respondent: str


class Asked(NamedTuple):
    """A question as it was worded; equal ones of several versions are one."""

    text: str
    type: str


# Questions of the second wave that workbooks from paper carry too, in the order of the form.
MEASURES = {
    Measure.JOINT_WORK: Asked("Довольны ли совместной работой", QuestionType.SCALE),
    Measure.RESULT: Asked("Довольны ли результатом", QuestionType.SCALE),
    Measure.ENJOYED: Asked("Понравилось ли участвовать", QuestionType.YES_NO),
}


@dataclass
class Sum:
    """Values of one question: how often each was given, and how many answers each organization gave."""

    values: Counter = field(default_factory=Counter)
    sizes: Counter = field(default_factory=Counter)
    few: bool = False

    def add(self, organization: int, value, *, inside: bool) -> None:
        """One answer; those outside the report only decide what may be shown of it."""
        self.sizes[organization] += 1
        if inside:
            self.values[value] += 1

    @property
    def count(self) -> int:
        return sum(self.values.values())

    @property
    def mean(self) -> Fraction | None:
        """Of values from 1 to 10."""
        return (
            Fraction(sum(value * n for value, n in self.values.items()), self.count) if self.count else None
        )

    def share(self, value) -> Fraction | None:
        """The share of a value among the answers to the question."""
        return Fraction(self.values[value], self.count) if self.count else None


@dataclass
class Tally:
    """Sums of the report: whole answers by group, then each question of the group in its order."""

    answers: dict[Group, Sum] = field(default_factory=dict)
    questions: dict[Group, dict[Asked, Sum]] = field(default_factory=dict)


def read_tally(context: ReportContext) -> Tally:
    """Adds up the answers of the year that the scope may read; four queries, answers one at a time.

    Forms are told apart only in all that the scope sees. In a part of it they stand together: figures by
    form of one part after another would add up to those that the whole hides.
    """
    period = ReportingPeriod.of(context.year, context.as_of, school=context.school_year)
    everywhere = reported_places(context.scope, context.municipality)
    districts = dict(everywhere.values_list("pk", "district_id"))
    wanted = reported_places(
        context.scope, context.municipality, context.narrowed(Organization.objects.all())
    )
    inside = set(wanted.values_list("pk", flat=True))
    rows = (
        Answer.objects.visible_to(context.scope)
        .filter(answered_in(period), organization__in=everywhere.order_by().values("pk"))
        .order_by("form__position", "form__title", "wave", "respondent", "pk")
        .values_list("form__title", "wave", "respondent", "organization", "version", "values", *MEASURES)
    )
    is_whole = inside >= districts.keys()
    tally = _added_up(rows.iterator(chunk_size=CHUNK), inside, _questions(), by_form=is_whole)
    for sums in (tally.answers, *tally.questions.values()):
        for found in sums.values():
            found.few = hides_total(found.sizes, districts, inside)
    _hide_forms(tally.answers)
    for question in {question for own in tally.questions.values() for question in own}:
        _hide_forms({group: own[question] for group, own in tally.questions.items() if question in own})
    return tally


def _hide_forms(sums: Mapping[Group, Sum]) -> None:
    """Forms that would follow from the others and from the figure of all forms, which indicators show."""
    numbered = dict(enumerate(sums))
    sizes = {number: sums[group].count for number, group in numbered.items()}
    sides = {number: (group.wave, group.respondent) for number, group in numbered.items()}
    for side in set(sides.values()):
        own = {number: size for number, size in sizes.items() if sides[number] == side}
        for number in hidden_among(own):
            sums[numbered[number]].few = True


def _added_up(
    rows: Iterable[tuple], inside: set[int], questions: Mapping[int, dict[str, Asked]], *, by_form: bool
) -> Tally:
    answers: dict[Group, Sum] = defaultdict(Sum)
    asked: dict[Group, dict[Asked, Sum]] = defaultdict(lambda: defaultdict(Sum))
    order = {question: (1, number) for number, question in enumerate(MEASURES.values())}
    for form, wave, respondent, organization, version, values, *measures in rows:
        group = Group(form if by_form else "", wave, respondent)
        here = organization in inside
        answers[group].add(organization, True, inside=here)
        known = questions.get(version, {})
        given = {known[number]: value for number, value in (values or {}).items() if number in known}
        for number in (values or {}).keys() & known.keys():
            order.setdefault(known[number], (0, int(number)))
        given |= {
            question: value
            for question, value in zip(MEASURES.values(), measures, strict=True)
            if value is not None
        }
        for question, value in given.items():
            asked[group][question].add(organization, value, inside=here)
    kept = {group: found for group, found in answers.items() if found.count}
    return Tally(
        kept,
        {
            group: {
                question: found
                for question, found in sorted(asked[group].items(), key=lambda one: order[one[0]])
                if found.count
            }
            for group in kept
        },
    )


def _questions() -> dict[int, dict[str, Asked]]:
    """Questions with figures by version and number; free text stays with those who may read it."""
    found: dict[int, dict[str, Asked]] = defaultdict(dict)
    rows = Question.objects.exclude(type=QuestionType.TEXT).filter(measure=Measure.NONE)
    for version, position, text, kind in rows.order_by("version", "position").values_list(
        "version", "position", "text", "type"
    ):
        found[version][str(position)] = Asked(text, kind)
    return found


def group_words(group: Group) -> dict[str, str]:
    """The form, the wave and the side in words."""
    return {
        "form": group.form or "все формы",
        "wave": str(Wave(group.wave).label),
        "respondent": str(Respondent(group.respondent).label),
    }
