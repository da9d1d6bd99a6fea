"""What the demo is drawn from: schools, words, and how many people each school gets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from orgs.models import Organization

DATA = Path(__file__).parent / "data"
MUNICIPALITY = "Приозёрск"
REGION = "Озёрская область"
SHOWCASE = "СОШ № 17"

MENTEES = 7_500
PUPIL_MENTORS, TEACHER_MENTORS, STUDENT_MENTORS, EMPLOYER_MENTORS = 475, 430, 75, 120
# Shares of teachers who are mentored: most schools take everybody who asks, some only beginners.
TEACHER_SHARES = (0.82, 0.74, 0.8, 0.7, 0.78)
# Nobody gets more mentees than children.
MOST_OF_CHILDREN = 0.985


@dataclass
class School:
    """One organization of the demo, its numbers and how many people it gets."""

    inn: str
    short_name: str
    full_name: str
    type: str
    district: str
    pupils_10_18: int | None
    pupils_total: int | None
    pupils_15_18: int | None
    teachers: int
    young_specialists: int
    mentee_weight: float
    mentor_weight: float
    head: str
    curator: str
    fixed_mentees: int | None = None
    has_registers: bool = True
    organization: Organization | None = None
    actor: object = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def number(self) -> int:
        """Its place in the list, from 1."""
        return int(self.inn[6:9])


@cache
def words() -> dict:
    """Lists of subjects, requests, topics and other texts."""
    return json.loads((DATA / "words.json").read_text(encoding="utf-8"))


def draw_schools() -> list[School]:
    """The organizations with the numbers of people that each gets; the totals are exact."""
    schools = [School(**row) for row in json.loads((DATA / "schools.json").read_text(encoding="utf-8"))]
    taking_part = [school for school in schools if school.has_registers]
    for index, school in enumerate(taking_part):
        school.counts["teacher_mentees"] = round(
            school.teachers * TEACHER_SHARES[index % len(TEACHER_SHARES)]
        )
    teacher_mentees = sum(school.counts["teacher_mentees"] for school in taking_part)
    fixed = [school for school in taking_part if school.fixed_mentees is not None]
    for school in fixed:
        school.counts["pupil_mentees"] = school.fixed_mentees
    free = [school for school in taking_part if school.fixed_mentees is None]
    children = [school.pupils_10_18 or 0 for school in free]
    left = MENTEES - teacher_mentees - sum(school.fixed_mentees for school in fixed)
    _spread(
        free,
        "pupil_mentees",
        left,
        [count * school.mentee_weight for count, school in zip(children, free, strict=True)],
        [int(count * MOST_OF_CHILDREN) for count in children],
    )
    seniors = [school.pupils_15_18 or 0 for school in taking_part]
    weights = [count * school.mentor_weight for count, school in zip(seniors, taking_part, strict=True)]
    _spread(taking_part, "pupil_mentors", PUPIL_MENTORS, weights, seniors)
    _spread(taking_part, "student_mentors", STUDENT_MENTORS, seniors, seniors)
    _spread(taking_part, "employer_mentors", EMPLOYER_MENTORS, seniors, seniors)
    teachers = [school.teachers for school in taking_part]
    work = [school.counts["teacher_mentees"] + school.counts["pupil_mentees"] / 2 for school in taking_part]
    _spread(taking_part, "teacher_mentors", TEACHER_MENTORS, work, teachers)
    return schools


def _spread(schools, name: str, total: int, weights, caps) -> None:
    for school, count in zip(schools, allocate(total, weights, caps), strict=True):
        school.counts[name] = count


def allocate(total: int, weights: Sequence[float], caps: Sequence[int]) -> list[int]:
    """Whole parts of ``total`` in proportion to the weights, none above its cap; they sum to the total."""
    if total > sum(cap for cap, weight in zip(caps, weights, strict=True) if weight):
        raise ValueError("The caps leave no room for the total.")
    parts = [0] * len(weights)
    while (left := total - sum(parts)) > 0:
        open_weights = [
            weight if part < cap else 0 for weight, part, cap in zip(weights, parts, caps, strict=True)
        ]
        whole = sum(open_weights)
        shares = [left * weight / whole for weight in open_weights]
        rounded = [min(int(share), cap - part) for share, cap, part in zip(shares, caps, parts, strict=True)]
        if not any(rounded):
            order = sorted(range(len(shares)), key=lambda index: (-shares[index], index))
            rounded = [0] * len(shares)
            for index in order[:left]:
                rounded[index] = 1 if open_weights[index] else 0
        parts = [part + more for part, more in zip(parts, rounded, strict=True)]
    return parts
