"""Every figure of a city by plain loops over its people, by the letter of the published rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from mentorship_portal.tests.cities.model import FORMS, City, School

# Code: side, who counts, ages, which number of the headcount is the base.
COUNTED = {
    "pupil_mentees": ("mentee", "pupil", (10, 18), "aged"),
    "pupil_mentees_of_all": ("mentee", "pupil", (10, 18), "total"),
    "pupil_mentors": ("mentor", "pupil", (15, 18), "older"),
    "pupil_mentors_of_all": ("mentor", "pupil", (15, 18), "total"),
    "teacher_mentees": ("mentee", "teacher", None, "teachers"),
}


def expected(city: City) -> dict:
    """Figures by indicator code: the municipality's with status and missing people, and each school's."""
    found = {code: _counted(city, *rule) for code, rule in COUNTED.items()}
    found["mentee_satisfaction"] = _satisfaction(city, "наставляемый")
    found["mentor_satisfaction"] = _satisfaction(city, "наставник")
    found["organizations_with_registers"] = _registers(city)
    return {code: _with_target(figure, city.targets.get(code)) for code, figure in found.items()}


def bare_expected(city: City) -> dict:
    """Numerator and denominator of the municipality by code; targets are chosen by them."""
    found = expected(city)
    return {code: (figure["numerator"], figure["denominator"]) for code, figure in found.items()}


def _counted(city: City, side: str, role: str, ages: tuple[int, int] | None, base: str) -> dict:
    schools = {}
    for school in city.own:
        denominator = _base(school, city, base)
        if denominator is None:
            continue
        people = []
        for bond in school.bonds:
            human = getattr(bond, side)
            mentor_role, mentee_role = FORMS[bond.form]
            its_role = mentor_role if side == "mentor" else mentee_role
            if its_role != role or not _within(bond.start, bond.end, city.year):
                continue
            if ages is not None:
                age = _age(school.known_birth(human), city.as_of, city.year)
                if age is None or not ages[0] <= age <= ages[1]:
                    continue
            if human not in people:
                people.append(human)
        schools[school.inn] = {"numerator": len(people), "denominator": denominator}
    return _summed(schools)


def _within(start: date | None, end: date | None, year: int) -> bool:
    if start is None or start > date(year, 12, 31):
        return False
    return not (end is not None and end < date(year, 1, 1))


def _age(born: date | int | None, as_of: date, year: int) -> int | None:
    if born is None:
        return None
    if isinstance(born, int):
        return year - born
    had_birthday = (as_of.month, as_of.day) >= (born.month, born.day)
    return as_of.year - born.year - (0 if had_birthday else 1)


def _base(school: School, city: City, name: str) -> int | None:
    latest = None
    for headcount in school.headcounts:
        fits = headcount.on.year == city.year and headcount.on <= city.as_of
        if fits and (latest is None or headcount.on > latest.on):
            latest = headcount
    return getattr(latest, name) if latest else None


def _satisfaction(city: City, role: str) -> dict:
    schools = {}
    for school in city.own:
        satisfied = respondents = 0
        for reply in school.replies:
            if reply.role != role or reply.on.year != city.year:
                continue
            respondents += 1
            if reply.liked and (reply.joint + reply.result) / 2 >= 7:
                satisfied += 1
        if respondents:
            schools[school.inn] = {"numerator": satisfied, "denominator": respondents}
    # Answers are counted, not typed in: without any there are nought of nought.
    return _summed(schools) if schools else _summed(schools) | {"numerator": 0, "denominator": 0}


def _registers(city: City) -> dict:
    schools = {}
    for school in city.own:
        if school.closed_on is not None and school.closed_on <= city.as_of:
            continue
        working = 0
        for bond in school.bonds:
            started = bond.start is not None and bond.start <= city.as_of
            if started and (bond.end is None or bond.end >= city.as_of):
                working = 1
        schools[school.inn] = {"numerator": working, "denominator": 1}
    return _summed(schools)


def _summed(schools: dict) -> dict:
    numerator = denominator = None
    if schools:
        numerator = sum(figure["numerator"] for figure in schools.values())
        denominator = sum(figure["denominator"] for figure in schools.values())
    for figure in schools.values():
        figure["value"] = _value(figure["numerator"], figure["denominator"])
    value = _value(numerator, denominator)
    return {
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "organizations": schools,
    }


def _value(numerator: int | None, denominator: int | None) -> str | None:
    if not denominator:
        return None
    tenths = floor(Fraction(numerator * 1000, denominator) + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def _with_target(figure: dict, target: str | None) -> dict:
    missing = None
    if figure["value"] is None:
        status = "no_data"
    elif target is None:
        status = "no_target"
    else:
        wanted = Fraction(Decimal(target))
        share = Fraction(figure["numerator"] * 100, figure["denominator"])
        status = "far_behind"
        for least, name in ((75, "behind"), (90, "close"), (100, "reached")):
            if share * 100 >= wanted * least:
                status = name
        missing = max(0, ceil(wanted * figure["denominator"] / 100) - figure["numerator"])
    return figure | {"status": status, "missing_people": missing}
