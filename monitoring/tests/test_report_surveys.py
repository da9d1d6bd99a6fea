"""The survey report: figures by questionnaire, question and organization; nobody can be recognised in it."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from mentors.tests.factories import MentoringFormFactory
from monitoring.reports.wording import FEW
from monitoring.tests.reportfiles import build_report, read_sheet
from monitoring.tests.worlds import School, World, build
from orgs.models import District, Organization
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory
from surveys.enums import QuestionType
from surveys.tests.factories import (
    AnswerFactory,
    QuestionFactory,
    QuestionnaireFactory,
    QuestionnaireVersionFactory,
)

pytestmark = pytest.mark.django_db

DAY = date(2021, 5, 20)


@pytest.fixture
def city():
    return build(World(2021, date(2021, 12, 31), (School(),) * 3))


@pytest.fixture
def form():
    return MentoringFormFactory(code="one_more", title="ученик – ученик")


@pytest.fixture
def version(form):
    """A scale, a yes or no, how often, and a free answer."""
    found = QuestionnaireVersionFactory(questionnaire=QuestionnaireFactory(form=form))
    for position, (text, kind) in enumerate(
        [
            ("Была ли польза?", QuestionType.SCALE),
            ("Хотите продолжить?", QuestionType.YES_NO),
            ("Как часто?", QuestionType.FREQUENCY),
            ("Чего не хватило?", QuestionType.TEXT),
        ],
        start=1,
    ):
        QuestionFactory(version=found, position=position, text=text, type=kind)
    return found


def answered(school, form, count, version=None, **more):
    values = {"1": 8, "2": True, "3": "often", "4": "Секретный ответ"} if version else {}
    return AnswerFactory.create_batch(
        count, organization=school, form=form, version=version, answered_on=DAY, **{"values": values, **more}
    )


def questions(content) -> dict[str, dict]:
    return {row["Вопрос"]: row for row in read_sheet(content, "По вопросам")}


def test_each_question_has_its_mean_share_or_steps(city, form, version):
    answered(city.schools[0], form, 6, version)
    answered(city.schools[0], form, 2, version, values={"1": 4, "2": False, "3": "never"})

    rows = questions(build_report("surveys", city.municipality))

    assert (rows["Была ли польза?"]["Ответов"], rows["Была ли польза?"]["Среднее, 1–10"]) == (8, 7)
    assert rows["Хотите продолжить?"]["«Да»"] == 0.75
    assert (rows["Как часто?"]["Часто"], rows["Как часто?"]["Никогда"]) == (0.75, 0.25)
    assert (rows["Довольны ли совместной работой"]["Среднее, 1–10"], "Чего не хватило?" in rows) == (9, False)


def test_free_answers_and_comments_are_nowhere_in_the_file(city, form, version):
    answered(city.schools[0], form, 9, version, comment="Секретный комментарий")

    content = build_report("surveys", city.municipality)

    book = load_workbook(io.BytesIO(content.content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "Была ли польза?" in cells
    assert not [cell for cell in cells if "Секретный" in cell]


def test_form_of_few_answers_takes_the_next_smallest_with_it(city, form):
    for number, count in enumerate((3, 7, 30)):
        answered(city.schools[0], MentoringFormFactory(code=f"form_{number}", title=f"форма {number}"), count)

    rows = read_sheet(build_report("surveys", city.municipality), "Анкеты")

    counts = {row["Форма наставничества"]: row["Ответов"] for row in rows}
    assert counts == {"форма 0": FEW, "форма 1": FEW, "форма 2": 30}


def test_report_on_a_school_tells_no_forms_apart_and_hides_what_the_rest_gives_away(city, form):
    for school, count in zip(city.schools, (3, 7, 30), strict=True):
        answered(school, form, count)
    everything = Scope.everything()

    found = [
        read_sheet(
            build_report("surveys", city.municipality, organization=school, scope=everything), "Анкеты"
        )
        for school in city.schools
    ]

    assert [rows[0]["Ответов"] for rows in found] == [FEW, FEW, 30]
    assert {rows[0]["Форма наставничества"] for rows in found} == {"все формы"}


def test_own_staff_sees_the_answers_of_the_own_school_by_form(city, form):
    for school, count in zip(city.schools, (3, 7, 30), strict=True):
        answered(school, form, count)
    curator = MembershipFactory(organization=city.schools[1]).user

    (row,) = read_sheet(
        build_report(
            "surveys", city.municipality, organization=city.schools[1], scope=Scope.for_user(curator)
        ),
        "Анкеты",
    )

    assert (row["Форма наставничества"], row["Ответов"]) == ("ученик – ученик", 7)


def test_district_counts_its_own_schools_only(city, form):
    district = District.objects.create(municipality=city.municipality, name="Северный")
    Organization.objects.filter(pk=city.schools[0].pk).update(district=district)
    answered(city.schools[0], form, 6)
    answered(city.schools[1], form, 9)

    (row,) = read_sheet(build_report("surveys", city.municipality, district=district), "Анкеты")

    assert row["Ответов"] == 6


def test_answers_of_another_year_do_not_count(city, form):
    AnswerFactory.create_batch(9, organization=city.schools[0], form=form, answered_on=date(2022, 1, 1))

    assert read_sheet(build_report("surveys", city.municipality), "Анкеты") == []
