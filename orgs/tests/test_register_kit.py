"""What every register does: search, facets, quick filters, columns, views; the same on both databases."""

import datetime

import pytest
from django.utils import timezone

from mentors.record_models import DifferentPeople
from mentors.tests.factories import (
    ConsentFactory,
    MeetingFactory,
    MenteeFactory,
    MentoringFormFactory,
    PairFactory,
    PersonFactory,
    ProgramFactory,
)
from orgs.models import SavedView
from orgs.register_models import Audience
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def school(cast):
    return cast.school


def names(response):
    return [row.person.last_name for row in response.context["rows"]]


def quick(response):
    return {item.code: item.count for item in response.context["quick"]}


# ---- Search -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["ролев", "РОЛЁВ", "петр роле", "королёв п", "сергее"])
def test_any_part_of_a_word_in_any_case_finds_the_name(signed_in, curator, school, text):
    MenteeFactory(organization=school, person=PersonFactory(last_name="Королёв", first_name="Пётр"))
    other = PersonFactory(last_name="Белова", first_name="Анна", patronymic="Ильинична")
    MenteeFactory(organization=school, person=other)
    assert names(signed_in(curator).get("/mentees/", {"q": text})) == ["Королёв"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "''", "  ", "\0"])
def test_signs_of_the_database_find_nothing_and_break_nothing(signed_in, curator, school, text):
    MenteeFactory(organization=school)
    response = signed_in(curator).get("/mentees/", {"q": text})
    assert response.status_code == 200
    assert names(response) == ([] if text.strip("\0 ") else names(signed_in(curator).get("/mentees/")))


def test_organizations_and_programmes_are_searched_the_same_way(signed_in, methodologist, curator, cast):
    OrganizationFactory(short_name="Лицей «Берёзка»", municipality=cast.municipality)
    found = signed_in(methodologist).get("/organizations/", {"q": "БЕРЕЗ"}).context["rows"]
    assert [row.short_name for row in found] == ["Лицей «Берёзка»"]
    ProgramFactory(pair=PairFactory(organization=cast.school), title="Учёба без тревог")
    ProgramFactory(pair=PairFactory(organization=cast.school), title="Проект по физике")
    rows = signed_in(curator).get("/programs/", {"q": "учеб ТРЕВ"}).context["rows"]
    assert [row.title for row in rows] == ["Учёба без тревог"]


# ---- Filters ----------------------------------------------------------------------------------


def test_values_of_one_facet_mean_or_and_facets_mean_and(signed_in, curator, school):
    for name, class_name in (("А", "9А"), ("Б", "9Б"), ("В", "10А")):
        MenteeFactory(organization=school, class_name=class_name, person=PersonFactory(last_name=name))
    PairFactory(organization=school, mentee__class_name="9А", mentee__person=PersonFactory(last_name="Пара"))
    client = signed_in(curator)
    assert names(client.get("/mentees/", {"class": ["9А", "9Б"]})) == ["А", "Б", "Пара"]
    assert names(client.get("/mentees/", {"class": ["9А", "9Б"], "only": "no_pair"})) == ["А", "Б"]
    response = client.get("/mentees/", {"class": ["9А", "9Б"], "only": "no_pair"})
    assert response.context["filter_words"] == "Статус: Активен; Класс: 9А, 9Б; Без пары"


def test_an_opened_checklist_counts_what_each_value_would_show(signed_in, curator, school):
    for class_name in ("10А", "9Б", "9Б"):
        MenteeFactory(organization=school, class_name=class_name)
    (panel,) = signed_in(curator).get("/mentees/", {"panel": "class", "class": "9Б"}).context["panel"]
    assert [(option.value, option.count, option.chosen) for option in panel.options] == [
        ("9Б", 2, True),
        ("10А", 1, False),
    ]


def test_what_nobody_offers_changes_nothing(signed_in, curator, school, sibling_school):
    MenteeFactory(organization=school, person=PersonFactory(last_name="Свой"))
    client = signed_in(curator)
    for query in ({"form": "abc"}, {"only": "x"}, {"who": "cat"}, {"cols": "password"}, {"state": "?"}):
        assert names(client.get("/mentees/", query)) == ["Свой"]
    response = client.get("/mentees/", {"organization": sibling_school.pk})
    assert sibling_school.short_name not in response.content.decode()


def test_quick_filters_count_incomplete_silent_and_doubled_records(signed_in, curator, school):
    whole = PersonFactory(last_name="Полный", contact="8-900")
    ConsentFactory(person=whole, organization=school)
    pair = PairFactory(
        organization=school,
        mentee=MenteeFactory(organization=school, person=whole, main_request="Выбор профиля"),
        started_on=TODAY - datetime.timedelta(days=90),
    )
    for _ in range(2):
        twin = PersonFactory(last_name="Двойник", birth_year=2012)
        MenteeFactory(organization=school, person=twin)
    MenteeFactory(organization=school, person=PersonFactory(last_name="Двойник", birth_year=2009))
    client = signed_in(curator)
    found = quick(client.get("/mentees/"))
    assert found == {"incomplete": "3", "no_pair": "3", "no_meetings": "1", "duplicates": "2"}
    assert names(client.get("/mentees/", {"only": "no_meetings"})) == ["Полный"]
    MeetingFactory(pair=pair, held_on=TODAY)
    assert quick(client.get("/mentees/"))["no_meetings"] == "0"
    filled = {row.person.last_name: row.facts_known for row in client.get("/mentees/").context["rows"]}
    assert filled["Полный"] == 7


