"""The checks: each a queryset of the rows to correct, or a look at the figures."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mentors.enums import Population, Side
from mentors.models import Meeting, Pair, Participation
from monitoring.conditions import aged
from monitoring.sources import works_on
from monitoring.suppression import LEAST_ANSWERS
from monitoring.warnings.ground import Ground
from orgs.models import Headcount
from surveys.enums import Wave
from surveys.models import Answer

MOST_PAIRS = 5
SILENT_DAYS = 60
HIGHEST_SCORE = 10
# More than one in ten pupils without a year of birth.
LACKING_BIRTHS = 10


@dataclass(frozen=True)
class Check:
    """A kind of warning. ``rows`` finds what to correct; without it the figures themselves are looked at."""

    code: str
    title: str | Promise
    why: str | Promise
    who: str | Promise
    rows: Callable[[Ground], QuerySet] | None = None


CURATOR = _("The curator of the school")
CURATOR_OR_ADMINISTRATOR = _("The curator of the school or the administrator of the municipality")


def without_numbers(ground: Ground) -> QuerySet:
    """Working organizations without a headcount dated in the year by the reporting date."""
    period = ground.period
    given = Headcount.objects.filter(
        organization=OuterRef("pk"), on_date__gte=period.start, on_date__lte=period.last_headcount_day
    )
    return ground.places.filter(works_on(period)).filter(~Exists(given))


def busy_mentors(ground: Ground) -> QuerySet:
    """Mentors who lead more than five pairs; a group counts as one."""
    leads = Pair.objects.active_on(ground.day).filter(mentor=OuterRef("pk")).order_by().values("mentor")
    busy = leads.annotate(
        load=Count("pk", filter=Q(group__isnull=True)) + Count("group", distinct=True)
    ).filter(load__gt=MOST_PAIRS)
    return _participations(ground).filter(Exists(busy), role=Side.MENTOR)


def outside_ages(ground: Ground) -> QuerySet:
    """Pupils with a pair of the year whose known age is outside the range of the indicator."""
    wanted = Q(pk__in=[])
    for side in Side.values:
        pairs = Pair.objects.within(ground.period.start, ground.period.end).filter(
            **{side: OuterRef("pk"), f"{side}_population": Population.PUPIL}
        )
        wanted |= Q(Exists(pairs), ~aged(ground.period, *ground.ages(side), "person__"), role=side)
    return _participations(ground).filter(wanted, person__birth_year__isnull=False)


def in_two_schools(ground: Ground) -> QuerySet:
    """People who take part in another organization at the same time and in the same role."""
    elsewhere = (
        Participation.objects.active_on(ground.day)
        .filter(person=OuterRef("person"), role=OuterRef("role"))
        .exclude(organization=OuterRef("organization"))
    )
    return _participations(ground).active_on(ground.day).filter(Exists(elsewhere))


def without_birth_years(ground: Ground) -> QuerySet:
    """Organizations where more than a tenth of the pupils mentored in the year have no year of birth."""
    pupils = (
        Pair.objects.within(ground.period.start, ground.period.end)
        .filter(organization=OuterRef("pk"), mentee_population=Population.PUPIL)
        .order_by()
        .values("organization")
        .annotate(
            known=Count("mentee__person", distinct=True),
            lacking=Count("mentee__person", distinct=True, filter=Q(mentee__person__birth_year__isnull=True)),
        )
        .alias(tenfold=F("lacking") * LACKING_BIRTHS)
        .filter(tenfold__gt=F("known"))
    )
    return ground.places.filter(Exists(pupils))


def without_start(ground: Ground) -> QuerySet:
    """Pairs without a start date that have not ended."""
    return _pairs(ground).filter(started_on__isnull=True, ended_on__isnull=True)


def silent_pairs(ground: Ground) -> QuerySet:
    """Active pairs that began sixty days ago or earlier and have not met since."""
    border = ground.day - datetime.timedelta(days=SILENT_DAYS)
    recent = {"held_on__gte": border, "held_on__lte": ground.day}
    own = Meeting.objects.filter(pair=OuterRef("pk"), **recent)
    of_group = Meeting.objects.filter(group=OuterRef("group"), group__isnull=False, **recent)
    return _pairs(ground).active_on(ground.day).filter(~Exists(own), ~Exists(of_group), started_on__lt=border)


def all_tens(ground: Ground) -> QuerySet:
    """Organizations where everybody of a role gave the highest score twice."""
    best = Q(joint_work=HIGHEST_SCORE, result=HIGHEST_SCORE)
    answers = (
        Answer.objects.filter(organization=OuterRef("pk"), year=ground.period.year, wave=Wave.SECOND)
        .order_by()
        .values("organization", "respondent")
        .annotate(given=Count("pk"), best=Count("pk", filter=best))
        .filter(given__gte=LEAST_ANSWERS, given=F("best"))
    )
    return ground.places.exclude(pk__in=ground.hidden).filter(Exists(answers))


def _participations(ground: Ground):
    return Participation.objects.filter(organization__in=ground.places.values("pk"), is_hidden=False)


def _pairs(ground: Ground):
    return Pair.objects.filter(organization__in=ground.places.values("pk"), is_hidden=False)


CHECKS: tuple[Check, ...] = (
    Check(
        "above_base",
        _("More were counted than the base holds"),
        _("A share above 100 % cannot be: either the headcount is old, or people are listed twice."),
        CURATOR_OR_ADMINISTRATOR,
    ),
    Check(
        "no_numbers",
        _("No headcount for the year"),
        _("Without a number of pupils and teachers of this year the people of the school are not counted."),
        CURATOR_OR_ADMINISTRATOR,
        without_numbers,
    ),
    Check(
        "no_births",
        _("More than 10 % of the pupils have no year of birth"),
        _("Whose age is not known cannot be counted among children aged 10–18 or 15–18."),
        CURATOR,
        without_birth_years,
    ),
    Check(
        "ages",
        _("Pupils outside the age of the indicator"),
        _("They take part and are not counted; a mistake in the year of birth looks the same."),
        CURATOR,
        outside_ages,
    ),
    Check(
        "no_start",
        _("Pairs without a start date"),
        _("A pair without a start date is in no indicator."),
        CURATOR,
        without_start,
    ),
    Check(
        "silent_pairs",
        _("Active pairs without meetings for 60 days"),
        _("The pair counts as active though nothing is written down: it may have ended."),
        CURATOR,
        silent_pairs,
    ),
    Check(
        "busy_mentors",
        _("Mentors with more than 5 active pairs"),
        _("So many pairs are seldom real; some of them have perhaps ended without being closed."),
        CURATOR,
        busy_mentors,
    ),
    Check(
        "two_schools",
        _("People who take part in two organizations at once"),
        _("In the total a person counts once; after a move the earlier school has to end the participation."),
        CURATOR,
        in_two_schools,
    ),
    Check(
        "answers_above",
        _("More answers than participants"),
        _("The survey was answered twice by somebody, or pairs of the year are not entered."),
        CURATOR,
    ),
    Check(
        "all_tens",
        _("All answers of the survey are 10"),
        _("Such a result says little; the answers may have been given under supervision."),
        _("The methodologist together with the curator"),
        all_tens,
    ),
)


def check_named(code: str) -> Check | None:
    """The check of the code."""
    return next((check for check in CHECKS if check.code == code), None)
