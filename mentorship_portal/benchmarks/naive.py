"""The usual loop: for each organization and indicator its own queries, and people sorted out in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from common.dates import age_on
from mentors.models import Pair, Program
from monitoring.period import ReportingPeriod
from orgs.models import Headcount, Organization
from surveys.models import Answer

Pairing = tuple[int | None, int | None]


def naive_figures(places: Iterable[Organization], period: ReportingPeriod) -> dict[tuple, Pairing]:
    """(code, organization's id) → (numerator, denominator), where the organization has a base."""
    found = {}
    for place in places:
        for code, rule in RULES.items():
            pairing = rule(place, period)
            if pairing is not None:
                found[code, place.pk] = pairing
    return found


def _pairs(place: Organization, period: ReportingPeriod) -> list[Pair]:
    pairs = Pair.objects.filter(organization=place, started_on__lte=period.end).select_related(
        "mentor__person", "mentee__person", "mentee__category"
    )
    return [pair for pair in pairs if pair.ended_on is None or pair.ended_on >= period.start]


def _headcount(place: Organization, period: ReportingPeriod, column: str) -> int | None:
    row = (
        Headcount.objects.filter(
            organization=place, on_date__gte=period.start, on_date__lte=min(period.as_of, period.end)
        )
        .order_by("-on_date")
        .first()
    )
    return getattr(row, column) if row else None


def _age(person, period: ReportingPeriod) -> int:
    if person.birth_date:
        return age_on(person.birth_date, period.as_of)
    return period.year - person.birth_year if person.birth_year else -1


def _aged(side: str, low: int, high: int, column: str) -> Callable:
    def rule(place, period) -> Pairing | None:
        base = _headcount(place, period, column)
        if base is None:
            return None
        counted = set()
        for pair in _pairs(place, period):
            person = getattr(pair, side).person
            if getattr(pair, f"{side}_population") == "pupil" and low <= _age(person, period) <= high:
                counted.add(person.pk)
        return len(counted), base

    return rule


def _teachers(place, period) -> Pairing | None:
    base = _headcount(place, period, "teachers")
    if base is None:
        return None
    pairs = _pairs(place, period)
    return len({pair.mentee.person_id for pair in pairs if pair.mentee_population == "teacher"}), base


def _young(place, period) -> Pairing | None:
    base = _headcount(place, period, "young_specialists")
    if base is None:
        return None
    counted = set()
    for pair in _pairs(place, period):
        years, category = pair.mentee.experience_years, pair.mentee.category
        young = years <= 3 if years is not None else bool(category and category.code == "young")
        if pair.mentee_population == "teacher" and young:
            counted.add(pair.mentee.person_id)
    return len(counted), base


def _satisfied(respondent: str) -> Callable:
    def rule(place, period) -> Pairing | None:
        answers = list(
            Answer.objects.filter(organization=place, respondent=respondent, wave=2, year=period.year)
        )
        satisfied = [
            answer for answer in answers if answer.enjoyed and (answer.joint_work + answer.result) / 2 >= 7
        ]
        return (len(satisfied), len(answers)) if answers else None

    return rule


def _registers(place, period) -> Pairing:
    day = period.as_of
    active = [
        pair
        for pair in Pair.objects.filter(organization=place, started_on__lte=day)
        if pair.ended_on is None or pair.ended_on >= day
    ]
    return int(bool(active)), 1


def _reverse(place, period) -> Pairing:
    kinds = Pair.objects.filter(organization=place, kind__code="reverse", started_on__lte=period.end)
    return int(any(pair.ended_on is None or pair.ended_on >= period.start for pair in kinds)), 1


def _page(place, period) -> Pairing:
    return int(bool(Organization.objects.get(pk=place.pk).mentoring_page)), 1


def _programs(place, period) -> Pairing | None:
    pairs = _pairs(place, period)
    if not pairs:
        return None
    developed = set(
        Program.objects.filter(
            organization=place, status__in=["approved", "running", "completed"]
        ).values_list("pair_id", flat=True)
    )
    with_program = {pair.mentee.person_id for pair in pairs if pair.pk in developed}
    return len(with_program), len({pair.mentee.person_id for pair in pairs})


RULES: dict[str, Callable] = {
    "pupil_mentees": _aged("mentee", 10, 18, "pupils_10_18"),
    "pupil_mentees_of_all": _aged("mentee", 10, 18, "pupils_total"),
    "pupil_mentors": _aged("mentor", 15, 18, "pupils_15_18"),
    "pupil_mentors_of_all": _aged("mentor", 15, 18, "pupils_total"),
    "teacher_mentees": _teachers,
    "mentee_satisfaction": _satisfied("mentee"),
    "mentor_satisfaction": _satisfied("mentor"),
    "organizations_with_registers": _registers,
    "organizations_with_page": _page,
    "organizations_with_reverse_mentoring": _reverse,
    "mentees_with_program": _programs,
    "young_teachers_supported": _young,
}
