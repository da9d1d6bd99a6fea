"""Anonymous answers: no key, so files and stored answers are compared as multisets."""

import datetime

import pytest

from mentors.tests.factories import MentoringFormFactory
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory, OrganizationFactory
from orgs.tests.loading import codes, exported, figures, load, read, workbook
from surveys.enums import Respondent, Wave
from surveys.models import Answer
from surveys.tests.factories import AnswerFactory

pytestmark = pytest.mark.django_db
HEADINGS = [
    "ИНН",
    "Роль",
    "Форма наставничества",
    "Дата",
    "Совместная работа (1–10)",
    "Результат (1–10)",
    "Понравилось участвовать (да/нет)",
    "Комментарий",
]
DAY = datetime.date(2022, 5, 20)


@pytest.fixture
def school():
    return OrganizationFactory()


@pytest.fixture(autouse=True)
def form():
    return MentoringFormFactory(
        code="teacher_teacher",
        title="учитель – учитель",
        synonyms=["педагог – педагог", "П-П"],
        mentor_population="teacher",
        mentee_population="teacher",
    )


def row(
    school, *, role="наставник", form="учитель – учитель", day=DAY, joint=8, result=7, liked="да", comment=""
):
    return [school.inn, role, form, day, joint, result, liked, comment]


def test_answers_are_stored_with_their_year_and_without_a_person(tmp_path, school, form):
    path = workbook(
        tmp_path / "a.xlsx",
        HEADINGS,
        row(school, role="Наставник", form="Педагог-педагог", day="20.05.2022 г.", liked="ДА"),
        row(
            school, role="наставляемая", form="п–п", joint="10", result=None, liked="нет", comment="Спасибо!"
        ),
    )

    assert figures(load(path, "survey_answers")) == (2, 0, 0, 0)
    fields = (
        "respondent",
        "form",
        "wave",
        "answered_on",
        "year",
        "joint_work",
        "result",
        "enjoyed",
        "comment",
    )
    assert list(Answer.objects.order_by("joint_work").values_list(*fields)) == [
        (Respondent.MENTOR, form.pk, Wave.SECOND, DAY, 2022, 8, 7, True, ""),
        (Respondent.MENTEE, form.pk, Wave.SECOND, DAY, 2022, 10, None, False, "Спасибо!"),
    ]
    assert list(Answer.objects.values_list("values", flat=True)) == [{}, {}]
    assert Answer.history.count() == 2


def test_equal_answers_of_one_file_are_two_answers_and_the_file_again_adds_none(tmp_path, school):
    path = workbook(tmp_path / "a.xlsx", HEADINGS, row(school), row(school), row(school, joint=9))

    assert figures(load(path, "survey_answers")) == (3, 0, 0, 0)

    again = load(path, "survey_answers")
    assert figures(again) == (0, 0, 3, 0)
    assert [(issue.level, issue.code, issue.row) for issue in again.issues] == [
        ("notice", "answers_stored_already", None)
    ]
    assert "3" in again.issues[0].message
    assert Answer.objects.count() == 3


def test_a_longer_file_adds_only_what_is_missing(tmp_path, school):
    load(workbook(tmp_path / "a.xlsx", HEADINGS, row(school), row(school, joint=9)), "survey_answers")
    longer = workbook(
        tmp_path / "b.xlsx", HEADINGS, row(school, joint=9), row(school), row(school), row(school, joint=10)
    )

    assert figures(load(longer, "survey_answers")) == (2, 0, 2, 0)


def test_batches_of_one_file_do_not_take_each_others_answers_for_stored_ones(tmp_path, school, monkeypatch):
    monkeypatch.setattr("common.importing.engine.BATCH_ROWS", 2)
    path = workbook(tmp_path / "a.xlsx", HEADINGS, *[row(school) for _number in range(5)])

    assert figures(load(path, "survey_answers")) == (5, 0, 0, 0)
    assert figures(load(path, "survey_answers")) == (0, 0, 5, 0)


def test_answers_of_the_first_survey_are_other_answers(tmp_path, school, form):
    AnswerFactory(
        organization=school,
        form=form,
        respondent=Respondent.MENTOR,
        wave=Wave.FIRST,
        answered_on=DAY,
        joint_work=8,
        result=7,
    )

    outcome = load(workbook(tmp_path / "a.xlsx", HEADINGS, row(school)), "survey_answers")

    assert figures(outcome) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"role": "завуч"}, (2, "B", "role_unknown")),
        ({"role": None}, (2, "B", "value_missing")),
        ({"form": "кот – собака"}, (2, "C", "form_unknown")),
        ({"day": "май"}, (2, "D", "date_incomplete")),
        ({"day": datetime.date(2090, 1, 1)}, (2, "D", "date_future")),
        ({"joint": 11}, (2, "E", "number_out_of_range")),
        ({"result": 0}, (2, "F", "number_out_of_range")),
        ({"liked": "так себе"}, (2, "G", "yes_no_unreadable")),
        ({"comment": "я" * 10_001}, (2, "H", "text_too_long")),
        ({"joint": None, "result": None, "liked": None}, (2, "", "answer_empty")),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_place(tmp_path, school, changes, problem):
    outcome = load(workbook(tmp_path / "a.xlsx", HEADINGS, row(school, **changes)), "survey_answers")

    assert codes(outcome) == [problem]
    assert figures(outcome) == (0, 0, 0, 1)
    assert not Answer.objects.exists()


def test_a_curator_adds_no_answer_to_another_school_and_does_not_learn_of_its_answers(tmp_path, school, form):
    foreign = OrganizationFactory(municipality=school.municipality)
    AnswerFactory(organization=foreign, form=form, comment="КАНАРЕЙКА")
    scope = Scope.for_user(MembershipFactory(organization=school).user)

    outcome = load(workbook(tmp_path / "a.xlsx", HEADINGS, row(foreign)), "survey_answers", scope=scope)

    assert codes(outcome) == [(2, "A", "organization_unknown")]
    assert Answer.objects.count() == 1
    assert len(read(exported(tmp_path / "out.xlsx", "survey_answers", scope=scope))) == 1


def test_the_number_of_queries_does_not_grow_with_the_rows(tmp_path, school):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count, day):
        schools = [school, *(OrganizationFactory() for _number in range(count))]
        path = workbook(tmp_path / f"{count}.xlsx", HEADINGS, *[row(place, day=day) for place in schools])
        with CaptureQueriesContext(connection) as captured:
            load(path, "survey_answers")
        return len(captured)

    assert queries(1, DAY) == queries(30, datetime.date(2022, 6, 1))
