"""Who works with whom in each school year: pairs, and groups where a mentor has three or more."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from random import Random

from mentors import services
from mentors.enums import CompletionMark, Population
from mentors.models import EndReason, Group, MentoringForm, MentoringKind, Pair, RoleVariant, Stage
from mentorship_portal.demo.calendar import CURRENT, YEARS, autumn_start, some_day, spring_end
from mentorship_portal.demo.cast import Cast
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.members import SINGLE_FORM, Member
from mentorship_portal.demo.world import School, words

SMALLEST_GROUP = 3
# One pupil in so many also works with a second mentor.
SECOND_MENTOR_EVERY = 16
# In which organizations young teachers teach their elders (reverse mentoring): every third.
REVERSE_EVERY = 3
_POPULATIONS = {
    "pupil_pupil": Population.PUPIL,
    "teacher_pupil": Population.TEACHER,
    "teacher_teacher": Population.TEACHER,
    "student_pupil": Population.STUDENT,
    "employer_pupil": Population.EMPLOYER,
}


@dataclass
class Dictionaries:
    """Rows of the reference data by their codes."""

    forms: dict[str, MentoringForm]
    kinds: dict[str, MentoringKind]
    variants: dict[str, list[RoleVariant]]
    stages: dict[str, Stage]
    reasons: dict[str, EndReason]


@dataclass
class Unit:
    """A pair or a group of one school year: what has a programme and meetings of its own."""

    mentor: Member
    form: str
    year: int
    mentees: list[Member]
    pairs: list[Pair] = field(default_factory=list)
    group: Group | None = None
    is_reverse: bool = False

    @property
    def track(self) -> str:
        """Which texts fit: «teacher», «career» or «pupil»."""
        if self.form == "teacher_teacher":
            return "teacher"
        return "career" if self.form == "employer_pupil" else "pupil"

    @property
    def owner(self) -> dict:
        """The keyword that names the pair or the group."""
        return {"group": self.group} if self.group else {"pair": self.pairs[0]}

    @property
    def started_on(self) -> datetime.date | None:
        return min((pair.started_on for pair in self.pairs if pair.started_on), default=None)

    @property
    def ended_on(self) -> datetime.date | None:
        """The last end of its pairs; nothing while one of them goes on."""
        ends = [pair.ended_on for pair in self.pairs]
        return None if None in ends else max(ends)


def pair_up(school: School, rng: Random, cast: Cast, dictionaries: Dictionaries) -> list[Unit]:
    """Saves the pairs and groups of the school for every year; returns them as units."""
    units = []
    for year in range(len(YEARS)):
        units += _units_of(school, rng, cast, year)
    for unit in units:
        _draw_pairs(school, rng, unit, dictionaries)
    groups = [unit.group for unit in units if unit.group]
    services.create_groups(actor=school.actor, groups=groups, reason=REASON)
    for unit in units:
        for pair in unit.pairs:
            pair.group = unit.group
    pairs = [pair for unit in units for pair in unit.pairs]
    services.open_pairs(actor=school.actor, pairs=pairs, reason=REASON)
    return units


def _units_of(school: School, rng: Random, cast: Cast, year: int) -> list[Unit]:
    mentors = [member for member in cast.mentors if year in member.years]
    found: dict[tuple[int, str], Unit] = {}
    seekers = [member for member in cast.mentees if year in member.years and not member.stays_alone]
    for index, mentee in enumerate(seekers):
        mentor, form = _choose(mentors, mentee, mentee.form, year)
        if mentor is None:
            continue
        _place(found, mentor, form, year, mentee)
        if index % SECOND_MENTOR_EVERY == 0 and mentee.population == Population.PUPIL:
            other = "teacher_pupil"
            if form == other:
                other = "employer_pupil" if mentee.class_in(year) >= 8 else "pupil_pupil"
            second, form = _choose(mentors, mentee, other, year)
            if second is not None and second is not mentor:
                _place(found, second, form, year, mentee)
    if school.number % REVERSE_EVERY == 0:
        _add_reverse(rng, cast, year, found)
    return list(found.values())


def _choose(mentors, mentee: Member, form: str, year: int) -> tuple[Member | None, str]:
    """The least loaded mentor that fits, first in the wanted form, then a teacher."""
    if mentee.wanted_mentor is not None and year in mentee.wanted_mentor.years:
        return mentee.wanted_mentor, form
    for wanted in (form, SINGLE_FORM) if form != "teacher_teacher" else (form,):
        fitting = [mentor for mentor in mentors if _fits(mentor, mentee, wanted, year)]
        if fitting:
            return min(fitting, key=lambda mentor: _reluctance(mentor, mentee, year)), wanted
    return None, form


def _reluctance(mentor: Member, mentee: Member, year: int) -> float:
    """How full the mentor is already, and how far the class is from the one that the mentor likes."""
    reluctance = mentor.load.get(year, 0) / mentor.appetite
    if mentee.population == Population.PUPIL:
        reluctance += 0.6 * abs(mentee.class_in(year) - mentor.favourite_class)
    return reluctance


def _fits(mentor: Member, mentee: Member, form: str, year: int) -> bool:
    if mentor.person is mentee.person or mentor.population != _POPULATIONS[form]:
        return False
    if form == "teacher_teacher":
        return mentor.takes_teachers
    if form == "pupil_pupil" and mentor.class_in(year) <= mentee.class_in(year):
        return False
    return mentor.takes_pupils


def _place(found, mentor: Member, form: str, year: int, mentee: Member) -> None:
    unit = found.setdefault((id(mentor), form), Unit(mentor, form, year, []))
    if mentee not in unit.mentees:
        unit.mentees.append(mentee)
        mentor.load[year] = mentor.load.get(year, 0) + 1


def _add_reverse(rng: Random, cast: Cast, year: int, found) -> None:
    """One colleague of the youngest mentor of teachers: digital skills from the younger to the elder."""
    mentors = [member for member in cast.mentors if member.takes_teachers and year in member.years]
    elders = [
        member
        for member in cast.mentees
        if member.form == "teacher_teacher" and year in member.years and not member.is_young
    ]
    if not mentors or not elders:
        return
    mentor = max(mentors, key=lambda member: member.person.birth_year or 0)
    elder = min(elders, key=lambda member: member.person.birth_year or 9999)
    if elder.person is not mentor.person and (id(mentor), "reverse") not in found:
        found[id(mentor), "reverse"] = Unit(mentor, "teacher_teacher", year, [elder], is_reverse=True)
        regular = found.get((id(mentor), "teacher_teacher"))
        if regular and elder in regular.mentees:
            regular.mentees.remove(elder)
            if not regular.mentees:
                del found[id(mentor), "teacher_teacher"]


def _draw_pairs(school: School, rng: Random, unit: Unit, dictionaries: Dictionaries) -> None:
    if len(unit.mentees) >= SMALLEST_GROUP:
        unit.group = Group(organization=school.organization, title=_group_title(unit))
    started_on = autumn_start(rng, unit.year)
    for mentee in unit.mentees:
        # Later members of a group join within its first weeks.
        begun = (
            started_on
            if rng.random() < 0.8
            else some_day(rng, started_on, started_on + datetime.timedelta(days=21))
        )
        unit.pairs.append(_pair(school, rng, unit, mentee, begun, dictionaries))


def _pair(school, rng, unit: Unit, mentee: Member, begun, dictionaries: Dictionaries) -> Pair:
    pair = Pair(
        mentor=unit.mentor.participation,
        mentee=mentee.participation,
        form=dictionaries.forms[unit.form],
        kind=dictionaries.kinds[_kind(rng, unit)],
        started_on=begun,
        request=mentee.participation.main_request if rng.random() < 0.5 else "",
    )
    variants = dictionaries.variants.get(unit.form)
    if variants and rng.random() < 0.75:
        pair.role_variant = variants[0] if mentee.is_young else rng.choice(variants)
    if unit.year < CURRENT:
        _finish(rng, unit, pair, dictionaries)
    else:
        pair.completion_mark = CompletionMark.IN_PROGRESS
        pair.stage = dictionaries.stages["stage_6"]
        if rng.random() < 0.0012 and mentee.wanted_mentor is None:
            pair.started_on = None  # somebody forgot the date: the pair is not counted and is listed
        elif rng.random() < 0.012 and mentee.wanted_mentor is None:
            _break_off(rng, pair, dictionaries)
    return pair


def _finish(rng: Random, unit: Unit, pair: Pair, dictionaries: Dictionaries) -> None:
    if rng.random() < 0.07:
        last = datetime.date(YEARS[unit.year].start_year + 1, 4, 25)
        pair.ended_on = some_day(rng, pair.started_on + datetime.timedelta(days=60), last)
        pair.completion_mark = CompletionMark.ENDED_EARLY
        pair.end_reason = _early_reason(rng, dictionaries)
        pair.mentee_results = rng.choice(words()["early_results"]) if rng.random() < 0.6 else ""
        pair.stage = dictionaries.stages["stage_6"]
        return
    pair.ended_on = spring_end(rng, unit.year)
    pair.completion_mark = CompletionMark.COMPLETED
    pair.end_reason = dictionaries.reasons["completed"]
    pair.stage = dictionaries.stages["stage_7"]
    results = words()["results"][unit.track]
    pair.mentee_results = rng.choice(results) if rng.random() < 0.85 else ""
    pair.mentor_results = rng.choice(results) if rng.random() < 0.4 else ""


def _break_off(rng: Random, pair: Pair, dictionaries: Dictionaries) -> None:
    pair.ended_on = some_day(
        rng, pair.started_on + datetime.timedelta(days=7), pair.started_on + datetime.timedelta(days=40)
    )
    pair.completion_mark = CompletionMark.ENDED_EARLY
    pair.end_reason = _early_reason(rng, dictionaries)


def _early_reason(rng: Random, dictionaries: Dictionaries) -> EndReason:
    return dictionaries.reasons[
        rng.choice(
            ("mentee_left", "mentor_left", "mentor_changed", "mentee_refused", "goal_reached", "health")
        )
    ]


def _kind(rng: Random, unit: Unit) -> str:
    if unit.is_reverse:
        return "reverse"
    if unit.group:
        return "group"
    return rng.choices(("traditional", "situational", "virtual", "short_term", "speed"), (72, 12, 9, 5, 2))[0]


def _group_title(unit: Unit) -> str:
    """«Математика, 5–7 классы, 2026/27»: what the group does, for whom and when."""
    lists = words()
    year = YEARS[unit.year].title
    if unit.form == "teacher_teacher":
        return f"Педагоги, наставник {unit.mentor.person.short_name}, {year}"
    classes = sorted({mentee.class_in(unit.year) for mentee in unit.mentees})
    span = f"{classes[0]} класс" if len(classes) == 1 else f"{classes[0]}–{classes[-1]} классы"
    if unit.form == "teacher_pupil":
        theme = lists["subject_short"].get(unit.mentor.subject, unit.mentor.subject.capitalize())
    elif unit.form == "employer_pupil":
        theme = f"Профессии, {unit.mentor.participation.workplace}"
    elif unit.form == "student_pupil":
        theme = "Студенческие проекты"
    else:
        theme = "Равный – равному"
    return f"{theme}, {span}, {year}"
