"""Actions on chosen rows: shown before they are done, done as a whole, taken back within a day."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentors.enums import ProgramStatus
from mentors.models import BulkChange, Meeting, Pair, Participation, Program
from mentors.tests.factories import (
    EndReasonFactory,
    GroupFactory,
    MenteeFactory,
    MentorFactory,
    PairFactory,
    PersonFactory,
    PlanStepFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
START = datetime.date(2026, 9, 1)


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def reason():
    return EndReasonFactory(code="mentee_left", title="Выбыл из организации")


def walk(client, route, rows, action, **values):
    """Chooses the rows, looks at the preview and presses its button; returns the last answer."""
    data = {"action": action, "ids": ",".join(str(row.pk) for row in rows), **values}
    shown = client.post(f"/{route}/bulk/", {**data, "step": "preview"})
    assert shown.status_code == 200
    return client.post(f"/{route}/bulk/", {**data, "step": "apply", "seen": shown.context["seen"]})


def end(client, rows, reason, day=TODAY):
    return walk(client, "mentees", rows, "end", end_reason=reason.pk, ended_on=f"{day:%d.%m.%Y}")


def test_the_preview_says_what_will_change_and_writes_nothing(signed_in, curator, school, reason):
    pair = PairFactory(organization=school, started_on=TODAY)
    response = signed_in(curator).post("/mentees/bulk/", {"action": "end", "id": [pair.mentee.pk]})
    text = response.content.decode()
    assert "Статус изменится у 1 человека: Активен → Завершил участие." in text
    assert "Завершить участие 1 человека" in text
    assert Participation.objects.get(pk=pair.mentee.pk).ended_on is None


def test_ending_ends_the_people_and_their_pairs_on_one_day(signed_in, curator, school, reason):
    pairs = [PairFactory(organization=school) for _ in range(3)]
    other = PairFactory(organization=school)
    response = end(signed_in(curator), [pair.mentee for pair in pairs], reason)
    assert response.status_code == 302
    assert set(Pair.objects.filter(ended_on=TODAY, end_reason=reason)) == set(pairs)
    assert Participation.objects.filter(role="mentee", ended_on=TODAY).count() == 3
    other.refresh_from_db()
    assert other.ended_on is None


def test_the_button_alone_without_a_preview_writes_nothing(signed_in, curator, school, reason):
    pair = PairFactory(organization=school)
    data = {"action": "end", "ids": pair.mentee_id, "end_reason": reason.pk, "ended_on": f"{TODAY:%d.%m.%Y}"}
    response = signed_in(curator).post("/mentees/bulk/", {**data, "step": "apply", "seen": "чужое"})
    assert response.status_code == 200
    assert Participation.objects.get(pk=pair.mentee_id).ended_on is None


def test_a_reason_that_is_missing_is_asked_for(signed_in, curator, school, reason):
    pair = PairFactory(organization=school)
    data = {"action": "end", "ids": pair.mentee_id, "ended_on": f"{TODAY:%d.%m.%Y}", "step": "apply"}
    response = signed_in(curator).post("/mentees/bulk/", data)
    assert response.status_code == 422
    assert "Выберите причину." in response.content.decode()


def test_all_rows_of_the_filter_are_meant_not_those_of_the_page(signed_in, curator, school, reason):
    for number in range(60):
        MenteeFactory(
            organization=school, class_name="9А", person=PersonFactory(last_name=f"Ученик-{number}")
        )
    MenteeFactory(organization=school, class_name="9Б")
    response = signed_in(curator).post(
        "/mentees/bulk/", {"action": "end", "all": "1", "query": "class=9А&sort=-name"}
    )
    assert len(response.context["action"].rows) == 60


def test_rows_of_another_school_are_as_if_they_were_not_there(
    signed_in, curator, school, sibling_school, reason
):
    foreign = PairFactory(organization=sibling_school).mentee
    response = end_or_refuse(signed_in(curator), foreign, reason)
    assert response.status_code == 302
    assert "bulk" not in response["Location"]
    foreign.refresh_from_db()
    assert foreign.ended_on is None


def end_or_refuse(client, row, reason):
    data = {"action": "end", "ids": row.pk, "end_reason": reason.pk, "ended_on": f"{TODAY:%d.%m.%Y}"}
    return client.post("/mentees/bulk/", {**data, "step": "apply"})


def test_who_began_later_or_has_left_stays_and_is_named(signed_in, curator, school, reason):
    late = MenteeFactory(organization=school, started_on=TODAY, person=PersonFactory(last_name="Поздний"))
    left = MenteeFactory(organization=school, ended_on=datetime.date(2026, 1, 10))
    ready = MenteeFactory(organization=school)
    day = TODAY - datetime.timedelta(days=1)
    client = signed_in(curator)
    data = {"action": "end", "ids": f"{late.pk},{left.pk},{ready.pk}", "ended_on": f"{day:%d.%m.%Y}"}
    context = client.post("/mentees/bulk/", {**data, "step": "preview"}).context
    assert len(context["lines"]) == 1
    assert len(context["left"]) == 2


def test_a_value_is_set_for_all_that_differ(signed_in, curator, school):
    rows = [MenteeFactory(organization=school, class_name=name) for name in ("9А", "9А", "10Б")]
    response = walk(signed_in(curator), "mentees", rows, "change", class_name="10 б")
    assert response.status_code == 302
    assert Participation.objects.filter(class_name="10Б").count() == 3
    change = BulkChange.objects.get()
    assert change.text == "Изменены 2 записи"
    assert rows[0].history.count() == 2
    assert rows[2].history.count() == 1


def test_a_class_is_set_for_pupils_only(signed_in, curator, school):
    pupil = MentorFactory(organization=school, population="pupil", class_name="9А")
    teacher = MentorFactory(organization=school, population="teacher", class_name="")
    client = signed_in(curator)
    data = {"action": "change", "ids": f"{pupil.pk},{teacher.pk}", "class_name": "10А", "step": "preview"}
    context = client.post("/mentors/bulk/", data).context
    assert len(context["lines"]) == 1
    assert [left.why for left in context["left"]] == ["класс бывает только у ученика"]
    walk(client, "mentors", [pupil, teacher], "change", class_name="10А")
    assert list(Participation.objects.filter(class_name="10А")) == [pupil]


def test_a_pupil_with_a_class_becomes_no_teacher_in_passing(signed_in, curator, school):
    pupil = MentorFactory(organization=school, population="pupil", class_name="9А")
    data = {"action": "change", "ids": str(pupil.pk), "population": "teacher", "step": "preview"}
    context = signed_in(curator).post("/mentors/bulk/", data).context
    assert context["lines"] == []
    assert [left.why for left in context["left"]] == ["класс бывает только у ученика"]


def test_who_ends_today_is_still_listed_and_says_so(signed_in, curator, school, reason):
    pair = PairFactory(organization=school)
    client = signed_in(curator)
    end(client, [pair.mentee], reason)
    for address in ("/mentees/", "/pairs/"):
        assert "Сегодня последний день" in client.get(address).content.decode(), address


def test_meetings_of_chosen_pairs_are_noted_at_once(signed_in, curator, school):
    pairs = [PairFactory(organization=school) for _ in range(5)]
    response = walk(
        signed_in(curator),
        "pairs",
        pairs,
        "meetings",
        topic="Подготовка к олимпиаде",
        held_on=f"{TODAY:%d.%m.%Y}",
        minutes="45",
        mode="in_person",
    )
    assert response.status_code == 302
    assert Meeting.objects.filter(held_on=TODAY, topic="Подготовка к олимпиаде").count() == 5


def test_pairs_are_ended_with_the_mark_that_follows_from_the_reason(signed_in, curator, school, reason):
    pairs = [PairFactory(organization=school) for _ in range(2)]
    walk(signed_in(curator), "pairs", pairs, "end", end_reason=reason.pk, ended_on=f"{TODAY:%d.%m.%Y}")
    assert set(Pair.objects.values_list("completion_mark", "end_reason")) == {("ended_early", reason.pk)}


def test_a_change_is_taken_back_exactly_for_a_day(signed_in, curator, school, reason):
    pairs = [PairFactory(organization=school) for _ in range(2)]
    client = signed_in(curator)
    response = end(client, [pair.mentee for pair in pairs], reason)
    assert "Отменить" in client.get(response["Location"]).content.decode()
    change = BulkChange.objects.get()
    client.post(f"/changes/{change.pk}/undo/")
    assert Participation.objects.filter(ended_on__isnull=False).count() == 0
    assert Pair.objects.filter(ended_on__isnull=False).count() == 0
    assert pairs[0].history.first().history_change_reason.startswith("Отменено")
    change.refresh_from_db()
    assert change.undone_by == curator


def test_meetings_that_were_noted_go_again(signed_in, curator, school):
    pair = PairFactory(organization=school)
    client = signed_in(curator)
    walk(
        client,
        "pairs",
        [pair],
        "meetings",
        topic="Ошибка",
        held_on=f"{TODAY:%d.%m.%Y}",
        minutes="45",
        mode="online",
    )
    client.post(f"/changes/{BulkChange.objects.get().pk}/undo/")
    assert not Meeting.objects.exists()


def test_undoing_refuses_and_names_the_record_that_was_changed_since(signed_in, curator, school):
    row = MenteeFactory(organization=school, class_name="9А", person=PersonFactory(last_name="Правленый"))
    client = signed_in(curator)
    walk(client, "mentees", [row], "change", class_name="10А")
    row.refresh_from_db()
    row.class_name = "10Б"
    row.save()
    response = client.post(f"/changes/{BulkChange.objects.get().pk}/undo/", follow=True)
    assert "«Правленый Антон Сергеевич» с тех пор изменили" in response.content.decode()
    row.refresh_from_db()
    assert row.class_name == "10Б"


def test_after_a_day_nothing_is_taken_back(signed_in, curator, school):
    row = MenteeFactory(organization=school, class_name="9А")
    client = signed_in(curator)
    walk(client, "mentees", [row], "change", class_name="10А")
    BulkChange.objects.update(made_at=timezone.now() - datetime.timedelta(hours=25))
    client.post(f"/changes/{BulkChange.objects.get().pk}/undo/")
    row.refresh_from_db()
    assert row.class_name == "10А"


# ---- «Включить в программу…» -------------------------------------------------------------------


@pytest.fixture
def base(school):
    """A programme of two steps that another pair has completed."""
    program = ProgramFactory(
        pair=PairFactory(organization=school, ended_on=TODAY),
        title="Подготовка к экзамену",
        problem="Проблема другого человека",
        status=ProgramStatus.COMPLETED,
        started_on=datetime.date(2025, 9, 1),
        ended_on=datetime.date(2025, 12, 30),
    )
    PlanStepFactory(program=program, position=1, activity="Диагностика", due_on=datetime.date(2025, 9, 11))
    PlanStepFactory(program=program, position=2, activity="Пробный экзамен", due_on=None)
    return program


def include(client, route, rows, base):
    return walk(client, route, rows, "program", program=base.pk, started_on="01.12.2026")


def test_chosen_pairs_get_a_draft_each_by_the_plan_of_a_programme(signed_in, curator, school, base):
    pairs = [PairFactory(organization=school, request=f"Запрос {number}") for number in range(3)]
    include(signed_in(curator), "pairs", pairs, base)
    made = Program.objects.filter(pair__in=pairs)
    assert made.count() == 3
    for program in made:
        assert (program.title, program.status) == ("Подготовка к экзамену", ProgramStatus.DRAFT)
        assert program.problem == program.pair.request
        assert (program.started_on, program.ended_on) == (
            datetime.date(2026, 12, 1),
            datetime.date(2027, 3, 31),
        )
        steps = list(program.steps.order_by("position").values_list("activity", "due_on", "done_on"))
        assert steps == [
            ("Диагностика", datetime.date(2026, 12, 11), None),
            ("Пробный экзамен", None, None),
        ]


@pytest.mark.parametrize("route", ["mentees", "mentors"])
def test_people_are_included_with_their_pairs_that_go_on(signed_in, curator, school, base, route):
    pair = PairFactory(organization=school)
    ended = PairFactory(organization=school, mentor=pair.mentor, mentee=pair.mentee, ended_on=START)
    alone = MenteeFactory(organization=school)
    rows = [pair.mentee, alone] if route == "mentees" else [pair.mentor]
    shown = signed_in(curator).post(
        f"/{route}/bulk/",
        {"action": "program", "ids": ",".join(str(row.pk) for row in rows), "step": "preview"},
    )
    if route == "mentees":
        assert "пары пока нет: сначала подберите наставника" in shown.content.decode()
    include(signed_in(curator), route, rows, base)
    assert Program.objects.filter(pair=pair).count() == 1
    assert not Program.objects.filter(pair=ended).exists()


def test_a_pair_with_a_programme_and_an_ended_one_stay_and_are_named(signed_in, curator, school, base):
    ready, busy = PairFactory(organization=school), PairFactory(organization=school)
    ended = PairFactory(organization=school, started_on=START, ended_on=START)
    ProgramFactory(pair=busy, title="Своя программа", status=ProgramStatus.RUNNING)
    data = {
        "action": "program",
        "ids": ",".join(str(pair.pk) for pair in (ready, busy, ended)),
        "program": base.pk,
        "started_on": "01.12.2026",
        "step": "preview",
    }
    text = signed_in(curator).post("/pairs/bulk/", data).content.decode()
    assert "уже есть программа «Своя программа»" in text
    assert f"пара завершена {START:%d.%m.%Y}" in text
    assert "Будет создан 1 черновик программы; 2 шага." in text
    assert not Program.objects.filter(pair=ready).exists()


def test_a_group_gets_one_programme_for_all_its_pairs(signed_in, curator, school, base):
    group = GroupFactory(organization=school)
    mentor = MentorFactory(organization=school)
    pairs = [PairFactory(organization=school, mentor=mentor, group=group) for _ in range(2)]
    include(signed_in(curator), "pairs", pairs, base)
    assert Program.objects.filter(group=group).count() == 1
    assert not Program.objects.filter(pair__in=pairs).exists()


def test_programmes_of_another_school_are_not_offered(signed_in, curator, school, base, sibling_school):
    foreign = ProgramFactory(pair=PairFactory(organization=sibling_school), title="Чужая программа")
    pair = PairFactory(organization=school)
    client = signed_in(curator)
    data = {"action": "program", "ids": str(pair.pk)}
    assert "Чужая программа" not in client.post("/pairs/bulk/", data).content.decode()
    refused = client.post(
        "/pairs/bulk/", {**data, "program": foreign.pk, "started_on": "01.12.2026", "step": "apply"}
    )
    assert refused.status_code == 422
    assert not Program.objects.filter(pair=pair).exists()


def test_included_programmes_are_taken_back_with_their_plans(signed_in, curator, school, base):
    pairs = [PairFactory(organization=school) for _ in range(2)]
    client = signed_in(curator)
    include(client, "pairs", pairs, base)
    change = BulkChange.objects.get()
    assert change.text == "Создано 2 программы"
    client.post(f"/changes/{change.pk}/undo/")
    assert not Program.objects.filter(pair__in=pairs).exists()
    assert base.steps.count() == 2


def test_including_costs_the_same_for_two_and_twenty(signed_in, curator, school, base):
    client = signed_in(curator)

    def cost(number: int) -> int:
        pairs = [PairFactory(organization=school) for _ in range(number)]
        data = {
            "action": "program",
            "ids": ",".join(str(pair.pk) for pair in pairs),
            "program": base.pk,
            "started_on": "01.12.2026",
        }
        seen = client.post("/pairs/bulk/", {**data, "step": "preview"}).context["seen"]
        with CaptureQueriesContext(connection) as queries:
            client.post("/pairs/bulk/", {**data, "step": "apply", "seen": seen})
        return len(queries)

    cost(2)
    assert cost(2) == cost(20)
