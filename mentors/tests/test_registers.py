"""Registers of mentors, mentees, pairs and programmes."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessAction, AccessRecord
from mentors.tests.factories import (
    MeetingFactory,
    MenteeFactory,
    MentorFactory,
    MentoringFormFactory,
    PairFactory,
    PersonFactory,
    ProgramFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(cast):
    """The school of the cast, not the mailbox's."""
    return cast.school


def names(response):
    return [row.person.last_name for row in response.context["rows"]]


def test_the_curator_sees_full_names_of_the_school_and_nobody_else(
    signed_in, curator, school, sibling_school
):
    MenteeFactory(organization=school, person=PersonFactory(last_name="Абрамова", first_name="Дарья"))
    MenteeFactory(organization=sibling_school, person=PersonFactory(last_name="Чужой"))
    response = signed_in(curator).get("/mentees/")
    assert names(response) == ["Абрамова"]
    assert "Абрамова Дарья Сергеевич" in response.content.decode()


def test_search_finds_a_name_in_any_case_and_with_e_for_yo(signed_in, curator, school):
    MenteeFactory(organization=school, person=PersonFactory(last_name="Королёв", first_name="Пётр"))
    MenteeFactory(organization=school, person=PersonFactory(last_name="Белов"))
    client = signed_in(curator)
    for text in ("КОРОЛЕВ", "королёв петр", "пётр коро"):
        assert names(client.get("/mentees/", {"q": text})) == ["Королёв"]
    assert names(client.get("/mentees/", {"q": "%"})) == []


def test_a_class_typed_into_the_search_finds_its_pupils(signed_in, curator, school):
    MenteeFactory(organization=school, class_name="9Б", person=PersonFactory(last_name="Из-девятого"))
    MenteeFactory(organization=school, class_name="10А", person=PersonFactory(last_name="Из-десятого"))
    assert names(signed_in(curator).get("/mentees/", {"q": "9 б"})) == ["Из-девятого"]


def test_the_register_shows_those_who_take_part_now_until_asked_otherwise(signed_in, curator, school):
    MenteeFactory(organization=school, person=PersonFactory(last_name="Учится"))
    MenteeFactory(
        organization=school, person=PersonFactory(last_name="Закончил"), ended_on=datetime.date(2025, 12, 1)
    )
    client = signed_in(curator)
    assert names(client.get("/mentees/")) == ["Учится"]
    assert names(client.get("/mentees/", {"state": "ended"})) == ["Закончил"]
    assert sorted(names(client.get("/mentees/", {"state": "all"}))) == ["Закончил", "Учится"]


def test_the_quick_filter_counts_exactly_the_rows_it_shows(signed_in, curator, school):
    PairFactory(organization=school)
    MenteeFactory(organization=school, person=PersonFactory(last_name="Ждёт"))
    client = signed_in(curator)
    quick = {item.code: item.count for item in client.get("/mentees/").context["quick"]}
    assert quick["no_pair"] == "1"
    assert names(client.get("/mentees/", {"only": "no_pair"})) == ["Ждёт"]


def test_a_form_narrows_by_the_pairs_of_the_person(signed_in, curator, school):
    teachers = MentoringFormFactory(teacher_form=True)
    PairFactory(organization=school, form=teachers)
    PairFactory(organization=school)
    response = signed_in(curator).get("/mentees/", {"form": teachers.pk})
    assert [str(row.shown_pairs[0].form) for row in response.context["rows"]] == ["учитель – учитель"]


def test_pages_follow_each_other_forth_and_back_without_loss(signed_in, curator, school):
    for number in range(120):
        MenteeFactory(organization=school, person=PersonFactory(last_name=f"Ученик-{number:03d}"))
    client = signed_in(curator)
    first = client.get("/mentees/")
    second = client.get("/mentees/", {"after": first.context["page"].last})
    third = client.get("/mentees/", {"after": second.context["page"].last})
    assert names(first) + names(second) + names(third) == [f"Ученик-{number:03d}" for number in range(120)]
    assert not third.context["page"].has_next
    again = client.get("/mentees/", {"before": third.context["page"].first})
    assert names(again) == names(second)
    assert first.context["total_text"] == "120"


@pytest.mark.parametrize("place", ["abc", "99999999", "-1", "9" * 40, "1%00"])
def test_a_damaged_place_in_the_list_gives_the_first_page(signed_in, curator, school, place):
    MenteeFactory(organization=school, person=PersonFactory(last_name="Первый"))
    assert names(signed_in(curator).get("/mentees/", {"after": place})) == ["Первый"]


def test_an_unknown_sort_gives_the_usual_order(signed_in, curator, school):
    MenteeFactory(organization=school, person=PersonFactory(last_name="Яковлев"))
    MenteeFactory(organization=school, person=PersonFactory(last_name="Агеев"))
    client = signed_in(curator)
    assert names(client.get("/mentees/", {"sort": "person__user__password"})) == ["Агеев", "Яковлев"]
    assert names(client.get("/mentees/", {"sort": "-name"})) == ["Яковлев", "Агеев"]


