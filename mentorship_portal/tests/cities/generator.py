"""Random cities with everything that tempts an import or a figure to be wrong."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from mentorship_portal.tests.cities.figures import bare_expected
from mentorship_portal.tests.cities.model import FORMS, Bond, City, Headcount, Human, Reply, School, inn_of
from mentorship_portal.tests.cities.names import FIRST, LAST, PATRONYMICS

INDICATORS = (
    "pupil_mentees",
    "pupil_mentors",
    "teacher_mentees",
    "mentee_satisfaction",
    "mentor_satisfaction",
    "pupil_mentees_of_all",
    "organizations_with_registers",
)
USUAL_FORMS = ("ученик – ученик", "учитель – учитель", "студент – ученик", "работодатель – ученик")
RARE_FORMS = ("работодатель – студент", "учитель – ученик")


def make_city(seed: int, *, schools: int | None = None) -> City:
    """The city of a seed: the same on every machine and in every version of Python."""
    return _Maker(seed).city(schools)


class _Maker:
    def __init__(self, seed: int):
        self.random = Random(seed)
        self.seed = seed
        self.year = self.random.choice((2021, 2022, 2022, 2023))
        self.as_of = self._as_of()

    def _as_of(self) -> date:
        end = date(self.year, 12, 31)
        others = [
            date(self.year, 6, 1),
            date(self.year, 8, 31),
            date(self.year, 9, 20),
            date(self.year, 1, 1),
        ]
        return end if self.random.random() < 0.7 else self.random.choice(others)

    def city(self, count: int | None) -> City:
        city = City(f"Город {self.seed}", self.year, self.as_of)
        count = count or self.random.randint(2, 4)
        for number in range(1, count + 1):
            city.schools.append(self._school(number))
        if self.random.random() < 0.3:
            neighbour = self._school(count + 1)
            neighbour.abroad = True
            city.schools.append(neighbour)
        city.targets = self._targets(city)
        return city

    def _school(self, number: int) -> School:
        school = School(inn_of(self.seed % 10_000 * 100 + number), f"МБОУ «СОШ № {number}»")
        school.headcounts = self._headcounts()
        if self.random.random() > 0.12:
            self._fill(school)
        # A base without rows is not mailed.
        school.sends = tuple(base for base in school.sends if school.people(base.removesuffix("s")))
        if self.random.random() < 0.8:
            school.replies = [self._reply() for _ in range(self.random.randint(1, 12))]
        if self.random.random() < 0.12:
            school.closed_on = self.random.choice(
                (self.as_of, self.as_of - timedelta(days=1), self.as_of + timedelta(days=1))
            )
        return school

    # People and pairs

    def _fill(self, school: School) -> None:
        random = self.random
        self.taken: set[tuple] = set()
        pupils = [self._human("pupil") for _ in range(random.randint(4, 14))]
        teachers = [self._human("teacher") for _ in range(random.randint(2, 6))]
        guests = {role: [self._human(role) for _ in range(2)] for role in ("student", "employer")}
        mentored_students = [self._human("student") for _ in range(2)]
        members = {
            "pupil": pupils,
            "teacher": teachers,
            "student": mentored_students,
        }
        for _ in range(random.randint(2, 9)):
            form = random.choice(RARE_FORMS if random.random() < 0.12 else USUAL_FORMS)
            mentor_role, mentee_role = FORMS[form]
            mentors = guests[mentor_role] if mentor_role in guests else members[mentor_role]
            start, end = self._period()
            mentor = random.choice(mentors)
            size = min(random.choice((1, 1, 1, 2, 3)), len(members[mentee_role]))
            for mentee in random.sample(members[mentee_role], size):
                self._bond(school, Bond(mentor, mentee, form, start, end))
        if random.random() < 0.35:
            self._second_term(school)
        if random.random() < 0.12:
            school.sends = (random.choice(("mentees", "mentors")),)
        elif random.random() < 0.6:
            # One base alone names partners without a birth, so that it cannot tell namesakes apart.
            self._namesakes(school, guests["employer"], pupils)
            self._namesake_who_mentors(school, pupils)
        for side, crowd in (("mentee", pupils), ("mentor", pupils + teachers)):
            paired = [human.name for human in school.people(side)]
            free = [human for human in crowd if human.name not in paired]
            for human in random.sample(free, min(len(free), random.choice((0, 0, 1, 2)))):
                since = random.choice((None, date(self.year, 9, 1)))
                school.alone.append((side, human, since))

    def _bond(self, school: School, bond: Bond) -> None:
        """Adds a pair unless the two are one person, or bound already (that is what a second term is for)."""
        if bond.mentor is bond.mentee:
            return
        if any(known.mentor is bond.mentor and known.mentee is bond.mentee for known in school.bonds):
            return
        school.bonds.append(bond)

    def _second_term(self, school: School) -> None:
        ended = [bond for bond in school.bonds if bond.start and bond.end]
        if ended:
            bond = self.random.choice(ended)
            start = bond.end + timedelta(days=self.random.choice((1, 100)))
            school.bonds.append(Bond(bond.mentor, bond.mentee, bond.form, start, None))

    def _namesakes(self, school: School, mentors: list[Human], pupils: list[Human]) -> None:
        """Two pupils of one name and different births, each with a mentor of their own."""
        model = self.random.choice(pupils)
        other = self._namesake_of(model, school)
        bound = {bond.mentor for bond in school.bonds if bond.mentee is model}
        free = [mentor for mentor in mentors if mentor not in bound]
        if other and bound and free:
            self._bond(school, Bond(free[0], other, "работодатель – ученик", *self._period()))

    def _namesake_who_mentors(self, school: School, pupils: list[Human]) -> None:
        """A pupil who mentors has the name of a pupil who is mentored."""
        model = self.random.choice([pupil for pupil in pupils if pupil in school.people("mentee")] or pupils)
        other = self._namesake_of(model, school)
        mentee = self.random.choice(pupils)
        single = all(human.name != mentee.name or human is mentee for human in school.people("mentee"))
        if other and mentee is not model and single and model in school.people("mentee"):
            self._bond(school, Bond(other, mentee, "ученик – ученик", *self._period()))

    def _namesake_of(self, model: Human, school: School) -> Human | None:
        """Another pupil of the name, or None where it would be a question who is meant."""
        people = [*school.people("mentor"), *school.people("mentee")]
        doubled = any(human.name == model.name and human is not model for human in people)
        if model.born is None or doubled or model in school.people("mentor"):
            return None
        other = Human(model.last, model.first, model.patronymic, "pupil", self._birth("pupil"))
        return None if _year(other.born) in (None, _year(model.born)) else other

    def _human(self, role: str) -> Human:
        while True:
            name = tuple(self.random.choice(part) for part in (LAST, FIRST, PATRONYMICS))
            if self.random.random() < 0.03:
                name = (*name[:2], "")
            key = " ".join(name).replace("ё", "е")
            if key not in self.taken:
                self.taken.add(key)
                break
        class_name = f"{self.random.randint(4, 11)}{self.random.choice('АБВ')}" if role == "pupil" else ""
        return Human(*name, role, self._birth(role), class_name)

    def _birth(self, role: str) -> date | int | None:
        random = self.random
        if role in ("student", "employer") or (role == "teacher" and random.random() < 0.4):
            return None
        if random.random() < 0.04:
            return None
        if role == "teacher":
            return random.randint(1958, 2000)
        age = random.choice((9, 10, 10, 14, 15, 15, 18, 18, 19, *range(8, 20)))
        if random.random() < 0.5:
            return self.year - age
        birthday = date(self.as_of.year - age, self.as_of.month, min(self.as_of.day, 28))
        edge = birthday if self.as_of.day <= 28 else birthday + timedelta(days=self.as_of.day - 28)
        return edge + timedelta(days=random.choice((-1, 0, 1, -200, 150, -364)))

    def _period(self) -> tuple[date | None, date | None]:
        random, year = self.random, self.year
        start = random.choice(
            (
                date(year - 1, 9, 1),
                date(year - 1, 12, 31),
                date(year, 1, 1),
                date(year, 8, 31),
                date(year, 9, 1),
                date(year, 12, 31),
                date(year + 1, 1, 1),
                date(year, 1, 1) + timedelta(days=random.randint(0, 364)),
                date(year, 1, 1) + timedelta(days=random.randint(0, 364)),
                None,
            )
        )
        ends = (
            date(year - 1, 12, 31),
            date(year, 1, 1),
            date(year, 5, 25),
            date(year, 8, 31),
            date(year, 12, 31),
            date(year + 1, 1, 1),
            self.as_of,
            self.as_of - timedelta(days=1),
        )
        fitting = [end for end in ends if start is None or end >= start]
        end = random.choice(fitting) if fitting and random.random() < 0.45 else None
        return start, end

    # Numbers

    def _headcounts(self) -> list[Headcount]:
        random, year = self.random, self.year
        days = random.choice(
            (
                [],
                [date(year, 9, 20)],
                [date(year, 9, 20)],
                [date(year, 1, 1)],
                [date(year, 12, 31)],
                [date(year, 1, 15), date(year, 9, 20)],
                [date(year, 5, 31), date(year, 6, 1), date(year, 12, 31)],
                [date(year - 1, 9, 20), date(year + 1, 9, 20)],
                [date(year - 1, 12, 31), date(year, 1, 1), date(year + 1, 1, 1)],
            )
        )
        return [self._headcount(day) for day in days]

    def _headcount(self, day: date) -> Headcount:
        random = self.random
        total = random.choice((2, 8, 40, 200, 500, random.randint(30, 300)))
        aged = random.randint(0, total) if random.random() < 0.8 else random.choice((0, total))
        older = random.randint(0, aged) if random.random() < 0.7 else 0
        found = Headcount(day, total, aged, older, random.choice((0, 1, 3, 20, 40)))
        for name in ("total", "aged", "older", "teachers"):
            if random.random() < 0.05:
                setattr(found, name, None)
        if (found.total, found.aged, found.older, found.teachers) == (None,) * 4:
            found.total = total
        return found

    def _reply(self) -> Reply:
        random = self.random
        joint, result = random.choice(
            ((7, 7), (6, 8), (6, 7), (10, 4), (10, 3), (5, 9), (random.randint(1, 10), random.randint(1, 10)))
        )
        day = random.choice(
            (
                date(self.year, 5, 20),
                date(self.year, 1, 1),
                date(self.year, 12, 31),
                date(self.year - 1, 12, 31),
                date(self.year + 1, 1, 1),
            )
        )
        role = random.choice(("наставник", "наставляемый"))
        return Reply(role, day, joint, result, random.random() < 0.8, random.choice(USUAL_FORMS))

    def _targets(self, city: City) -> dict[str, str]:
        """Targets near the figures: exactly equal, a hair above, at the edges of the statuses, anything."""
        random, targets = self.random, {}
        for code, (numerator, denominator) in bare_expected(city).items():
            if code not in INDICATORS or random.random() < 0.15:
                continue
            if not denominator or random.random() < 0.2:
                targets[code] = random.choice(("0", "5", "30", "62.5", "100"))
                continue
            share = numerator * 10_000 / denominator
            exact = round(share) if (numerator * 10_000) % denominator == 0 else int(share)
            hundredths = random.choice((exact, exact + 1, exact * 10 // 9, exact * 4 // 3, exact * 2))
            hundredths = min(hundredths, 10_000)
            targets[code] = f"{hundredths // 100}.{hundredths % 100:02d}"
        return targets


def _year(born: date | int | None) -> int | None:
    return born.year if isinstance(born, date) else born
