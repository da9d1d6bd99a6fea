"""The people behind a figure: counted, not counted with the reason, doubtful.

Counted people are found by the very condition of the figure's numerator, so the list and the number
cannot part ways. All lists are querysets of people; pages cut them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from mentors.models import Pair, Participation, Person
from monitoring.conditions import aged
from monitoring.definitions import Definition
from monitoring.period import ReportingPeriod
from monitoring.reasons import CONDITIONS, Doubt, Reason, Standing
from monitoring.sources import HEADCOUNTS, PAIRS, Context
from orgs.scope import Scope


def has_people(definition: Definition) -> bool:
    """Whether people stand behind the figure by name (and not answers, documents or organizations)."""
    return definition.numerator.source is PAIRS


@dataclass(frozen=True)
class People:
    """Who stands behind one indicator in the organizations of ``places`` that the scope may see."""

    definition: Definition
    places: QuerySet
    period: ReportingPeriod
    scope: Scope

    def of(self, standing: str) -> QuerySet:
        """People of one tab by name, annotated with ``reason`` (not counted) or ``doubt`` (doubtful)."""
        found = {
            Standing.COUNTED: self.counted,
            Standing.NOT_COUNTED: self.lacking,
            Standing.OUTSIDE: self.outside,
            Standing.DOUBTFUL: self.doubtful,
        }[Standing(standing)]
        return found().order_by("name_key", "pk")

    def counted(self) -> QuerySet:
        """People in the numerator; their number at one place or over many is the numerator itself."""
        return Person.objects.filter(Exists(self._counting_pairs()))

    def not_counted(self) -> QuerySet:
        """People of this role who are not in the numerator, with the first condition that failed."""
        people = Person.objects.filter(self._concerned(), ~Exists(self._counting_pairs()))
        return people.annotate(reason=self._reason())

    def lacking(self) -> QuerySet:
        """Of those not counted, the people who would count if something were arranged or corrected."""
        return self.not_counted().filter(~self._is_outside())

    def outside(self) -> QuerySet:
        """Of those not counted, the people who do not belong to the base of the indicator."""
        return self.not_counted().filter(self._is_outside())

    def read(self, standing: str, keys: list[int]) -> list[Person]:
        """The people of a page by their keys, in that order: what is costly to say is said of them alone."""
        found = {person.pk: person for person in self.of(standing).filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]

    def reasons(self) -> dict[str, int]:
        """How many people are not counted for each reason; one query."""
        rows = self.not_counted().order_by().values("reason").annotate(people=Count("pk"))
        return dict(rows.values_list("reason", "people"))

    def doubtful(self) -> QuerySet:
        """People whose data should be looked at, counted or not, with the first doubt."""
        people = Person.objects.filter(self._concerned())
        return people.annotate(doubt=self._doubt()).exclude(doubt="")

    def reason_text(self, reason: str) -> str:
        """The words of a reason for this indicator."""
        if reason == Reason.CONDITION and self.definition.code in CONDITIONS:
            return str(CONDITIONS[self.definition.code])
        return str(Reason(reason).label)

    def pairs_of(self, persons: list[Person]) -> QuerySet:
        """Pairs of these people in this role at the places, the latest first."""
        found = Pair.objects.filter(
            **{f"{self.side}__person__in": persons}, organization__in=self._places, started_on__isnull=False
        )
        return found.order_by("-started_on", "-pk")

    def participations(self, persons: list[Person]) -> QuerySet:
        """What these people do in this role at the places."""
        return Participation.objects.filter(person__in=persons, role=self.side, organization__in=self._places)

    @cached_property
    def side(self) -> str:
        """The role that the indicator counts: mentor or mentee."""
        return self.definition.numerator.column.removesuffix("__person")

    @cached_property
    def _population(self) -> str:
        return self.definition.numerator.population

    @cached_property
    def _ages(self) -> tuple[int, int] | None:
        return self.definition.numerator.ages

    @cached_property
    def _context(self) -> Context:
        return Context(self.period, self.places.visible_to(self.scope))

    @cached_property
    def _places(self) -> QuerySet:
        return self._context.places.values("pk")

    def _pairs(self) -> QuerySet:
        """The outer person's pairs in this role and population."""
        pairs = Pair.objects.filter(**{f"{self.side}__person": OuterRef("pk")}, organization__in=self._places)
        return pairs.filter(**{f"{self.side}_population": self._population}) if self._population else pairs

    def _with_base(self, pairs: QuerySet) -> QuerySet:
        base = self.definition.denominator
        if base is None or base.source is not HEADCOUNTS:
            return pairs
        given = HEADCOUNTS.rows(self._context).filter(**{f"{base.column}__isnull": False})
        return pairs.filter(organization__in=given.values("organization"))

    def _in_year(self) -> QuerySet:
        return self._pairs().within(self.period.start, self.period.end)

    def _counting_pairs(self) -> QuerySet:
        return self._with_base(self._in_year()).filter(self.definition.numerator.where(self._context))

    def _concerned(self) -> Q:
        """Who could be meant: people with such pairs, and those without a pair who may belong here.

        A pair may bring in a mentor who takes part in another organization.
        """
        alone = Participation.objects.filter(
            person=OuterRef("pk"),
            role=self.side,
            organization__in=self._places,
        )
        if self._population:
            alone = alone.filter(population__in=("", self._population))
        any_pair = Pair.objects.filter(
            **{f"{self.side}__person": OuterRef("pk")}, organization__in=self._places
        )
        return Q(Exists(self._pairs())) | (Q(Exists(alone)) & ~Q(Exists(any_pair)))

    def _reason(self) -> Case:
        started = self._pairs().filter(started_on__isnull=False)
        by_end = started.filter(started_on__lte=self.period.end)
        steps = [
            (~Q(Exists(self._pairs())), Reason.NO_COUNTERPART),
            (~Q(Exists(started)), Reason.NO_START),
            (~Q(Exists(by_end)), Reason.LATER_YEAR),
            (~Q(Exists(self._in_year())), Reason.EARLIER_YEAR),
        ]
        if self._ages:
            steps += [
                (Q(birth_date__isnull=True, birth_year__isnull=True), Reason.NO_BIRTH),
                (~aged(self.period, *self._ages), Reason.AGE),
            ]
        steps.append((~Q(Exists(self._with_base(self._in_year()))), Reason.NO_HEADCOUNT))
        return _first(steps, Reason.CONDITION)

    def _is_outside(self) -> Q:
        """Whether the reason is one of ``OUTSIDE``, without asking for the reason itself."""
        if not self._ages:
            return Q(pk__in=[])
        is_known = Q(birth_date__isnull=False) | Q(birth_year__isnull=False)
        return is_known & ~aged(self.period, *self._ages) & Q(Exists(self._in_year()))

    def _doubt(self) -> Case:
        steps = [
            # The first condition of each is answered once for all; few people are left for the second.
            (Q(name_key__in=self._shared_names()) & Q(Exists(self._namesakes())), Doubt.NAMESAKE),
            (Q(pk__in=self._in_several()) & Q(Exists(self._elsewhere())), Doubt.SEVERAL),
        ]
        if self._ages:
            youngest, oldest = self._ages
            here = Q(Exists(self._in_year()))
            steps.insert(0, (here & Q(birth_year=self.period.year - oldest - 1), Doubt.BIRTHDAY))
            if self.period.as_of != self.period.end:
                edges = (self.period.year - youngest, self.period.year - oldest - 1)
                year_only = Q(birth_date__isnull=True, birth_year__in=edges)
                steps.insert(1, (here & year_only, Doubt.YEAR_ONLY))
        return _first(steps, "")

    def _shared_names(self) -> QuerySet:
        """Names that several people of one organization have in this role."""
        here = Participation.objects.filter(role=self.side, organization__in=self._places).order_by()
        by_name = here.values("organization", "person__name_key").annotate(
            people=Count("person", distinct=True)
        )
        return by_name.filter(people__gt=1).values("person__name_key")

    def _in_several(self) -> QuerySet:
        """People whose pairs of the year stand in several organizations."""
        pairs = Pair.objects.within(self.period.start, self.period.end).filter(organization__in=self._places)
        by_person = pairs.order_by().values(f"{self.side}__person")
        places = by_person.annotate(places=Count("organization", distinct=True))
        return places.filter(places__gt=1).values(f"{self.side}__person")

    def _namesakes(self) -> QuerySet:
        """Other people of the same name in the same organization and role, not told apart by birth."""
        own = Participation.objects.filter(
            person=OuterRef(OuterRef("pk")),
            role=self.side,
            organization=OuterRef("organization"),
        )
        same_name = Participation.objects.filter(
            Exists(own),
            role=self.side,
            organization__in=self._places,
            person__name_key=OuterRef("name_key"),
        ).exclude(person=OuterRef("pk"))
        # Different years of birth tell two people apart; an unknown one (here 0) does not.
        return same_name.alias(
            theirs=Coalesce("person__birth_year", 0),
            ours=Coalesce(OuterRef("birth_year"), 0, output_field=IntegerField()),
        ).filter(Q(theirs=0) | Q(ours=0) | Q(theirs=F("ours")))

    def _elsewhere(self) -> QuerySet:
        """Pairs of the year in a second organization: with another pair of the year at a lesser id."""
        other = Pair.objects.within(self.period.start, self.period.end).filter(
            **{f"{self.side}__person": OuterRef(OuterRef("pk"))},
            organization__in=self._places,
            organization__lt=OuterRef("organization"),
        )
        return self._in_year().filter(Exists(other))


def _first(steps: list[tuple], otherwise: str) -> Case:
    cases = [When(condition, then=Value(str(code))) for condition, code in steps]
    return Case(*cases, default=Value(str(otherwise)), output_field=CharField())
