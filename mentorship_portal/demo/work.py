"""What pairs and groups do: personal programmes with plans, and meetings."""

from __future__ import annotations

import datetime
from random import Random

from mentors import services
from mentors.enums import MeetingMode, ProgramStatus
from mentors.models import Meeting, PlanStep, Program
from mentorship_portal.demo.calendar import CURRENT, DEMO_DAY, YEARS, some_day
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.pairing import Unit
from mentorship_portal.demo.world import School, words

# Which share of pairs and groups has a personal programme, by school year: schools learn.
PROGRAM_SHARES = (0.42, 0.56, 0.68)
# How often a group or pair meets in a finished year, and how often until the day of the demo.
MEETINGS_A_YEAR, MEETINGS_THIS_AUTUMN = (3, 7), (0, 5)


def plan_and_meet(school: School, rng: Random, units: list[Unit]) -> None:
    """Saves programmes, plan steps and meetings of the school's pairs and groups."""
    # Schools differ in diligence, and stay as they are.
    diligence = 0.55 + 0.45 * ((school.number * 7) % 10) / 9
    programs, steps = [], []
    for unit in units:
        if unit.started_on and rng.random() < PROGRAM_SHARES[unit.year] * diligence * 1.25:
            program = _program(rng, unit)
            programs.append(program)
            steps += _steps(rng, unit, program)
    services.open_programs(actor=school.actor, programs=programs, reason=REASON)
    services.add_steps(actor=school.actor, steps=steps, reason=REASON)
    meetings = [meeting for unit in units if unit.started_on for meeting in _meetings(rng, unit, diligence)]
    services.record_meetings(actor=school.actor, meetings=meetings, reason=REASON)


def _program(rng: Random, unit: Unit) -> Program:
    texts, track = words(), unit.track
    program = Program(
        **unit.owner,
        title=rng.choice(texts["program_titles"][track]),
        problem=rng.choice(texts["problems"][track]),
        goal=rng.choice(texts["goals"][track]),
        content="Наставник проводит занятия и даёт обратную связь; наставляемый выполняет задания плана.",
        mode=rng.choices(MeetingMode.values, (74, 8, 18))[0],
        started_on=unit.started_on,
        ended_on=unit.ended_on or datetime.date(YEARS[unit.year].start_year + 1, 5, 29),
        status=_status(rng, unit),
    )
    if track == "teacher":
        program.learning_route = rng.random() < 0.72
        program.route_by_diagnostics = program.learning_route and rng.random() < 0.8
    return program


def _status(rng: Random, unit: Unit) -> str:
    if unit.ended_on is not None:
        return ProgramStatus.COMPLETED
    return rng.choices(
        (ProgramStatus.RUNNING, ProgramStatus.APPROVED, ProgramStatus.AGREEMENT, ProgramStatus.DRAFT),
        (74, 14, 7, 5),
    )[0]


def _steps(rng: Random, unit: Unit, program: Program) -> list[PlanStep]:
    activities = words()["steps"][unit.track]
    whole = (program.ended_on - program.started_on).days
    steps = []
    for number, (activity, planned) in enumerate(activities, 1):
        due_on = program.started_on + datetime.timedelta(days=whole * number // len(activities))
        step = PlanStep(
            program=program, position=number, activity=activity, planned_result=planned, due_on=due_on
        )
        lagging = rng.random() < 0.12
        if due_on <= DEMO_DAY and not lagging and program.status in ("running", "completed"):
            step.done_on = some_day(rng, due_on - datetime.timedelta(days=10), due_on)
            step.actual_result = planned if rng.random() < 0.8 else ""
            step.mentor_mark = rng.choice(words()["marks"])
        steps.append(step)
    return steps


def _meetings(rng: Random, unit: Unit, diligence: float) -> list[Meeting]:
    is_current = unit.year == CURRENT
    least, most = MEETINGS_THIS_AUTUMN if is_current else MEETINGS_A_YEAR
    count = max(round(rng.randint(least, most) * diligence), 0 if is_current else 1)
    last = unit.ended_on or DEMO_DAY
    topics = words()["meeting_topics"][unit.track]
    days = sorted(some_day(rng, unit.started_on, last) for _ in range(count))
    return [
        Meeting(
            **unit.owner,
            held_on=min(day, last),
            minutes=rng.choice((30, 40, 45, 45, 60, 90)),
            mode=rng.choices(MeetingMode.values, (80, 14, 6))[0],
            topic=topics[min(index, len(topics) - 1)],
        )
        for index, day in enumerate(days)
    ]
