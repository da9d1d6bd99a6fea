"""Meetings: recorded by the curator and the mentor of the pair, corrected and removed by the curator."""

from __future__ import annotations

import datetime

import pytest

from common.dates import today
from mentors.enums import MeetingMode
from mentors.models import Group, Meeting
from mentors.tests.factories import MeetingFactory, PairFactory, PlanStepFactory, ProgramFactory
from mentors.tests.pair_cast import make_scene, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast):
    return make_scene(cast.school)


@pytest.fixture
def pair(scene):
    return PairFactory(organization=scene.school, mentor=scene.mentor, mentee=scene.mentees[0])


def record(client, pair, **more):
    data = {"held_on": f"{today():%d.%m.%Y}", "mode": "in_person", "topic": "Проценты и доли"}
    return client.post(url("meeting-add", pair.pk), data | more)


def test_the_curator_records_a_meeting_from_the_page_of_the_pair(signed_in, curator, pair):
    client = signed_in(curator)
    assert record(client, pair, mode="online").status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.mode, meeting.minutes) == (today(), MeetingMode.ONLINE, 45)
    page = client.get(url("pair", pair.pk)).content.decode()
    assert "Онлайн, 45 минут: «Проценты и доли»" in page


def test_the_topic_may_be_a_step_of_the_plan_and_an_own_topic_wins(signed_in, curator, pair):
    step = PlanStepFactory(program=ProgramFactory(pair=pair), activity="Разбор пробного экзамена")
    client = signed_in(curator)
    record(client, pair, topic="", step=step.pk)
    record(client, pair, topic="Своя", step=step.pk)
    assert set(Meeting.objects.values_list("topic", flat=True)) == {"Разбор пробного экзамена", "Своя"}


def test_a_step_of_another_pair_is_no_topic(signed_in, curator, pair, scene):
    other = PairFactory(organization=scene.school)
    step = PlanStepFactory(program=ProgramFactory(pair=other))
    own = PlanStepFactory(program=ProgramFactory(pair=pair))
    answer = record(signed_in(curator), pair, topic="", step=step.pk)
    assert answer.status_code == 422
    assert own.activity in answer.content.decode()
    assert step.activity not in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("held_on", "01.01.2100", "ещё не прошла"),
        ("held_on", "01.01.2020", "Работа началась"),
        ("held_on", "вчера", "дат"),
        ("topic", "", "Напишите тему"),
        ("mode", "by_letter", ""),
    ],
)
def test_a_wrong_meeting_comes_back_with_what_was_typed(signed_in, curator, pair, field, value, words):
    answer = record(signed_in(curator), pair, **{"notes": "Взять задачник", field: value})
    assert answer.status_code == 422
    assert words in answer.content.decode() and "Взять задачник" in answer.content.decode()
    assert not Meeting.objects.exists()


def test_a_double_click_records_one_meeting(signed_in, curator, pair):
    client = signed_in(curator)
    record(client, pair)
    record(client, pair)
    assert Meeting.objects.count() == 1