def test_above_the_school_names_are_short_until_revealed_with_a_journal_line(
    signed_in, methodologist, school
):
    row = MenteeFactory(
        organization=school, person=PersonFactory(last_name="Белов", first_name="Антон", contact="мама 8-900")
    )
    client = signed_in(methodologist)
    shown = client.get("/mentees/").content.decode()
    assert "Белов А. С." in shown
    assert "Белов Антон" not in shown
    assert not AccessRecord.objects.filter(action=AccessAction.REVEAL).exists()
    revealed = client.post("/mentees/").content.decode()
    assert "Белов Антон Сергеевич" in revealed
    line = AccessRecord.objects.get(action=AccessAction.REVEAL)
    assert (line.user, line.object_type, line.details) == (
        methodologist,
        "mentors.participation",
        {"ids": [row.pk]},
    )
    assert "Белов А. С." in client.get("/mentees/").content.decode()


def test_contacts_and_birth_dates_never_leave_the_school(signed_in, curator, methodologist, school):
    person = PersonFactory(birth_date=datetime.date(2011, 3, 14), contact="КОНТАКТ-СЕКРЕТ")
    row = MenteeFactory(organization=school, person=person)
    own = signed_in(curator).get(f"/mentees/{row.pk}/").content.decode()
    assert "КОНТАКТ-СЕКРЕТ" in own
    assert "14.03.2011" in own
    client = signed_in(methodologist)
    for page in (client.get(f"/mentees/{row.pk}/"), client.post(f"/mentees/{row.pk}/")):
        assert "КОНТАКТ-СЕКРЕТ" not in page.content.decode()
        assert "2011" not in page.content.decode()


def test_the_history_says_who_changed_what_from_which_file(signed_in, curator, school):
    row = MenteeFactory(organization=school, main_request="Выбор профиля")
    row.main_request = "Подготовка к экзамену"
    row._history_user = curator
    row._change_reason = "Файл «База.xlsx», лист «Наставляемые»"
    row.save()
    line = signed_in(curator).get(f"/mentees/{row.pk}/").context["history"][0]
    assert (line.who, line.reason) == (str(curator), "Файл «База.xlsx», лист «Наставляемые»")
    assert [(change.was, change.became) for change in line.changes] == [
        ("Выбор профиля", "Подготовка к экзамену")
    ]


def test_a_person_known_at_another_school_keeps_that_schools_traces(
    signed_in, curator, school, foreign_school
):
    person = PersonFactory(contact="старый адрес")
    MenteeFactory(
        person=person, organization=foreign_school, ended_on=datetime.date(2025, 8, 31), started_on=None
    )
    row = MenteeFactory(person=person, organization=school)
    person.contact = "новый адрес"
    person.save()
    body = signed_in(curator).get(f"/mentees/{row.pk}/").content.decode()
    assert "новый адрес" in body
    assert "старый адрес" not in body


@pytest.mark.parametrize("address", ["/mentees/", "/mentors/", "/pairs/", "/programs/"])
def test_a_register_costs_the_same_queries_for_one_row_and_three(signed_in, methodologist, school, address):
    client = signed_in(methodologist)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            pair = PairFactory(organization=school)
            MeetingFactory(pair=pair)
            ProgramFactory(pair=pair)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_programmes_in_work_stand_first_and_all_are_one_choice_away(signed_in, curator, school):
    statuses = ("draft", "agreement", "approved", "running", "completed")
    made = {status: ProgramFactory(pair__organization=school, status=status) for status in statuses}
    client = signed_in(curator)

    def shown(query: str) -> set[int]:
        return {row.pk for row in client.get(f"/programs/{query}").context["rows"]}

    assert shown("") == {program.pk for status, program in made.items() if status != "completed"}
    assert shown("?status=completed") == {made["completed"].pk}
    assert shown("?status=running&status=completed") == {made["running"].pk, made["completed"].pk}
    assert shown("?status=all") == {program.pk for program in made.values()}


def test_a_mentor_sees_the_own_pair_with_its_partner_and_no_register(signed_in, mentor, school):
    own = PairFactory(
        organization=school,
        mentor=MentorFactory(organization=school, person=PersonFactory(user=mentor)),
        mentee=MenteeFactory(organization=school, person=PersonFactory(last_name="Свой")),
    )
    other = PairFactory(organization=school)
    client = signed_in(mentor)
    assert [pair.pk for pair in client.get("/pairs/").context["rows"]] == [own.pk]
    assert "Свой Антон Сергеевич" in client.get(f"/pairs/{own.pk}/").content.decode()
    assert client.get(f"/pairs/{other.pk}/").status_code == 404
    assert client.get("/mentees/").status_code == 403


def test_pairs_without_a_start_date_or_programme_are_found(signed_in, curator, school):
    undated = PairFactory(organization=school, started_on=None)
    complete = PairFactory(organization=school)
    ProgramFactory(pair=complete)
    client = signed_in(curator)
    assert [pair.pk for pair in client.get("/pairs/", {"only": "no_start"}).context["rows"]] == [undated.pk]
    assert [pair.pk for pair in client.get("/pairs/", {"only": "no_program"}).context["rows"]] == [undated.pk]
