"""The statements of registers of people are kept: they have to follow from what they are kept by."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory

from mentors.registers import MenteeRegister, MentorRegister, PairRegister, ProgramRegister
from mentors.tests.factories import MenteeFactory, PairFactory, PersonFactory, ProgramFactory
from orgs.enums import Role
from orgs.registers.register import KNOWN
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory
from orgs.viewstate import read_view_state

pytestmark = pytest.mark.django_db

REGISTERS = (MentorRegister, MenteeRegister, PairRegister, ProgramRegister)


def register_of(register_class, user, query: str = ""):
    request = RequestFactory().get("/", QueryDict(query).dict())
    request.user = user
    read_view_state(request)
    return register_class(request)


def names(register) -> list[str]:
    return [row.person.last_name for row in register.page().rows]


@pytest.fixture
def people(cast):
    pair = PairFactory(organization=cast.school)
    ProgramFactory(organization=cast.school, pair=pair)
    return pair


def test_every_register_that_keeps_its_statements_is_looked_at_here():
    assert {known for known in KNOWN.values() if known.is_found_by_day} == set(REGISTERS)


@pytest.mark.parametrize("register_class", REGISTERS)
@pytest.mark.parametrize("past", ["", "&y=2024"])
def test_a_statement_is_put_together_without_looking_at_the_data(
    register_class, past, curator, people, django_assert_num_queries
):
    """What was looked up would stay in the kept statement after it has changed."""
    filters = register_of(register_class, curator, f"state=all{past}").filters
    asked = ["", *(f"only={code}" for code in filters.quick)]
    asked += [f"{code}={value}" for code in filters.by_code for value in ("1", "active", "ended", "pupil")]
    for query in asked:
        register = register_of(register_class, curator, query + past)
        with django_assert_num_queries(0):
            register.found()


def test_the_same_list_shows_what_has_come_since(curator, cast):
    assert names(register_of(MenteeRegister, curator)) == []

    MenteeFactory(organization=cast.school, person=PersonFactory(last_name="Абрамова"))

    assert names(register_of(MenteeRegister, curator)) == ["Абрамова"]


def test_filters_years_and_order_are_other_lists(curator, cast):
    MenteeFactory(organization=cast.school, class_name="9А", person=PersonFactory(last_name="Абрамова"))
    MenteeFactory(organization=cast.school, class_name="9Б", person=PersonFactory(last_name="Белов"))

    for _again in range(2):
        assert names(register_of(MenteeRegister, curator)) == ["Абрамова", "Белов"]
        assert names(register_of(MenteeRegister, curator, "sort=-name")) == ["Белов", "Абрамова"]
        assert names(register_of(MenteeRegister, curator, "class=9А")) == ["Абрамова"]
        assert names(register_of(MenteeRegister, curator, "class=9Б")) == ["Белов"]
        assert names(register_of(MenteeRegister, curator, "q=бел")) == ["Белов"]
        assert names(register_of(MenteeRegister, curator, "state=ended")) == []


def test_another_user_another_place_and_another_role_are_other_lists(
    curator, cast, sibling_school, django_user_model
):
    MenteeFactory(organization=cast.school, person=PersonFactory(last_name="Абрамова"))
    MenteeFactory(organization=sibling_school, person=PersonFactory(last_name="Соседов"))
    stranger = django_user_model.objects.create_user("elsewhere@example.org", full_name="Чужая")
    both = django_user_model.objects.create_user("two-schools@example.org", full_name="Двое школ")
    for school in (cast.school, sibling_school):
        MembershipFactory(user=both, role=Role.CURATOR, organization=school)

    for _again in range(2):
        assert names(register_of(MenteeRegister, curator)) == ["Абрамова"]
        assert names(register_of(MenteeRegister, stranger)) == []
        assert names(register_of(MenteeRegister, both)) == ["Абрамова", "Соседов"]
        assert names(register_of(MenteeRegister, both, f"org={sibling_school.pk}")) == ["Соседов"]


def test_given_a_role_that_was_taken_away_then_the_list_is_empty(curator, cast):
    MenteeFactory(organization=cast.school, person=PersonFactory(last_name="Абрамова"))
    assert names(register_of(MenteeRegister, curator)) == ["Абрамова"]

    curator.memberships.all().delete()

    assert names(register_of(MenteeRegister, curator)) == []


def test_nobody_and_the_operator_are_not_taken_for_one_another():
    assert Scope.nobody().identity != Scope.everything().identity


@pytest.mark.parametrize("register_class", REGISTERS)
def test_whatever_columns_are_chosen_the_page_asks_as_often(
    register_class, curator, people, django_assert_max_num_queries
):
    """A column that does not say what it reads would ask for it row by row."""
    for number in range(4):
        pair = PairFactory(organization=people.organization)
        ProgramFactory(organization=people.organization, pair=pair, title=f"Программа {number}")
    columns = [column for column in register_class.columns if not column.screen_only]
    for column in columns:
        register = register_of(register_class, curator, f"cols={column.code}")
        with django_assert_max_num_queries(4):
            rows = register.page().rows
            assert len(rows) == 5
            for row in rows:
                register.drawing.may_write(row)
                for shown in register.shown:
                    shown.text(row, register.drawing)
