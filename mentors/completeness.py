"""What has to be known of a participant: one list for «Заполнено, %», the filter «Неполные» and the card.

The facts are those that the official bases ask for (МР-42/02) and that indicators and the law need: without a
year of birth a pupil is in no age group, without a consent the data may not be kept (152-ФЗ, art. 9).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.lookups import IsNull
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.dates import today
from mentors.enums import ConsentType, Population, Side
from mentors.models import Consent, Pair, Participation


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its code, its words in «не указаны: …», the condition under which it is known."""

    code: str
    label: str | Promise
    known: Callable[[], Q]


def _some(rows: QuerySet) -> IsNull:
    """One of the rows is there, looked up for each participant by an index.

    ``Exists`` would do the same, but PostgreSQL may answer it for a page of fifty by reading a table of a
    million.
    """
    return IsNull(Subquery(rows.order_by().values("pk")[:1]), False)


def is_pupil(side: str) -> Q:
    """The participant is a pupil: by the participation, by its form, or by a pair."""
    pupil_pair = Pair.objects.filter(**{side: OuterRef("pk"), f"{side}_population": Population.PUPIL})
    return (
        Q(population=Population.PUPIL)
        | Q(population="", **{f"form__{side}_population": Population.PUPIL})
        | Q(_some(pupil_pair))
    )


def has_consent() -> Exists:
    """A consent to the processing of personal data that holds today at the participation's organization."""
    day = today()
    return Exists(
        Consent.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
            person=OuterRef("person"),
            organization=OuterRef("organization"),
            type=ConsentType.PROCESSING,
            withdrawn_on__isnull=True,
        )
    )


def _birth(side: str) -> Fact:
    return Fact("birth", _("year of birth"), lambda: Q(person__birth_year__isnull=False) | ~is_pupil(side))


def _form(side: str) -> Fact:
    return Fact(
        "form",
        _("form of mentoring"),
        lambda: Q(form__isnull=False) | Q(_some(Pair.objects.filter(**{side: OuterRef("pk")}))),
    )


_CONTACT = Fact("contact", _("contact details"), lambda: ~Q(person__contact=""))
_PLACE = Fact("place", _("class or position"), lambda: ~Q(class_name="") | ~Q(position="") | ~Q(workplace=""))
_START = Fact("start", _("date of joining"), lambda: Q(started_on__isnull=False))
_CONSENT = Fact("consent", _("consent to data processing"), lambda: Q(has_consent()))
_REQUEST = Fact(
    "request",
    _("request"),
    lambda: ~Q(main_request="") | Q(_some(Pair.objects.filter(mentee=OuterRef("pk")).exclude(request=""))),
)
_COMPETENCIES = Fact("competencies", _("competencies"), lambda: ~Q(competencies=""))

FACTS: dict[str, tuple[Fact, ...]] = {
    Side.MENTEE: (_birth(Side.MENTEE), _CONTACT, _PLACE, _REQUEST, _form(Side.MENTEE), _START, _CONSENT),
    Side.MENTOR: (_birth(Side.MENTOR), _CONTACT, _PLACE, _COMPETENCIES, _form(Side.MENTOR), _START, _CONSENT),
}


def facts_known(side: str) -> Combinable:
    """How many of the facts are known, as an expression over participations."""
    total = None
    for fact in FACTS[side]:
        one = Case(When(fact.known(), then=Value(1)), default=Value(0), output_field=IntegerField())
        total = one if total is None else total + one
    return total


def share_known(known: int, side: str) -> Fraction:
    """The share of known facts, 0 to 1."""
    return Fraction(known, len(FACTS[side]))


def incomplete(rows: QuerySet, side: str) -> QuerySet:
    """Participations of the side with a fact missing."""
    return rows.exclude(Q(*(fact.known() for fact in FACTS[side])))


def missing(participation: Participation) -> list[Fact]:
    """The facts that are not known of one participant; one query."""
    facts = FACTS[participation.role]
    flags = {
        f"knows_{fact.code}": Case(
            When(fact.known(), then=Value(True)), default=Value(False), output_field=BooleanField()
        )
        for fact in facts
    }
    row = Participation.objects.filter(pk=participation.pk).annotate(**flags).values(*flags).get()
    return [fact for fact in facts if not row[f"knows_{fact.code}"]]
