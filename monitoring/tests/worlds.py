"""Small made-up municipalities as plain data, and the plain loops that count in them.

The loops know nothing of the database or of the code under test: they read the rules of the published
interface and walk over the rows.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import monitoring
from mentors.enums import ProgramStatus, Side
from mentors.models import MentoringForm, MentoringKind, Pair, Participation, Person, Program
from monitoring.models import Indicator
from orgs.models import Headcount, Municipality, Organization, OrganizationType
from orgs.tests.factories import make_inn
from surveys.models import Answer

FORMS = {
    "pupil_pupil": ("pupil", "pupil"),
    "teacher_teacher": ("teacher", "teacher"),
    "student_pupil": ("student", "pupil"),
    "employer_pupil": ("employer", "pupil"),
    "teacher_pupil": ("teacher", "pupil"),
}


@dataclass(frozen=True)
class School:
    status: str = "active"
    closed_on: date | None = None
    foreign: bool = False


@dataclass(frozen=True)
class Numbers:
    """A headcount; ``school`` is the place in the list of schools."""

    school: int
    on: date
    total: int | None = 100
    aged: int | None = 60
    older: int | None = None
    teachers: int | None = 10


@dataclass(frozen=True)
class Human:
    born: date | int | None = None
    name: str = "Белов"


@dataclass(frozen=True)
class Bond:
    """A pair of two people by their places in the list."""

    school: int
    mentor: int
    mentee: int
    form: str = "pupil_pupil"
    start: date | None = None
    end: date | None = None
    program: str = ""


@dataclass(frozen=True)
class Reply:
    school: int
    role: str
    on: date
    joint: int = 8
    result: int = 8
    enjoyed: bool = True
    wave: int = 2


@dataclass(frozen=True)
class World:
    year: int
    as_of: date
    schools: tuple[School, ...] = ()
    numbers: tuple[Numbers, ...] = ()
    humans: tuple[Human, ...] = ()
    bonds: tuple[Bond, ...] = ()
    replies: tuple[Reply, ...] = ()


def load_indicators() -> None:
    """The shipped definitions of indicators."""
    path = Path(monitoring.__file__).parent / "reference" / "indicators.json"
    for row in json.loads(path.read_text(encoding="utf-8")):
        Indicator.objects.get_or_create(code=row.pop("code"), defaults=row)


@dataclass
class Built:
    """A world in the database."""

    municipality: Municipality
    schools: list[Organization]
    people: list[Person] = field(default_factory=list)


def build(world: World) -> Built:
    """Writes the world into the database with bulk inserts."""
    load_indicators()
    home = Municipality.objects.create(name=f"Город {Municipality.objects.count()}")
    abroad = Municipality.objects.create(name=f"Чужой город {Municipality.objects.count()}")
    kind, _ = OrganizationType.objects.get_or_create(code="school", defaults={"title": "школа"})
    known = Organization.objects.count()
    schools = Organization.objects.bulk_create(
        Organization(
            inn=make_inn(10_000 + known + number),
            short_name=f"СОШ № {number + 1}",
            type=kind,
            municipality=abroad if school.foreign else home,
            status=school.status,
            closed_on=school.closed_on,
        )
        for number, school in enumerate(world.schools)
    )
    Headcount.objects.bulk_create(
        Headcount(
            organization=schools[row.school],
            on_date=row.on,
            pupils_total=row.total,
            pupils_10_18=row.aged,
            pupils_15_18=row.older,
            teachers=row.teachers,
            young_specialists=5,
        )
        for row in world.numbers
    )
    people = Person.objects.bulk_create(
        Person(
            last_name=human.name,
            first_name="Антон",
            name_key=f"{human.name.lower()} антон",
            birth_date=human.born if isinstance(human.born, date) else None,
            birth_year=human.born.year if isinstance(human.born, date) else human.born,
        )
        for human in world.humans
    )
    _build_bonds(world, schools, people)
    form = _form("pupil_pupil")
    Answer.objects.bulk_create(
        Answer(
            organization=schools[reply.school],
            respondent=reply.role,
            form=form,
            wave=reply.wave,
            answered_on=reply.on,
            year=reply.on.year,
            joint_work=reply.joint,
            result=reply.result,
            enjoyed=reply.enjoyed,
        )
        for reply in world.replies
    )
    return Built(home, schools, people)


def _form(code: str) -> MentoringForm:
    mentor, mentee = FORMS[code]
    defaults = {"title": code, "mentor_population": mentor, "mentee_population": mentee}
    return MentoringForm.objects.get_or_create(code=code, defaults=defaults)[0]


def _build_bonds(world: World, schools: list, people: list) -> None:
    parts: dict[tuple[int, int, str], Participation] = {}

    def part(human: int, school: int, role: str) -> Participation:
        key = (human, school, role)
        if key not in parts:
            parts[key] = Participation(person=people[human], organization=schools[school], role=role)
        return parts[key]

    sides = [
        (part(bond.mentor, bond.school, Side.MENTOR), part(bond.mentee, bond.school, Side.MENTEE))
        for bond in world.bonds
    ]
    Participation.objects.bulk_create(parts.values())
    reverse, _ = MentoringKind.objects.get_or_create(code="reverse", defaults={"title": "реверсивное"})
    pairs = Pair.objects.bulk_create(
        Pair(
            organization=schools[bond.school],
            mentor=mentor,
            mentee=mentee,
            form=_form(bond.form),
            kind=reverse if bond.form == "teacher_teacher" else None,
            mentor_population=FORMS[bond.form][0],
            mentee_population=FORMS[bond.form][1],
            started_on=bond.start,
            ended_on=bond.end,
        )
        for bond, (mentor, mentee) in zip(world.bonds, sides, strict=True)
    )
    Program.objects.bulk_create(
        Program(organization=pair.organization, pair=pair, title="Программа", status=bond.program)
        for bond, pair in zip(world.bonds, pairs, strict=True)
        if bond.program
    )


# ---- Plain loops --------------------------------------------------------------------------------


def counts_in_year(bond: Bond, year: int) -> bool:
    """«Began on or before 31 December and had not ended before 1 January.»"""
    if bond.start is None or bond.start > date(year, 12, 31):
        return False
    return bond.end is None or bond.end >= date(year, 1, 1)


def age(human: Human, world: World) -> int | None:
    """«With a full date the age on as_of; with a year only, Y minus the year.»"""
    if human.born is None:
        return None
    if isinstance(human.born, int):
        return world.year - human.born
    had_birthday = (world.as_of.month, world.as_of.day) >= (human.born.month, human.born.day)
    return world.as_of.year - human.born.year - (0 if had_birthday else 1)


def numbers_of(world: World, school: int, column: str) -> int | None:
    """«The latest one dated on or before as_of and within year Y.»"""
    latest = None
    for row in world.numbers:
        if row.school != school or row.on > world.as_of or row.on.year != world.year:
            continue
        if latest is None or row.on > latest.on:
            latest = row
    return None if latest is None else getattr(latest, column)


def share_of_people(
    world: World, side: str, population: str, ages: tuple[int, int] | None, column: str
) -> dict[int | None, tuple]:
    """School (None: all) → (numerator, denominator), for schools that gave the number of the base."""
    found: dict[int | None, tuple] = {}
    everybody: set[int] = set()
    bases = []
    for school, data in enumerate(world.schools):
        base = numbers_of(world, school, column)
        if data.foreign or base is None:
            continue
        counted = set()
        for bond in world.bonds:
            human = getattr(bond, side)
            is_population = FORMS[bond.form][0 if side == "mentor" else 1] == population
            if bond.school != school or not is_population or not counts_in_year(bond, world.year):
                continue
            years = age(world.humans[human], world)
            if ages is None or (years is not None and ages[0] <= years <= ages[1]):
                counted.add(human)
        found[school] = (len(counted), base)
        everybody |= counted
        bases.append(base)
    if bases:
        found[None] = (len(everybody), sum(bases))
    return found


def satisfaction(world: World, role: str) -> dict[int | None, tuple]:
    found: dict[int | None, tuple] = {}
    for school, data in enumerate(world.schools):
        replies = [
            reply
            for reply in world.replies
            if reply.school == school
            and reply.role == role
            and reply.wave == 2
            and reply.on.year == world.year
        ]
        satisfied = [reply for reply in replies if reply.enjoyed and (reply.joint + reply.result) / 2 >= 7]
        if replies and not data.foreign:
            found[school] = (len(satisfied), len(replies))
    if found:
        found[None] = tuple(sum(pairing[part] for pairing in found.values()) for part in (0, 1))
    return found


def participants(world: World, side: str, school: int | None) -> int:
    """People in the role in the year, at one school or at all schools of the municipality."""
    people = set()
    for bond in world.bonds:
        here = bond.school == school if school is not None else not world.schools[bond.school].foreign
        if here and counts_in_year(bond, world.year):
            people.add(getattr(bond, side))
    return len(people)


def works(school: School, day: date) -> bool:
    if school.status == "closed" and school.closed_on is None:
        return False
    return school.closed_on is None or school.closed_on > day


def registers(world: World) -> dict[int | None, tuple]:
    """«At least one pair active on as_of; base: all active organizations.»"""
    found: dict[int | None, tuple] = {}
    for number, school in enumerate(world.schools):
        if school.foreign or not works(school, world.as_of):
            continue
        active = [
            bond
            for bond in world.bonds
            if bond.school == number
            and bond.start is not None
            and bond.start <= world.as_of
            and (bond.end is None or bond.end >= world.as_of)
        ]
        found[number] = (1 if active else 0, 1)
    if found:
        found[None] = (sum(pairing[0] for pairing in found.values()), len(found))
    return found


def with_program(world: World) -> dict[int | None, tuple]:
    found: dict[int | None, tuple] = {}
    home = [number for number, school in enumerate(world.schools) if not school.foreign]
    developed = (ProgramStatus.APPROVED, ProgramStatus.RUNNING, ProgramStatus.COMPLETED)
    for place, members in [*((number, [number]) for number in home), (None, home)]:
        bonds = [bond for bond in world.bonds if bond.school in members and counts_in_year(bond, world.year)]
        if bonds:
            planned = {bond.mentee for bond in bonds if bond.program in developed}
            found[place] = (len(planned), len({bond.mentee for bond in bonds}))
    return found


def expected(world: World) -> dict[str, dict[int | None, tuple]]:
    """Every figure of the world by plain loops."""
    return {
        "pupil_mentees": share_of_people(world, "mentee", "pupil", (10, 18), "aged"),
        "pupil_mentees_of_all": share_of_people(world, "mentee", "pupil", (10, 18), "total"),
        "pupil_mentors": share_of_people(world, "mentor", "pupil", (15, 18), "older"),
        "pupil_mentors_of_all": share_of_people(world, "mentor", "pupil", (15, 18), "total"),
        "teacher_mentees": share_of_people(world, "mentee", "teacher", None, "teachers"),
        "mentee_satisfaction": satisfaction(world, "mentee"),
        "mentor_satisfaction": satisfaction(world, "mentor"),
        "organizations_with_registers": registers(world),
        "mentees_with_program": with_program(world),
    }


# What a person of the population lacks, in the order in which it is asked.
LACKS = ["no_start", "later_year", "earlier_year", "no_birth", "age", "no_headcount", "counted"]


def lacking(world: World, side: str, population: str, ages: tuple[int, int] | None, column: str) -> dict:
    """Person → what the pair that comes furthest lacks; «counted» where it lacks nothing."""
    found: dict[int, str] = {}
    for bond in world.bonds:
        if world.schools[bond.school].foreign or FORMS[bond.form][0 if side == "mentor" else 1] != population:
            continue
        human = getattr(bond, side)
        lacks = _lack(world, bond, age(world.humans[human], world), ages, column)
        found[human] = max(found.get(human, LACKS[0]), lacks, key=LACKS.index)
    return found


def _lack(world: World, bond: Bond, years: int | None, ages: tuple[int, int] | None, column: str) -> str:
    if bond.start is None:
        return "no_start"
    if bond.start > date(world.year, 12, 31):
        return "later_year"
    if not counts_in_year(bond, world.year):
        return "earlier_year"
    if ages and years is None:
        return "no_birth"
    if ages and not ages[0] <= years <= ages[1]:
        return "age"
    return "counted" if numbers_of(world, bond.school, column) is not None else "no_headcount"


LACKING = {
    "pupil_mentees": ("mentee", "pupil", (10, 18), "aged"),
    "pupil_mentors": ("mentor", "pupil", (15, 18), "older"),
    "teacher_mentees": ("mentee", "teacher", None, "teachers"),
}
