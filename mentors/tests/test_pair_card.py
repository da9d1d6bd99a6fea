"""The page of a pair: stages told by records, one timeline, calls for attention, constant queries."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.dates import today
from mentors.enums import DiagnosticPhase, ProgramStatus
from mentors.models import Group
from mentors.pairwork import flags, stages, timeline, work_of_pair
from mentors.tests.factories import (
    ConsentFactory,
    DiagnosticFactory,
    MeetingFactory,
    PairFactory,
    PlanStepFactory,
    ProgramFactory,
)
from mentors.tests.pair_cast import make_scene, url
from orgs.scope import Scope
from surveys.tests.factories import AnswerFactory

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def scene(cast):
    return make_scene(cast.school)


@pytest.fixture
def pair(scene):
    return PairFactory(
        organization=scene.school,
        mentor=scene.mentor,
        mentee=scene.mentees[0],
        started_on=today() - 60 * DAY,
    )


@pytest.fixture
def scope(curator):
    return Scope.for_user(curator)


def states(pair, scope, others=()) -> dict:
    return {mark.title: (mark.state, mark.note) for mark in stages(work_of_pair(pair, scope), list(others))}


def test_stages_follow_from_what_is_recorded(pair, scope):
    assert states(pair, scope)["Диагностика"] == ("now", "")
    DiagnosticFactory(participation=pair.mentee, held_on=pair.started_on)
    assert states(pair, scope)["Программа"][0] == "now"
    program = ProgramFactory(pair=pair, status=ProgramStatus.RUNNING, meetings_planned=10)
    MeetingFactory(pair=pair, held_on=today())
    found = states(pair, scope)
    assert found["Программа"][0] == "done"
    assert found["Встречи"] == ("now", "1 из 10")
    program.ended_on = today() + 90 * DAY
    program.save()
    assert states(pair, scope)["Итог"][1].startswith("до ")


def test_an_interim_diagnostic_is_the_interim_assessment(pair, scope):
    DiagnosticFactory(participation=pair.mentee, held_on=today(), phase=DiagnosticPhase.DURING)
    found = states(pair, scope)
    assert found["Промежуточная оценка"][0] == "done"
    assert found["Итог"][0] == "now"


def test_an_ended_pair_has_no_current_stage(pair, scope):
    pair.ended_on = today() - DAY
    assert "now" not in {state for state, _note in states(pair, scope).values()}


def test_a_mentor_sees_no_stages_about_diagnostics(pair, mentor):
    pair.mentor.person.user = mentor
    pair.mentor.person.save()
    assert set(states(pair, Scope.for_user(mentor))) == {"Программа", "Встречи", "Итог"}


def test_one_timeline_has_what_is_planned_above_today(pair, scope):
    program = ProgramFactory(pair=pair, status=ProgramStatus.RUNNING, ended_on=today() + 90 * DAY)
    PlanStepFactory(program=program, activity="Потом", due_on=today() + 10 * DAY)
    PlanStepFactory(program=program, activity="Пора", due_on=today() - 10 * DAY)
    PlanStepFactory(program=program, activity="Сделан", done_on=today() - 5 * DAY)
    PlanStepFactory(program=program, activity="Когда-нибудь")
    MeetingFactory(pair=pair, held_on=today() - DAY, topic="Дроби")
    lines = timeline(work_of_pair(pair, scope), [])
    assert [event.on for event in lines.planned] == [None, today() + 90 * DAY, today() + 10 * DAY]
    assert [event.kind for event in lines.past][:3] == ["meeting", "step", "step"]
    assert [event.overdue for event in lines.past][:3] == [False, False, True]
    assert (lines.counts["step"], lines.counts["meeting"]) == (4, 1)
    only = timeline(work_of_pair(pair, scope), [], kind="meeting")
    assert [event.meeting.topic for event in only.past] == ["Дроби"]
    assert timeline(work_of_pair(pair, scope), [], shown=1).hidden == 3


def test_surveys_are_the_schools_from_five_answers_on(signed_in, curator, pair):
    for _ in range(4):
        AnswerFactory(organization=pair.organization, form=pair.form, answered_on=today())
    client = signed_in(curator)
    assert "ответов школы" not in client.get(url("pair", pair.pk)).content.decode()
    AnswerFactory(organization=pair.organization, form=pair.form, answered_on=today())
    assert "5 ответов школы" in client.get(url("pair", pair.pk)).content.decode()


def test_attention_is_called_in_words(pair, scope):
    def texts(**options):
        return [flag.text for flag in flags(work_of_pair(pair, scope), reads_consents=True)]

    assert texts() == [
        "Нет встреч 60 дней",
        "Нет согласия законного представителя",
        "Нет персонализированной программы",
    ]
    ConsentFactory(person=pair.mentee.person, organization=pair.organization)
    MeetingFactory(pair=pair, held_on=today())
    program = ProgramFactory(pair=pair, status=ProgramStatus.RUNNING)
    PlanStepFactory(program=program, due_on=today() - DAY)
    assert texts() == ["1 шаг просрочен"]


@pytest.mark.parametrize("until", [datetime.date(2026, 1, 1), None])
def test_a_withdrawn_or_past_consent_is_none(pair, scope, until):
    gone = {"valid_until": until} if until else {"withdrawn_on": today()}
    ConsentFactory(person=pair.mentee.person, organization=pair.organization, **gone)
    found = flags(work_of_pair(pair, scope), reads_consents=True)
    assert "Нет согласия законного представителя" in [flag.text for flag in found]


def test_consents_are_no_matter_of_those_above_the_school(signed_in, methodologist, pair):
    page = signed_in(methodologist).get(url("pair", pair.pk)).content.decode()
    assert "Нет согласия" not in page


def test_the_number_of_queries_does_not_grow_with_the_work(signed_in, curator, pair):
    def fill(count: int) -> None:
        program = ProgramFactory(pair=pair, status=ProgramStatus.RUNNING)
        for _ in range(count):
            PlanStepFactory(program=program)
            MeetingFactory(pair=pair, held_on=today())

    pair.group = Group.objects.create(organization=pair.organization, title="Физика")
    pair.save()
    client = signed_in(curator)
    fill(1)
    counts = []
    for route, key in (("pair", pair.pk), ("group", pair.group_id)):
        client.get(url(route, key))
        counts.append(queries_of(client, url(route, key)))
    fill(12)
    assert [
        queries_of(client, url("pair", pair.pk)),
        queries_of(client, url("group", pair.group_id)),
    ] == counts


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
