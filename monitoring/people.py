"""The people behind a figure: counted, not counted with the reason, doubtful.

How far a person comes on the way into the figure is read from the person's pairs: each pair ends at the
first condition that it fails, and the pair that comes furthest speaks for the person. The last condition
is that of the figure's numerator itself, so the lists and the number cannot part ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from mentors.models import Pair, Participation, Person
from mentors.querysets import within
from monitoring.conditions import aged
from monitoring.definitions import Definition
from monitoring.doubts import Doubts
from monitoring.period import ReportingPeriod
from monitoring.reasons import CONDITIONS, OUTSIDE, Reason, Standing
from monitoring.sources import HEADCOUNTS, PAIRS, Context
from orgs.scope import Scope

# People of this role whom the indicator does not ask about: pupils where teachers are counted.
UNCONCERNED = ""
# So many people of a list are met often enough on a walk through all names.
MANY = 1_000
# How far a pair comes on its way into the figure, each with the reason why it comes no further.
WAY = (UNCONCERNED, *Reason.values, Standing.COUNTED.value)


class ReasonField(SmallIntegerField):
    """A reason in Python, its place on the way in the database, so that the furthest pair is a maximum."""

    def from_db_value(self, value, expression, connection):
        return None if value is None else WAY[value]

    def get_prep_value(self, value):
        return WAY.index(str(value))


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

    def of(self, standing: str, reason: str = "") -> QuerySet:
        """People of one tab by name, annotated with ``reason``, or with ``doubt`` where they are doubtful.

        ``reason`` leaves only those people of the tab who are not counted for this one.
        """
        if standing == Standing.DOUBTFUL:
            return self.doubtful().order_by("name_key", "pk")
        reasons = (reason,) if reason else self._reasons_of(standing)
        people = Person.objects.annotate(reason=self._reason()).filter(reason__in=reasons)
        return people.order_by("name_key", "pk")

    def counted(self) -> QuerySet:
        """People in the numerator; their number at one place or over many is the numerator itself."""
        return self.of(Standing.COUNTED)

    def not_counted(self) -> QuerySet:
        """People of this role who are not in the numerator, with the first condition that failed."""
        return Person.objects.annotate(reason=self._reason()).filter(reason__in=Reason.values)

    def doubtful(self) -> QuerySet:
        """People whose data should be looked at, counted or not, with the first doubt."""
        return Doubts(
            side=self.side,
            people=Person.objects.alias(reason=self._reason()),
            pairs=self._pairs(),
            participations=self._participations(),
            population=self._population(),
            concerned=~Q(reason=UNCONCERNED),
            here=Q(reason__gte=Reason.NO_BIRTH),
            ages=self.definition.numerator.ages,
            period=self.period,
        ).found()

    def listed(self, standing: str, reason: str, number: int) -> QuerySet:
        """People of a tab, or of one reason, for a page of keys; ``number`` of them are known to be there.

        Many are soon met on a walk through the names; few are found first, for the walk would ask everybody.
        """
        if number == 0:
            return Person.objects.none()
        if standing == Standing.DOUBTFUL or number >= MANY:
            return self.of(standing, reason).order_by()
        return Person.objects.filter(self._among((reason,) if reason else self._reasons_of(standing)))

    def read(self, standing: str, keys: list[int]) -> list[Person]:
        """The people of a page by their keys, in that order: what is costly to say is said of them alone."""
        found = {person.pk: person for person in self.of(standing).filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]

    def standings(self) -> dict[str, int]:
        """How many people are counted, and how many are not for each reason; two queries."""
        steps = [step for step in WAY if step != UNCONCERNED]
        numbers = self._furthest().aggregate(
            **{step: Count("person", filter=Q(reason=step)) for step in steps}
        )
        alone = self._alone().aggregate(people=Count("person", distinct=True))["people"]
        numbers[Reason.NO_COUNTERPART] += alone
        return {step: number for step, number in numbers.items() if number}

    def _among(self, reasons: tuple[str, ...]) -> Q:
        """The people of some reasons, found by their pairs at once."""
        found = Q(pk__in=self._furthest().filter(reason__in=reasons).values("person"))
        return found | Q(pk__in=self._alone().values("person")) if Reason.NO_COUNTERPART in reasons else found

    def reason_text(self, reason: str) -> str:
        """The words of a reason for this indicator."""
        if reason == Reason.CONDITION and self.definition.code in CONDITIONS:
            return str(CONDITIONS[self.definition.code])
        return str(Reason(reason).label)

    def pairs_of(self, persons: list[Person]) -> QuerySet:
        """Pairs of these people in this role at the places, the latest first."""
        found = self._pairs().filter(**{f"{self.side}__person__in": persons}, started_on__isnull=False)
        return found.order_by("-started_on", "-pk")

    def participations(self, persons: list[Person]) -> QuerySet:
        """What these people do in this role at the places."""
        return self._participations().filter(person__in=persons)

    @cached_property
    def side(self) -> str:
        """The role that the indicator counts: mentor or mentee."""
        return self.definition.numerator.column.removesuffix("__person")

    @cached_property
    def _context(self) -> Context:
        return Context(self.period, self.places.visible_to(self.scope))

    def _reasons_of(self, standing: str) -> tuple[str, ...]:
        return {
            Standing.COUNTED: (Standing.COUNTED,),
            Standing.NOT_COUNTED: tuple(reason for reason in Reason if reason not in OUTSIDE),
            Standing.OUTSIDE: OUTSIDE,
        }[Standing(standing)]

    def _pairs(self) -> QuerySet:
        return Pair.objects.filter(self._context.holds())

    def _participations(self) -> QuerySet:
        return Participation.objects.filter(self._context.holds(), role=self.side)

    def _eligible(self) -> QuerySet:
        """Participations that fit the indicator's population, or may fit it."""
        population = self.definition.numerator.population
        found = self._participations()
        return found.filter(population__in=("", population)) if population else found

    def _alone(self) -> QuerySet:
        """Participations of people without any pair here who may belong to the indicator.

        A pair may bring in a mentor who takes part in another organization.
        """
        own = self._pairs().filter(**{self.side: OuterRef("pk")})
        of_person = self._pairs().filter(**{f"{self.side}__person": OuterRef("person")})
        # The first condition follows from the second and is answered by one look into an index.
        return self._eligible().filter(~Exists(own)).filter(~Exists(of_person)).order_by()

    def _furthest(self, pairs: QuerySet | None = None) -> QuerySet:
        """People with pairs here, and how far the furthest of their pairs comes."""
        pairs = self._pairs() if pairs is None else pairs
        by_person = pairs.order_by().values(person=F(f"{self.side}__person"))
        return by_person.annotate(reason=Max(self._step()))

    def _reason(self) -> Coalesce:
        """The same of the outer person; without a pair the person lacks a counterpart."""
        own = self._pairs().filter(**{f"{self.side}__person": OuterRef("pk")})
        alone = self._eligible().filter(person=OuterRef("pk"))
        without_pair = Case(
            When(Exists(alone), then=_said(Reason.NO_COUNTERPART)),
            default=_said(UNCONCERNED),
            output_field=ReasonField(),
        )
        return Coalesce(Subquery(self._furthest(own).values("reason")), without_pair)

    def _population(self) -> Q:
        """Pairs that are about the indicator's population."""
        population = self.definition.numerator.population
        return Q(**{f"{self.side}_population": population}) if population else Q()

    def _step(self) -> Case:
        """How far a pair comes."""
        numerator, base = self.definition.numerator, self.definition.denominator
        cases: list[tuple[Q, str]] = []
        if numerator.population:
            cases.append((~self._population(), UNCONCERNED))
        in_year = within(self.period.start, self.period.end)
        based = Q()
        if base is not None and base.source is HEADCOUNTS:
            given = HEADCOUNTS.rows(self._context).filter(**{f"{base.column}__isnull": False})
            based = Q(organization__in=given.values("organization"))
        person = f"{self.side}__person__"
        of_age = aged(self.period, *numerator.ages, person) if numerator.ages else Q()
        cases += [
            (in_year & based & numerator.where(self._context), Standing.COUNTED),
            (in_year & based & of_age, Reason.CONDITION),
            (in_year & of_age, Reason.NO_HEADCOUNT),
        ]
        if numerator.ages:
            is_known = Q(**{f"{person}birth_date__isnull": False}) | Q(
                **{f"{person}birth_year__isnull": False}
            )
            cases += [(in_year & is_known, Reason.AGE), (in_year, Reason.NO_BIRTH)]
        cases += [
            (Q(started_on__lte=self.period.end), Reason.EARLIER_YEAR),
            (Q(started_on__isnull=False), Reason.LATER_YEAR),
        ]
        whens = [When(condition, then=_said(step)) for condition, step in cases]
        return Case(*whens, default=_said(Reason.NO_START), output_field=ReasonField())


def _said(step: str) -> Value:
    return Value(str(step), output_field=ReasonField())
