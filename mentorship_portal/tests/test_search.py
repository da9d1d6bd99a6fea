"""Search over the whole portal: what it finds, for whom, and at which cost."""

import pytest

from mentors.tests.factories import MenteeFactory, PairFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def orlova(school):
    """A pair of the school: Орлова mentors Ёлкин."""
    return PairFactory(
        organization=school,
        mentor__person=PersonFactory(last_name="Орлова", first_name="Елена", patronymic="Викторовна"),
        mentee__person=PersonFactory(last_name="Ёлкин", first_name="Пётр", patronymic="Ильич"),
    )


def found(client, text: str) -> dict[str, list[str]]:
    """Names found, by the title of their group."""
    response = client.get("/search/", {"q": text})
    assert response.status_code == 200
    return {group.title: [hit.name for hit in group.hits] for group in response.context["groups"]}


@pytest.mark.parametrize("text", ["орл", "ОРЛОВА", "рлов", "елена орл", "  Орлова   Е "])
def test_any_part_of_a_name_in_any_case_is_enough(signed_in, curator, orlova, text):
    groups = found(signed_in(curator), text)
    assert groups["Наставники"] == ["Орлова Елена Викторовна"]
    assert groups["Пары"] == ["Орлова Елена Викторовна — Ёлкин Пётр Ильич"]


@pytest.mark.parametrize("text", ["елкин", "Ёлкин", "ЁЛК", "петр"])
def test_yo_and_ye_are_the_same(signed_in, curator, orlova, text):
    assert found(signed_in(curator), text)["Наставляемые"] == ["Ёлкин Пётр Ильич"]


def test_above_the_school_names_are_short(signed_in, methodologist, orlova):
    groups = found(signed_in(methodologist), "орлова")
    assert groups["Наставники"] == ["Орлова Е. В."]


def test_organizations_are_found_by_name_and_inn(signed_in, methodologist, school):
    client = signed_in(methodologist)
    assert school.short_name in found(client, "сош № 17")["Организации"]
    assert found(client, school.inn)["Организации"] == [school.short_name]


def test_an_administrator_of_accounts_finds_organizations_only(signed_in, administrator, orlova):
    assert found(signed_in(administrator), "орлова") == {}
    assert set(found(signed_in(administrator), "сош")) == {"Организации"}


def test_nobody_of_another_school_is_found(signed_in, colleague_curator, foreign_curator, orlova):
    for user in (colleague_curator, foreign_curator):
        assert found(signed_in(user), "орлова") == {}


def test_the_first_ten_stand_with_the_number_of_all_and_the_register(signed_in, curator, school):
    for _ in range(12):
        MenteeFactory(organization=school, person=PersonFactory(last_name="Соколов"))
    client = signed_in(curator)
    (group,) = client.get("/search/", {"q": "соколов"}).context["groups"]
    assert (len(group.hits), group.count_text, group.is_more) == (10, "12", True)
    assert len(client.get(group.url).context["rows"]) == 12


@pytest.mark.parametrize("text", ["", "   ", "%", "'", "\0", "_", "%%%", "a" * 500])
def test_odd_texts_find_nothing_and_break_nothing(signed_in, curator, orlova, text):
    assert found(signed_in(curator), text) == {}


def test_it_costs_the_same_for_one_and_for_many(signed_in, curator, school, django_assert_max_num_queries):
    client = signed_in(curator)
    for _ in range(25):
        PairFactory(organization=school, mentor__person=PersonFactory(last_name="Много"))
    with django_assert_max_num_queries(8):
        assert client.get("/search/", {"q": "много"}).status_code == 200


def test_the_answer_is_kept_nowhere(signed_in, curator):
    assert "no-store" in signed_in(curator).get("/search/", {"q": "орлова"})["Cache-Control"]
