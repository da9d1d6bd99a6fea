"""The constructed municipality of the domain notes: four schools with the numbers of a roadmap of 2021."""

from __future__ import annotations

from datetime import date
from itertools import count, islice, product

from mentorship_portal.tests.cities.model import Bond, City, Headcount, Human, Reply, School, inn_of
from mentorship_portal.tests.cities.names import FIRST, LAST, PATRONYMICS

YEAR = 2021
START = date(2021, 9, 1)
# Children of 10–18 and mentees among them, children of 15–18 and mentors, teachers and mentees among them.
SCHOOLS = ((412, 83, 150, 3, 40, 16), (96, 48, 30, 1, 12, 3), (805, 121, 310, 9, 61, 31), (57, 0, 0, 0, 8, 4))
TARGETS = {"pupil_mentees": "20", "pupil_mentors": "2", "teacher_mentees": "40", "mentee_satisfaction": "75"}
# Marks of 32 respondents, all of whom liked to take part, and how many gave each.
MARKS = {10: 8, 9: 6, 8: 7, 7: 5, 6: 3, 5: 2, 1: 1}


def roadmap_city() -> City:
    """Numbers only: who the people are is filled up around them."""
    city = City("Вымышленск", YEAR, date(YEAR, 12, 31), targets=dict(TARGETS))
    for number, (aged, mentees, older, mentors, teachers, mentored) in enumerate(SCHOOLS, 1):
        school = School(inn_of(990_000 + number), f"МБОУ «СОШ № {number}»")
        school.headcounts.append(Headcount(date(YEAR, 9, 20), aged + 100, aged, older, teachers))
        names = _names()
        children = [Human(*name, "pupil", 2008) for name in islice(names, mentees)]
        pupils_who_mentor = [Human(*name, "pupil", 2005) for name in islice(names, mentors)]
        young = [Human(*name, "teacher", 1995) for name in islice(names, mentored)]
        experienced = Human(*next(names), "teacher", 1970)
        for place, child in enumerate(children):
            # More mentees than rows of a class: a mentor has many, and each of them counts once.
            mentor = pupils_who_mentor[place % mentors]
            school.bonds.append(Bond(mentor, child, "ученик – ученик", START))
        school.bonds += [Bond(experienced, teacher, "учитель – учитель", START) for teacher in young]
        city.schools.append(school)
    return city


def satisfaction_city() -> City:
    """Forty mentees of one school; thirty-two answered."""
    city = City("Опросск", YEAR, date(YEAR, 12, 31), targets={"mentee_satisfaction": "75"})
    school = School(inn_of(990_100), "МБОУ «СОШ № 1»")
    names = _names()
    mentor = Human(*next(names), "employer")
    mentees = [Human(*name, "pupil", 2008) for name in islice(names, 40)]
    school.bonds = [Bond(mentor, mentee, "работодатель – ученик", START) for mentee in mentees]
    school.replies = [
        Reply("наставляемый", date(YEAR, 12, 20), mark, mark, True)
        for mark, times in MARKS.items()
        for _ in range(times)
    ]
    city.schools.append(school)
    return city


def _names():
    """Different names without end."""
    for turn in count():
        for last, first, patronymic in product(LAST[:20], FIRST, PATRONYMICS):
            yield last + "ых" * turn, first, patronymic
