"""Diagnostics of teachers, courses of mentors, contests, and consents on paper."""

from __future__ import annotations

import datetime
from random import Random

from mentors import services
from mentors.enums import ConsentType, DiagnosticPhase, Population, Side
from mentors.models import Consent, ContestEntry, Diagnostic, Training
from mentorship_portal.demo.calendar import CURRENT, DEMO_DAY, YEARS, some_day
from mentorship_portal.demo.cast import Cast
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.members import Member
from mentorship_portal.demo.names import NameMaker
from mentorship_portal.demo.world import School, words

# Article 351.8 of the Labour Code is in force from this day: mentors of workers consent in writing.
LABOUR_CODE_351_8 = datetime.date(2025, 3, 1)
ADULT_AT = 18


def keep_records(school: School, rng: Random, names: NameMaker, cast: Cast) -> None:
    """Saves the records of the school's participants."""
    teachers = [member for member in cast.mentees if member.population == Population.TEACHER]
    services.record_diagnostics(
        actor=school.actor,
        diagnostics=[row for member in teachers for row in _diagnostics(rng, member)],
        reason=REASON,
    )
    services.record_contests(
        actor=school.actor,
        contests=[row for member in teachers for row in _contests(rng, member)],
        reason=REASON,
    )
    services.record_trainings(
        actor=school.actor,
        trainings=[row for member in cast.mentors for row in _trainings(rng, member)],
        reason=REASON,
    )
    people: set[int] = set()
    consents = []
    for member in cast.all:
        if member.person.pk not in people:
            people.add(member.person.pk)
            consents += _consents(school, rng, names, member)
    services.give_consents(actor=school.actor, consents=consents, reason=REASON)


def _diagnostics(rng: Random, member: Member) -> list[Diagnostic]:
    rows = []
    for year in member.years:
        if rng.random() > (0.55, 0.68, 0.78)[year]:
            continue
        start = YEARS[year].start_year
        before = rng.randint(3, 9)
        method = rng.choice(words()["methods"])
        rows.append(
            Diagnostic(
                participation=member.participation,
                phase=DiagnosticPhase.BEFORE,
                held_on=some_day(rng, datetime.date(start, 9, 16), datetime.date(start, 10, 15)),
                deficits=before,
                method=method,
            )
        )
        if year < CURRENT and rng.random() < 0.86:
            after = max(before + rng.choice((-4, -3, -3, -2, -2, -1, -1, 0, 0, 1)), 0)
            rows.append(
                Diagnostic(
                    participation=member.participation,
                    phase=DiagnosticPhase.AFTER,
                    held_on=some_day(rng, datetime.date(start + 1, 4, 20), datetime.date(start + 1, 5, 20)),
                    deficits=after,
                    method=method,
                )
            )
    return rows


def _contests(rng: Random, member: Member) -> list[ContestEntry]:
    rows = []
    for year in member.years:
        if rng.random() < (0.14 if member.is_young else 0.05):
            start = YEARS[year].start_year
            first, last = datetime.date(start, 10, 20), datetime.date(start + 1, 3, 31)
            held_on = some_day(rng, first, min(last, DEMO_DAY))
            rows.append(
                ContestEntry(
                    participation=member.participation,
                    title=rng.choice(words()["contests"]),
                    held_on=held_on,
                    result=rng.choice(words()["contest_results"]),
                )
            )
    return rows


def _trainings(rng: Random, member: Member) -> list[Training]:
    is_teacher = member.population == Population.TEACHER
    if rng.random() > (0.55 if is_teacher else 0.12):
        return []
    title, hours = rng.choice(words()["courses" if is_teacher else "short_courses"])
    year = rng.choice(member.years)
    start = YEARS[year].start_year
    return [
        Training(
            participation=member.participation,
            course=title,
            hours=hours,
            completed_on=some_day(rng, datetime.date(start, 10, 1), datetime.date(start + 1, 4, 30)),
            in_regional_base=is_teacher and rng.random() < 0.4,
        )
    ]


def _consents(school: School, rng: Random, names: NameMaker, member: Member) -> list[Consent]:
    """The person's consents; a few papers are still missing."""
    person, participation = member.person, member.participation
    signed_on = participation.started_on - datetime.timedelta(days=rng.randint(0, 6))
    is_minor = member.population == Population.PUPIL and (
        person.birth_year is None or signed_on.year - person.birth_year < ADULT_AT
    )
    signer, relation = person.full_name, "лично"
    if is_minor:
        signer = names.parent_of(person.name)
        relation = "мать" if signer.endswith("на") else "отец"
    types = [ConsentType.PROCESSING] if rng.random() < 0.97 else []
    if is_minor and rng.random() < 0.6:
        types.append(ConsentType.PARTICIPATION)
    if not is_minor and rng.random() < 0.12:
        types.append(ConsentType.PUBLICATION)
    works_with_colleagues = member.side == Side.MENTOR and member.takes_teachers
    if works_with_colleagues and rng.random() < 0.9:
        types.append(ConsentType.EMPLOYEE)
    return [
        Consent(
            person=person,
            organization=school.organization,
            type=type_,
            signer=signer,
            relation=relation,
            signed_on=max(signed_on, LABOUR_CODE_351_8) if type_ == ConsentType.EMPLOYEE else signed_on,
            valid_until=datetime.date(2029, 8, 31) if type_ == ConsentType.PROCESSING else None,
        )
        for type_ in types
    ]