def test_who_was_told_apart_is_no_possible_duplicate(signed_in, curator, school):
    people = [PersonFactory(last_name="Двойник") for _ in range(2)]
    for person in people:
        MenteeFactory(organization=school, person=person)
    client = signed_in(curator)
    assert quick(client.get("/mentees/"))["duplicates"] == "2"
    DifferentPeople.objects.create(first=people[0], second=people[1])
    assert quick(client.get("/mentees/"))["duplicates"] == "0"


def test_a_past_school_year_shows_the_rows_that_overlap_it(signed_in, curator, school):
    MenteeFactory(
        organization=school,
        person=PersonFactory(last_name="Прошлый"),
        started_on=datetime.date(2023, 9, 10),
        ended_on=datetime.date(2024, 5, 20),
    )
    MenteeFactory(
        organization=school, person=PersonFactory(last_name="Нынешний"), started_on=datetime.date(2025, 9, 1)
    )
    client = signed_in(curator)
    assert names(client.get("/mentees/", {"y": "2023"})) == ["Прошлый"]
    assert names(client.get("/mentees/")) == ["Нынешний"]


# ---- Sorts, columns, views --------------------------------------------------------------------


def test_every_sort_pages_through_all_rows_once(signed_in, curator, school):
    for number in range(60):
        MenteeFactory(
            organization=school,
            class_name=f"{number % 3 + 9}А",
            person=PersonFactory(last_name=f"У-{number:02d}"),
        )
    client = signed_in(curator)
    for sort in ("name", "-name", "class", "-class", "filled", "-filled"):
        first = client.get("/mentees/", {"sort": sort})
        second = client.get("/mentees/", {"sort": sort, "after": first.context["page"].last})
        assert sorted(names(first) + names(second)) == [f"У-{number:02d}" for number in range(60)], sort


def test_chosen_columns_are_remembered_and_stand_in_the_address(signed_in, curator, school):
    MenteeFactory(organization=school)
    client = signed_in(curator)
    answer = client.post(
        "/registers/mentees/settings/",
        {"columns": "1", "cols": ["status", "class"], "size": "100", "query": "q=бел"},
    )
    assert "cols=status%2Cclass" in answer["Location"]
    page = client.get("/mentees/")
    assert [column.code for column in page.context["register"].shown] == ["name", "status", "class"]
    assert page.context["page"].size == 100
    client.post("/registers/mentees/settings/", {"usual": "1"})
    assert len(client.get("/mentees/").context["register"].shown) > 5


def test_private_columns_are_not_offered_above_the_school(signed_in, methodologist, school):
    MenteeFactory(organization=school, person=PersonFactory(contact="КОНТАКТ-СЕКРЕТ"))
    page = signed_in(methodologist).get("/mentees/", {"cols": "contact,birth,class"})
    assert [column.code for column in page.context["register"].shown] == ["name", "class"]
    assert "КОНТАКТ-СЕКРЕТ" not in page.content.decode()


def test_a_view_is_saved_shared_with_the_school_and_opened_first(signed_in, curator, head, school):
    MenteeFactory(organization=school, class_name="9А", person=PersonFactory(last_name="Девятый"))
    MenteeFactory(organization=school, class_name="8А", person=PersonFactory(last_name="Восьмой"))
    client = signed_in(curator)
    query = "class=9А&sort=-name&q=Девят"
    client.post("/registers/mentees/views/", {"name": "Девятые", "audience": "school", "query": query})
    view = SavedView.objects.get(audience=Audience.SCHOOL)
    assert "q=" not in view.query
    client.post("/registers/mentees/settings/", {"default": str(view.pk)})
    assert names(client.get("/mentees/", follow=True)) == ["Девятый"]
    shown = signed_in(head).get("/mentees/").context["views"]
    assert "Девятые" in [view.label for view, _url, _default in shown]


def test_only_the_owner_removes_a_view_and_nobody_shares_above_the_own_place(
    signed_in, curator, colleague_curator, school
):
    client = signed_in(curator)
    client.post("/registers/mentees/views/", {"name": "Мой", "audience": "personal", "query": ""})
    client.post("/registers/mentees/views/", {"name": "Всем", "audience": "municipality", "query": ""})
    view = SavedView.objects.get()
    signed_in(colleague_curator).post("/registers/mentees/views/remove/", {"view": view.pk})
    assert SavedView.objects.filter(pk=view.pk).exists()
    signed_in(curator).post("/registers/mentees/views/remove/", {"view": view.pk})
    assert not SavedView.objects.filter(pk=view.pk).exists()


def test_an_empty_register_says_what_to_do_and_a_narrow_filter_how_to_leave_it(signed_in, curator, school):
    client = signed_in(curator)
    text = client.get("/mentors/").content.decode()
    assert "Наставников пока нет" in text
    assert "Так может выглядеть ваш файл" in text
    MenteeFactory(organization=school)
    assert "По фильтрам ничего нет" in client.get("/mentees/", {"q": "Нетникого"}).content.decode()


def test_a_form_of_a_pair_is_found_by_the_facet_of_the_person(signed_in, curator, school):
    teachers = MentoringFormFactory(teacher_form=True)
    PairFactory(organization=school, form=teachers, mentee__person=PersonFactory(last_name="Педагог"))
    PairFactory(organization=school)
    assert names(signed_in(curator).get("/mentees/", {"form": teachers.pk})) == ["Педагог"]
