"""Recording of anonymous answers."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from orgs.tests.factories import OrganizationFactory
from surveys.enums import Measure, QuestionType, Respondent, Wave
from surveys.models import Answer
from surveys.services import record_answer, record_answers
from surveys.tests.factories import AnswerFactory, QuestionFactory, QuestionnaireVersionFactory

pytestmark = pytest.mark.django_db
MAY = datetime.date(2026, 5, 20)


@pytest.fixture
def version():
    """Six questions of every type; the second is asked after «да» to the first."""
    version = QuestionnaireVersionFactory()
    met = QuestionFactory(version=version, position=1)
    QuestionFactory(version=version, position=2, type=QuestionType.TEXT, required=False, shown_after=met)
    for position, measure in ((3, Measure.JOINT_WORK), (4, Measure.RESULT)):
        QuestionFactory(version=version, position=position, type=QuestionType.SCALE, measure=measure)
    QuestionFactory(version=version, position=5, measure=Measure.ENJOYED)
    QuestionFactory(version=version, position=6, type=QuestionType.FREQUENCY, required=False)
    return version


FULL = {1: True, 2: "в лагере", 3: 8, 4: 7, 5: True, 6: "often"}


def test_answer_holds_the_measures_and_the_rest_by_number(version):
    school = OrganizationFactory()
    answer = record_answer(organization=school, version=version, values=FULL, answered_on=MAY)
    answer.refresh_from_db()
    assert (answer.joint_work, answer.result, answer.enjoyed) == (8, 7, True)
    assert answer.values == {"1": True, "2": "в лагере", "6": "often"}
    assert (answer.respondent, answer.wave, answer.year) == (Respondent.MENTEE, Wave.SECOND, 2026)


def test_nobody_stands_behind_an_answer(version):
    answer = record_answer(organization=OrganizationFactory(), version=version, values=FULL)
    assert answer.history.get().history_user is None
    personal = {field.name for field in Answer._meta.get_fields()} & {"person", "user", "token", "created_at"}
    assert personal == set()


def test_question_that_was_not_opened_is_not_stored(version):
    answer = record_answer(
        organization=OrganizationFactory(), version=version, values=FULL | {1: False}, answered_on=MAY
    )
    assert answer.values == {"1": False, "6": "often"}


def test_open_required_questions_are_named_all_at_once(version):
    with pytest.raises(ValidationError) as refusal:
        record_answer(organization=OrganizationFactory(), version=version, values={1: False})
    assert set(refusal.value.message_dict) == {"question_3", "question_4", "question_5"}
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("number", "value"), [(3, 11), (3, 0), (3, True), (3, "8"), (1, "да"), (5, 1), (6, "sometimes")]
)
def test_value_that_does_not_fit_its_type_is_refused(version, number, value):
    with pytest.raises(ValidationError) as refusal:
        record_answer(organization=OrganizationFactory(), version=version, values=FULL | {number: value})
    assert set(refusal.value.message_dict) == {f"question_{number}"}


def test_many_answers_get_their_year(version):
    answers = [AnswerFactory.build(organization=OrganizationFactory(), form=version.questionnaire.form)]
    answers[0].values = {"1": True}
    record_answers(answers=answers, reason="survey.xlsx")
    answer = Answer.objects.get()
    assert (answer.year, answer.values, answer.history.get().history_change_reason) == (
        2026,
        {"1": True},
        "survey.xlsx",
    )
