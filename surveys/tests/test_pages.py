"""The staff side of surveys: figures from five answers on."""

import datetime

import pytest

from common.dates import today
from mentors.tests.factories import MentoringFormFactory
from surveys.enums import Respondent
from surveys.tests.factories import AnswerFactory

pytestmark = pytest.mark.django_db


def shown(client) -> dict:
    """Numbers of answers and their means by who answered."""
    return {
        row.respondent: (row.answers, row.joint_work, row.result)
        for row in client.get("/surveys/").context["counts"]
    }


def test_figures_of_fewer_than_five_answers_are_hidden(signed_in, curator, school):
    AnswerFactory.create_batch(4, organization=school, respondent=Respondent.MENTOR, joint_work=3)
    AnswerFactory.create_batch(5, organization=school)
    client = signed_in(curator)
    assert shown(client) == {"наставник": (None, None, None), "наставляемый": (5, 9, 8)}
    assert "Мало данных" in client.get("/surveys/").content.decode()


def test_a_form_of_few_answers_does_not_follow_from_the_other_forms(signed_in, curator, school):
    for number, count in enumerate((3, 6, 9)):
        form = MentoringFormFactory(code=f"form-{number}", title=f"форма {number}", position=number)
        AnswerFactory.create_batch(count, organization=school, form=form)

    counts = signed_in(curator).get("/surveys/").context["counts"]

    assert [(row.form, row.answers) for row in counts] == [
        ("форма 0", None),
        ("форма 1", None),
        ("форма 2", 9),
    ]


def test_the_newest_year_with_answers_is_shown_and_the_frame_offers_the_others(signed_in, curator, school):
    last = today().year - 1
    AnswerFactory.create_batch(5, organization=school, answered_on=datetime.date(last, 5, 20))
    response = signed_in(curator).get("/surveys/", follow=True)
    assert [row.answers for row in response.context["counts"]] == [5]
    assert response.context["period_switch"].chosen == f"{last}\N{NO-BREAK SPACE}год"


def test_each_sees_the_answers_of_the_own_places(signed_in, methodologist, curator, cast):
    for place in (cast.school, cast.sibling_school, cast.foreign_school):
        AnswerFactory.create_batch(5, organization=place)
    assert shown(signed_in(curator))["наставляемый"][0] == 5
    assert shown(signed_in(methodologist))["наставляемый"][0] == 10


def test_the_page_costs_the_same_for_one_form_and_three(
    signed_in, curator, school, django_assert_max_num_queries
):
    client = signed_in(curator)
    for number in range(3):
        AnswerFactory(organization=school, form=MentoringFormFactory(code=f"form-{number}"))
        with django_assert_max_num_queries(8):
            assert client.get("/surveys/").status_code == 200


def test_in_a_part_of_what_one_may_see_forms_stand_together(signed_in, methodologist, cast):
    """Given forms of few answers, then those of one school after another do not tell what the whole hides."""
    for number, count in enumerate((2, 9)):
        form = MentoringFormFactory(code=f"form-{number}", title=f"форма {number}", position=number)
        for place in (cast.school, cast.sibling_school):
            AnswerFactory.create_batch(count, organization=place, form=form)
    client = signed_in(methodologist)
    of_school = client.get("/surveys/", {"org": cast.school.pk}).context["counts"]
    assert [(row.form, row.answers, row.joint_work, row.result) for row in of_school] == [
        ("все формы", 11, 9, 8)
    ]


def test_a_school_of_few_answers_does_not_follow_from_the_whole_and_its_neighbour(
    signed_in, methodologist, cast
):
    AnswerFactory.create_batch(3, organization=cast.school)
    AnswerFactory.create_batch(8, organization=cast.sibling_school)
    client = signed_in(methodologist)
    for place in (cast.school, cast.sibling_school):
        (row,) = client.get("/surveys/", {"org": place.pk}).context["counts"]
        assert (row.answers, row.joint_work) == (None, None)
    (row,) = client.get("/surveys/").context["counts"]
    assert row.answers == 11
