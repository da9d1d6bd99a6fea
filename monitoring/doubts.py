"""Doubts about the people behind a figure: what should be looked at, whether they are counted or not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from mentors.models import Participation
from monitoring.period import ReportingPeriod
from monitoring.reasons import Doubt


@dataclass(frozen=True)
class Doubts:
    """The doubts of one indicator.

    ``pairs`` and ``participations`` are those of the role ``side`` at the places; ``population`` is the
    condition of a pair that is about the indicator. Of ``people`` the condition ``concerned`` tells who may
    be meant at all, and ``here`` who has such a pair of the year.
    """

    side: str
    people: QuerySet
    pairs: QuerySet
    participations: QuerySet
    population: Q
    concerned: Q
    here: Q
    ages: tuple[int, int] | None
    period: ReportingPeriod

    def found(self) -> QuerySet:
        """People with a doubt, annotated with the first one as ``doubt``."""
        # Few are left by the candidates, which are found once for all; the rest is asked of them alone.
        candidates = Q(name_key__in=self._shared_names()) | Q(pk__in=self._in_several())
        cases = [
            (self.concerned & Q(Exists(self._namesakes())), Doubt.NAMESAKE),
            (Q(Exists(self._elsewhere())), Doubt.SEVERAL),
        ]
        if self.ages:
            youngest, oldest = self.ages
            left = Q(birth_year=self.period.year - oldest - 1)
            candidates |= left
            cases.insert(0, (left & self.here, Doubt.BIRTHDAY))
            if self.period.as_of != self.period.end:
                edges = (self.period.year - youngest, self.period.year - oldest - 1)
                year_only = Q(birth_date__isnull=True, birth_year__in=edges)
                candidates |= year_only
                cases.insert(1, (year_only & self.here, Doubt.YEAR_ONLY))
        first = Case(
            *(When(condition, then=Value(str(doubt))) for condition, doubt in cases),
            default=Value(""),
            output_field=CharField(),
        )
        return self.people.filter(candidates).annotate(doubt=first).exclude(doubt="")

    def _in_year(self) -> QuerySet:
        return self.pairs.within(self.period.start, self.period.end)

    def _shared_names(self) -> QuerySet:
        """Names that several people of one organization have in this role."""
        by_name = self.participations.order_by().values("organization", "person__name_key")
        # A least and a greatest key tell of several people without telling all of them apart.
        shared = by_name.annotate(one=Min("person"), another=Max("person")).filter(another__gt=F("one"))
        return shared.values("person__name_key")

    def _in_several(self) -> QuerySet:
        """People whose pairs of the year stand in several organizations."""
        by_person = self._in_year().order_by().values(f"{self.side}__person")
        spread = by_person.annotate(one=Min("organization"), another=Max("organization"))
        return spread.filter(another__gt=F("one")).values(f"{self.side}__person")

    def _elsewhere(self) -> QuerySet:
        """Pairs of the year in a second organization: with another pair of the year at a lesser id."""
        other = self._in_year().filter(
            **{f"{self.side}__person": OuterRef(OuterRef("pk"))}, organization__lt=OuterRef("organization")
        )
        own = self._in_year().filter(self.population, **{f"{self.side}__person": OuterRef("pk")})
        return own.filter(Exists(other))

    def _namesakes(self) -> QuerySet:
        """Other people of the same name in the same organization and role, not told apart by birth."""
        # An own participation of the same place is at the places, and so is the namesake's.
        own = self.participations.filter(
            person=OuterRef(OuterRef("pk")), organization=OuterRef("organization")
        )
        same_name = Participation.objects.filter(
            Exists(own), role=self.side, person__name_key=OuterRef("name_key")
        )
        # Different years of birth tell two people apart; an unknown one (here 0) does not.
        return (
            same_name.exclude(person=OuterRef("pk"))
            .alias(
                theirs=Coalesce("person__birth_year", 0),
                ours=Coalesce(OuterRef("birth_year"), 0, output_field=IntegerField()),
            )
            .filter(Q(theirs=0) | Q(ours=0) | Q(theirs=F("ours")))
        )
