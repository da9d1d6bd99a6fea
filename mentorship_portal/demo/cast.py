"""The members of one school: how many of whom, the named people, and the rows that raise doubts."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from mentors.enums import Population, Side
from mentors.models import Person
from mentorship_portal.demo.calendar import CURRENT
from mentorship_portal.demo.members import Member, MemberMaker
from mentorship_portal.demo.world import SHOWCASE, School

# How many of a school's pupil mentors are mentees too, and how many mentors of teachers learn themselves.
BOTH_ROLES_OF_PUPILS = 8
BOTH_ROLES_OF_TEACHERS = 0.55


@dataclass
class Cast:
    """The members of one school."""

    mentees: list[Member] = field(default_factory=list)
    mentors: list[Member] = field(default_factory=list)

    @property
    def all(self) -> list[Member]:
        return self.mentors + self.mentees

    def named(self, last_name: str, first_name: str, side: Side) -> Member:
        """The member of that name in that role."""
        return next(
            member
            for member in self.all
            if member.side == side
            and (member.person.last_name, member.person.first_name) == (last_name, first_name)
        )


def draw_cast(school: School, rng: Random, maker: MemberMaker) -> Cast:
    """The members of the school in the numbers that ``draw_schools`` gave it."""
    counts = school.counts
    cast = Cast()
    teachers = [
        maker.teacher_mentee(is_young=index < school.young_specialists)
        for index in range(counts.get("teacher_mentees", 0))
    ]
    experienced = [member for member in teachers if not member.is_young]
    cast.mentors += [maker.pupil_mentor() for _ in range(counts.get("pupil_mentors", 0))]
    both = [
        maker.also_mentee(mentor)
        for index, mentor in enumerate(cast.mentors)
        if index % BOTH_ROLES_OF_PUPILS == 0 and mentor.years[-1] == CURRENT
    ]
    for index in range(counts.get("teacher_mentors", 0)):
        colleague = (
            experienced.pop() if experienced and index % 20 >= 20 * (1 - BOTH_ROLES_OF_TEACHERS) else None
        )
        cast.mentors.append(maker.teacher_mentor(colleague))
    for population, name in (
        (Population.STUDENT, "student_mentors"),
        (Population.EMPLOYER, "employer_mentors"),
    ):
        cast.mentors += [maker.outside_mentor(population) for _ in range(counts.get(name, 0))]
    single = [maker.pupil_mentee() for _ in range(counts.get("pupil_mentees", 0) - len(both))]
    cast.mentees = teachers + both + single
    if school.short_name == SHOWCASE:
        _give_names(cast)
    _spoil(school, rng, cast)
    return cast


def _give_names(cast: Cast) -> None:
    """The people of the demo sign-ins and of the written examples."""
    mentor = next(
        member
        for member in cast.mentors
        if member.population == Population.TEACHER and member.years == (0, 1, 2) and member.takes_pupils
    )
    _rename(mentor.person, "Орлова", "Елена", "Викторовна")
    mentor.takes_teachers, mentor.subject, mentor.appetite = True, "математика", 8
    pupil = next(
        member
        for member in cast.mentees
        if member.population == Population.PUPIL and member.years == (1, 2) and member.class_number == 9
    )
    _rename(pupil.person, "Белов", "Артём", "Сергеевич")
    pupil.form, pupil.wanted_mentor = "teacher_pupil", mentor
    beginner = next(member for member in cast.mentees if member.is_young and CURRENT in member.years)
    _rename(beginner.person, "Павлова", "Ольга", "Игоревна")
    beginner.wanted_mentor, beginner.subject = mentor, "математика"


def _rename(person: Person, last: str, first: str, patronymic: str) -> None:
    person.last_name, person.first_name, person.patronymic = last, first, patronymic


def _spoil(school: School, rng: Random, cast: Cast) -> None:
    """Honest gaps: nobody's year of birth, a wrong year, mentees who still wait, an unentered double."""
    pupils = [member for member in cast.mentees if member.population == Population.PUPIL]
    if len(pupils) < 40:
        return
    free = [member for member in pupils if member.wanted_mentor is None]
    rng.shuffle(free)
    without_year, waiting = rng.randint(0, 5), rng.randint(2, 5)
    for member in free[:without_year]:
        member.person.birth_date = member.person.birth_year = None
    newcomers = [member for member in free[without_year:] if member.years == (CURRENT,)]
    for member in newcomers[:waiting]:
        member.stays_alone = True
    if school.number % 6 == 2:
        # A slip of the pen: a schoolchild born ten years too early.
        member = newcomers[waiting]
        member.person.birth_date, member.person.birth_year = None, member.person.birth_year - 10
    if school.number % 7 == 3:
        # One child twice: the second card has another year of birth by mistake and waits for a mentor.
        double, original = newcomers[waiting + 1], newcomers[waiting + 2]
        _make_namesake(double, original, original.person.birth_year + 1)
        double.stays_alone = True
    if school.number % 9 == 5 and school.type == "school":
        # Real namesakes: two children of one name, some years apart.
        younger, elder = newcomers[waiting + 3], newcomers[waiting + 4]
        _make_namesake(younger, elder, elder.person.birth_year + 2)


def _make_namesake(copy: Member, original: Member, birth_year: int) -> None:
    name = original.person.name
    _rename(copy.person, name.last, name.first, name.patronymic)
    copy.person.birth_date, copy.person.birth_year = None, birth_year
    # Two cards of one form differ in class as well.
    copy.class_number = max(original.class_number - (birth_year - original.person.birth_year), 2)
