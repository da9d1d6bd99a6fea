"""Who lives in a made-up city: schools, people, pairs, answers, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

# Who mentors and who is mentored in each form.
FORMS = {
    "ученик – ученик": ("pupil", "pupil"),
    "учитель – учитель": ("teacher", "teacher"),
    "студент – ученик": ("student", "pupil"),
    "работодатель – ученик": ("employer", "pupil"),
    "работодатель – студент": ("employer", "student"),
    "учитель – ученик": ("teacher", "pupil"),
}


@dataclass(eq=False)
class Human:
    """A person of one school; ``born`` is what the school knows: a day, a year or nothing."""

    last: str
    first: str
    patronymic: str
    role: str
    born: date | int | None = None
    class_name: str = ""

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.last, self.first, self.patronymic)))


@dataclass(eq=False)
class Bond:
    """A pair; members of a group are bonds with the same mentor, form and dates."""

    mentor: Human
    mentee: Human
    form: str
    start: date | None = None
    end: date | None = None


@dataclass
class Headcount:
    """Numbers of a school on a date; None: the cell is empty."""

    on: date
    total: int | None = None
    aged: int | None = None
    older: int | None = None
    teachers: int | None = None


@dataclass
class Reply:
    """An anonymous answer of the second survey."""

    role: str
    on: date
    joint: int
    result: int
    liked: bool
    form: str = "ученик – ученик"


@dataclass(eq=False)
class School:
    """A school; ``sends`` are the bases that it mails, ``closed_on`` is told to the portal by hand."""

    inn: str
    name: str
    headcounts: list[Headcount] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)
    alone: list[tuple[str, Human, date | None]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    sends: tuple[str, ...] = ("mentees", "mentors")
    closed_on: date | None = None
    abroad: bool = False

    def people(self, side: str) -> list[Human]:
        """Distinct people of a side in the order of their first pair; the lonely ones last."""
        paired = [getattr(bond, side) for bond in self.bonds]
        lonely = [human for role, human, _since in self.alone if role == side]
        return list(dict.fromkeys([*paired, *lonely]))

    def known_birth(self, human: Human) -> date | int | None:
        """The birth that reaches the portal: only a person's own row gives it."""
        told = any(human in self.people(base.removesuffix("s")) for base in self.sends)
        return human.born if told else None


@dataclass
class City:
    """A municipality in a reporting year; ``targets`` in percent by indicator code."""

    name: str
    year: int
    as_of: date
    schools: list[School] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)

    @property
    def own(self) -> list[School]:
        """Schools of the municipality; the others are neighbours that must not count."""
        return [school for school in self.schools if not school.abroad]


def inn_of(number: int) -> str:
    """A ten-digit ИНН with a right check digit."""
    digits = [int(figure) for figure in f"54{number:07d}"]
    weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
    check = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10
    return "".join(map(str, [*digits, check]))
