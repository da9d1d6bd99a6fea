"""Members become people and participations of their school, written through the services."""

from __future__ import annotations

import datetime
from random import Random

from mentors import services
from mentors.enums import Population, Side
from mentors.models import MenteeCategory, Participation
from mentorship_portal.demo.calendar import CURRENT, YEARS, some_day
from mentorship_portal.demo.cast import Cast
from mentorship_portal.demo.members import Member
from mentorship_portal.demo.world import School, words

REASON = "демонстрационные данные"
LETTERS = "АААББББВВГ"
_TEXTS = {
    Population.PUPIL: "mentor_pupil",
    Population.TEACHER: "mentor_teacher",
    Population.STUDENT: "mentor_student",
    Population.EMPLOYER: "mentor_employer",
}


def enrol(school: School, rng: Random, cast: Cast, categories: dict[str, MenteeCategory]) -> None:
    """Saves the people of the school and what they do there."""
    people = list({id(member.person): member.person for member in cast.all}.values())
    services.create_people(actor=school.actor, people=people, reason=REASON)
    letters: dict[int, str] = {}
    for member in cast.all:
        member.participation = _participation(school, rng, member, categories, letters)
    rows = [member.participation for member in cast.all]
    services.start_participations(actor=school.actor, participations=rows, reason=REASON)


def _participation(school, rng, member: Member, categories, letters) -> Participation:
    first, last = member.years[0], member.years[-1]
    start_year = YEARS[first].start_year
    if member.stays_alone:
        started_on = some_day(rng, datetime.date(start_year, 10, 26), datetime.date(start_year, 11, 19))
    else:
        started_on = some_day(rng, datetime.date(start_year, 9, 2), datetime.date(start_year, 9, 14))
    row = Participation(
        person=member.person,
        organization=school.organization,
        role=member.side,
        population=member.population,
        started_on=started_on,
        ended_on=None if last == CURRENT else datetime.date(YEARS[last].start_year + 1, 5, 31),
    )
    if member.population == Population.PUPIL:
        letter = letters.setdefault(id(member.person), rng.choice(LETTERS))
        row.class_name = "" if rng.random() < 0.006 else f"{member.class_number}{letter}"
    elif member.population == Population.TEACHER:
        _describe_teacher(row, school, rng, member)
    else:
        lists = words()
        if member.population == Population.STUDENT:
            row.workplace, row.position = rng.choice(lists["colleges"]), "студент"
        else:
            row.workplace, positions = rng.choice(lists["companies"])
            row.position = rng.choice(positions)
    if member.side == Side.MENTOR:
        _describe_mentor(row, rng, member)
    else:
        row.main_request = request_of(rng, member, school.type)
        if member.population == Population.TEACHER:
            row.category = _category(rng, member, categories)
    return row


def _describe_teacher(row: Participation, school: School, rng: Random, member: Member) -> None:
    if school.type == "kindergarten":
        row.position = member.subject
    elif school.type == "additional":
        row.position = "педагог дополнительного образования"
        row.subject = member.subject
    else:
        row.position = "учитель начальных классов" if member.subject == "начальные классы" else "учитель"
        row.subject = member.subject
    born = member.person.birth_year or 1980
    longest = max(YEARS[CURRENT].start_year - born - 22, 0)
    row.experience_years = (
        rng.randint(0, min(3, longest)) if member.is_young else rng.randint(min(4, longest), longest)
    )
    row.workplace = school.short_name


def _describe_mentor(row: Participation, rng: Random, member: Member) -> None:
    texts = words()[_TEXTS[member.population]]
    row.competencies = ", ".join(rng.sample(texts["competencies"], rng.randint(1, 2)))
    if member.population == Population.TEACHER and rng.random() < 0.7:
        row.competencies = f"{member.subject}, {row.competencies}"
    row.achievements = rng.choice(texts["achievements"]) if rng.random() < 0.8 else ""
    row.interests = ", ".join(rng.sample(texts["interests"], rng.randint(1, 2)))
    row.desired_age = rng.choice(texts["desired_age"])
    row.time_resource = rng.choice(texts["time"])
    row.capacity = max(member.appetite, 1)


def request_of(rng: Random, member: Member, school_type: str) -> str:
    """What a mentee asks for; it fits the class and the form."""
    requests = words()["requests"]
    if member.population == Population.TEACHER:
        if school_type == "kindergarten":
            return rng.choice(requests["preschool"])
        return rng.choice(requests["teacher_young" if member.is_young else "teacher"])
    if member.form == "employer_pupil":
        return rng.choice(requests["career"])
    if member.form == "student_pupil":
        return rng.choice(requests["student"])
    if member.class_number >= 10:
        return rng.choice(requests["ege"])
    if member.class_number >= 8:
        return rng.choice(requests["oge"])
    return rng.choice(requests["middle" if member.class_number >= 5 else "primary"])


def _category(rng: Random, member: Member, categories: dict[str, MenteeCategory]) -> MenteeCategory:
    if member.is_young:
        return categories["young"]
    others = ("improving", "digital", "difficulties", "adapting", "returned", "burnout")
    return categories[rng.choices(others, (34, 28, 16, 12, 6, 4))[0]]
