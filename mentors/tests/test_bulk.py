"""Actions on chosen rows: shown before they are done, done as a whole, taken back within a day."""

import datetime

import pytest
from django.utils import timezone

from mentors.models import BulkChange, Meeting, Pair, Participation
from mentors.tests.factories import EndReasonFactory, MenteeFactory, PairFactory, PersonFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


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