class TestMentor:
    @pytest.fixture
    def own(self, pair, mentor, mentee):
        pair.mentor.person.user = mentor
        pair.mentor.person.save()
        pair.mentee.person.user = mentee
        pair.mentee.person.save()
        return pair

    def test_the_mentor_says_that_a_meeting_of_the_own_pair_was_held(self, signed_in, mentor, own):
        client = signed_in(mentor)
        page = client.get(url("pair", own.pk)).content.decode()
        assert "Встреча состоялась" in page and "Завершить…" not in page
        # A link that leads to somebody's card would end at a refusal.
        assert url("mentee", own.mentee_id) not in page
        assert record(client, own).status_code == 302
        assert Meeting.objects.get().history.get().history_user == mentor

    def test_the_mentor_changes_nothing_else(self, signed_in, mentor, own):
        client = signed_in(mentor)
        meeting = MeetingFactory(pair=own)
        step = PlanStepFactory(program=ProgramFactory(pair=own))
        for route, key in (
            ("pair-edit", own.pk),
            ("pair-close", own.pk),
            ("pair-stage", own.pk),
            ("meeting-edit", meeting.pk),
            ("meeting-remove", meeting.pk),
            ("program-edit", step.program_id),
            ("step-done", step.pk),
            ("group-add", own.mentor_id),
        ):
            assert client.post(url(route, key), {}).status_code == 403, route

    def test_a_colleagues_pair_is_not_found(self, signed_in, mentor, own, scene):
        other = PairFactory(organization=scene.school)
        assert record(signed_in(mentor), other).status_code == 404

    def test_the_mentee_reads_and_records_nothing(self, signed_in, mentee, own):
        client = signed_in(mentee)
        page = client.get(url("pair", own.pk)).content.decode()
        assert "Встреча состоялась" not in page
        assert record(client, own).status_code == 403

    def test_a_mentor_who_is_a_mentee_elsewhere_does_not_record_there(self, signed_in, mentor, own, scene):
        taught = PairFactory(organization=scene.school)
        taught.mentee.person.user, own.mentor.person.user = mentor, None
        own.mentor.person.save()
        taught.mentee.person.save()
        client = signed_in(mentor)
        assert client.get(url("pair", taught.pk)).status_code == 200
        assert record(client, taught).status_code == 403

    def test_meetings_of_the_group_are_seen_by_its_mentor(self, signed_in, mentor, own):
        own.group = Group.objects.create(organization=own.organization, title="Физика")
        own.save()
        MeetingFactory(pair=None, group=own.group, organization=own.organization, topic="Общая встреча")
        client = signed_in(mentor)
        for route, key in (("pair", own.pk), ("group", own.group_id)):
            assert "Общая встреча" in client.get(url(route, key)).content.decode()


class TestCorrecting:
    def test_a_meeting_is_corrected_and_a_conflict_asked_about(self, signed_in, curator, pair):
        meeting = MeetingFactory(pair=pair, topic="Дроби")
        client = signed_in(curator)
        form = client.get(url("meeting-edit", meeting.pk)).context["form"]
        data = {name: form[name].value() or "" for name in form.fields}
        assert client.post(url("meeting-edit", meeting.pk), data | {"topic": "Проценты"}).status_code == 302
        late = client.post(url("meeting-edit", meeting.pk), data | {"topic": "Уравнения"})
        assert late.status_code == 422
        assert late.context["form"].conflicts[0].theirs == "Проценты"

    def test_a_removed_meeting_stays_in_the_history_with_its_reason(self, signed_in, curator, pair):
        meeting = MeetingFactory(pair=pair, topic="Дроби")
        client = signed_in(curator)
        assert client.post(url("meeting-remove", meeting.pk), {"reason": ""}).status_code == 422
        assert (
            client.post(url("meeting-remove", meeting.pk), {"reason": "Записана дважды"}).status_code == 302
        )
        assert not Meeting.objects.exists()
        page = client.get(url("pair", pair.pk)).content.decode()
        assert "Записана дважды" in page and "Дроби" in page

    def test_a_meeting_of_a_group_stands_on_each_of_its_pairs(self, signed_in, curator, pair, scene):
        second = PairFactory(organization=scene.school, mentor=scene.mentor, mentee=scene.mentees[1])
        group = Group.objects.create(organization=scene.school, title="Физика")
        type(pair).objects.filter(pk__in=[pair.pk, second.pk]).update(group=group)
        client = signed_in(curator)
        data = {"held_on": f"{today():%d.%m.%Y}", "mode": "in_person", "topic": "Общая встреча"}
        assert client.post(url("group-meeting-add", group.pk), data).status_code == 302
        for row in (pair, second):
            page = client.get(url("pair", row.pk)).content.decode()
            assert "Общая встреча" in page and "встреча группы" in page


def test_a_day_before_the_work_of_a_group_is_refused(signed_in, curator, pair):
    group = Group.objects.create(organization=pair.organization, title="Физика")
    pair.group = group
    pair.save()
    day = pair.started_on - datetime.timedelta(days=1)
    data = {"held_on": f"{day:%d.%m.%Y}", "mode": "in_person", "topic": "Рано"}
    assert signed_in(curator).post(url("group-meeting-add", group.pk), data).status_code == 422
