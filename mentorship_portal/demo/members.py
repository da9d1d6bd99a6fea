"""Who takes part in a school: people with their role, form, school years and class, not yet saved."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from itertools import cycle
from random import Random

from common.text import PersonName
from mentors.enums import Population, Side
from mentors.models import Participation, Person
from mentorship_portal.demo.calendar import CURRENT, YEARS
from mentorship_portal.demo.names import NameMaker
from mentorship_portal.demo.world import School, words

# In which school years somebody takes part, and how often that happens.
MENTEE_YEARS = (((0,), 4), ((0, 1), 4), ((1,), 6), ((0, 1, 2), 25), ((1, 2), 24), ((2,), 37))
SENIOR_YEARS = (((0,), 5), ((0, 1), 7), ((1,), 18), ((0, 1, 2), 5), ((1, 2), 30), ((2,), 35))
ADULT_YEARS = (((0, 1, 2), 60), ((1, 2), 16), ((2,), 16), ((0, 1), 5), ((1,), 3))
SINGLE_FORM = "teacher_pupil"


@dataclass
class Member:
    """One participation on its way into the database."""

    person: Person
    side: Side
    population: Population
    years: tuple[int, ...]
    form: str = ""
    class_number: int = 0
    subject: str = ""
    is_young: bool = False
    takes_teachers: bool = False
    takes_pupils: bool = False
    appetite: int = 6
    favourite_class: int = 0
    stays_alone: bool = False
    wanted_mentor: Member | None = None
    participation: Participation | None = None
    load: dict[int, int] = field(default_factory=dict)

    def class_in(self, year: int) -> int:
        """The class in one of the school years."""
        return self.class_number - (self.years[-1] - year)


def draw(rng: Random, choices):
    """One of the choices by their weights."""
    values, weights = zip(*choices, strict=True)
    return rng.choices(values, weights)[0]


class MemberMaker:
    """Draws the members of one school."""

    def __init__(self, school: School, rng: Random, names: NameMaker):
        self.school = school
        self.rng = rng
        self.names = names
        self.aims = cycle(("pupils", "teachers", "pupils", "teachers", "both"))

    # Pupils -------------------------------------------------------------------------------------

    def pupil_mentee(self) -> Member:
        """A pupil who is mentored; most are in the classes 4 to 11, a few are younger."""
        years = draw(self.rng, MENTEE_YEARS)
        lowest = max(4, len(years) + 1)
        number = self.rng.randint(1 + len(years), 3) if self.rng.random() < 0.03 and len(years) < 3 else 0
        number = number or min(11, self.rng.randint(lowest, 11))
        if self.school.type == "evening_school":
            number, years = self.rng.randint(9, 11), draw(self.rng, ADULT_YEARS)
        person = self._pupil(number, years[-1])
        member = Member(person, Side.MENTEE, Population.PUPIL, years, class_number=number)
        member.form = self._form_for(number)
        return member

    def pupil_mentor(self) -> Member:
        """A pupil of the classes 9 to 11 who mentors younger ones."""
        years = draw(self.rng, SENIOR_YEARS)
        last = years[-1]
        number = (
            self.rng.randint(min(8 + len(years), 11), 11)
            if last == CURRENT
            else self.rng.choice((10, 11, 11))
        )
        person = self._pupil(number, last)
        return Member(
            person,
            Side.MENTOR,
            Population.PUPIL,
            years,
            form="pupil_pupil",
            class_number=number,
            takes_pupils=True,
            favourite_class=self.rng.randint(4, 8),
            appetite=self.rng.choice((1, 3, 4, 5, 6, 6, 8)),
        )

    def also_mentee(self, mentor: Member) -> Member:
        """The second role of a pupil who mentors: somebody's mentee in the same years."""
        form = self.rng.choice(("teacher_pupil", "employer_pupil"))
        return Member(
            mentor.person,
            Side.MENTEE,
            Population.PUPIL,
            mentor.years,
            form=form,
            class_number=mentor.class_number,
        )

    def _form_for(self, number: int) -> str:
        forms = [("teacher_pupil", 36)]
        if number <= 9:
            forms.append(("pupil_pupil", 46))
        if number >= 7:
            forms.append(("student_pupil", 14))
        if number >= 8:
            forms.append(("employer_pupil", 24))
        return draw(self.rng, forms)

    def _pupil(self, number: int, year: int) -> Person:
        """A person whose age fits the class: a first-former is seven by the end of the calendar year."""
        shift = draw(self.rng, ((6, 82), (5, 7), (7, 11)))
        birth_year = YEARS[year].start_year - shift - number
        return self._person(self.names.child(), birth_year, full_date=0.8)

    # Teachers, students, employers ----------------------------------------------------------------

    def teacher_mentee(self, *, is_young: bool) -> Member:
        """A teacher who is mentored: young specialists, newcomers, and experienced teachers who learn."""
        birth_year = self.rng.randint(1996, 2004) if is_young else self.rng.randint(1962, 1995)
        years = draw(self.rng, ADULT_YEARS)
        person = self._person(self.names.adult(), birth_year, full_date=0.35)
        return Member(
            person,
            Side.MENTEE,
            Population.TEACHER,
            years,
            form="teacher_teacher",
            subject=self._subject(),
            is_young=is_young,
        )

    def teacher_mentor(self, colleague: Member | None = None) -> Member:
        """A teacher who mentors; ``colleague`` is an experienced mentee who mentors others as well."""
        kindergarten = self.school.type == "kindergarten"
        aim = "teachers" if kindergarten else next(self.aims)
        if colleague is None:
            person = self._person(self.names.adult(), self.rng.randint(1960, 1992), full_date=0.35)
            subject = self._subject()
        else:
            person, subject = colleague.person, colleague.subject
        return Member(
            person,
            Side.MENTOR,
            Population.TEACHER,
            colleague.years if colleague else draw(self.rng, ADULT_YEARS),
            subject=subject,
            takes_teachers=aim in ("teachers", "both"),
            takes_pupils=aim in ("pupils", "both"),
            favourite_class=2 if subject == "начальные классы" else self.rng.randint(5, 11),
            appetite=self.rng.choice((1, 4, 6, 8, 8, 10, 12)),
        )

    def outside_mentor(self, population: Population) -> Member:
        """A student or a representative of an employer."""
        is_student = population == Population.STUDENT
        birth_year = self.rng.randint(2004, 2008) if is_student else self.rng.randint(1965, 1998)
        name = self.names.child() if is_student else self.names.adult(women=0.45)
        return Member(
            self._person(name, birth_year, full_date=0.2),
            Side.MENTOR,
            population,
            draw(self.rng, ADULT_YEARS),
            form="student_pupil" if is_student else "employer_pupil",
            takes_pupils=True,
            favourite_class=self.rng.randint(8, 11),
            appetite=self.rng.choice((4, 6, 8, 10)),
        )

    def _subject(self) -> str:
        lists = words()
        if self.school.type == "kindergarten":
            return self.rng.choice(lists["kindergarten_positions"])
        if self.school.type == "additional":
            return self.rng.choice(lists["circles"])
        return self.rng.choice(lists["subjects"])

    def _person(self, name: PersonName, birth_year: int, *, full_date: float) -> Person:
        person = Person(
            last_name=name.last, first_name=name.first, patronymic=name.patronymic, birth_year=birth_year
        )
        if self.rng.random() < full_date:
            start = datetime.date(birth_year, 1, 1)
            person.birth_date = start + datetime.timedelta(days=self.rng.randrange(365))
        person.contact = f"+7 900 555-{self.rng.randrange(100):02d}-{self.rng.randrange(100):02d}"
        return person
