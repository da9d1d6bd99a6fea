"""A programme from draft to completed, its plan row by row, pasted and taken over."""

from __future__ import annotations

import datetime

import pytest

from common.dates import today
from mentors.enums import ProgramStatus
from mentors.models import Group, PlanStep, Program
from mentors.queries import with_overdue_steps
from mentors.tests.factories import PairFactory, PlanStepFactory, ProgramFactory
from mentors.tests.pair_cast import make_scene, url

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "Подготовка к ОГЭ по математике",
    "goal": "Оценка 4",
    "mode": "in_person",
    "started_on": "01.10.2026",
    "ended_on": "25.05.2027",
}


@pytest.fixture
def scene(cast):
    return make_scene(cast.school)


@pytest.fixture
def pair(scene):
    return PairFactory(organization=scene.school, mentor=scene.mentor, mentee=scene.mentees[0])


@pytest.fixture
def program(pair):
    return ProgramFactory(pair=pair, started_on=datetime.date(2026, 10, 1))


@pytest.fixture
def browser(signed_in, curator):
    return signed_in(curator)


class TestCreating:
    def test_without_a_pair_the_page_asks_for_whom_it_is(self, browser, pair):
        page = browser.get(url("program-add")).content.decode()
        assert f"pair={pair.pk}" in page
        found = browser.get(url("program-add", query="q=белов")).content.decode()
        assert f"pair={pair.pk}" in found
        assert browser.post(url("program-add"), FACTS).status_code == 422
        assert not Program.objects.exists()

    def test_a_programme_of_a_pair_leads_to_its_plan(self, browser, pair):
        answer = browser.post(url("program-add", query=f"pair={pair.pk}"), FACTS)
        program = Program.objects.get()
        assert (program.pair, program.organization, program.status) == (pair, pair.organization, "draft")
        assert answer["Location"].endswith("#step-activity")

    def test_a_double_click_creates_one(self, browser, pair):
        for _ in range(2):
            browser.post(url("program-add", query=f"pair={pair.pk}"), FACTS)
        assert Program.objects.count() == 1

    def test_another_programme_is_taken_as_a_base_with_its_terms_moved(self, browser, program, scene):
        PlanStepFactory(
            program=program,
            position=1,
            activity="Входная беседа",
            due_on=datetime.date(2026, 10, 11),
            done_on=datetime.date(2026, 10, 11),
            actual_result="Проведена",
        )
        other = PairFactory(organization=scene.school)
        address = url("program-add", query=f"pair={other.pk}&from={program.pk}")
        assert browser.get(address).context["form"].initial["title"] == program.title
        browser.post(address, FACTS | {"started_on": "01.11.2026"})
        (step,) = PlanStep.objects.filter(program__pair=other)
        assert (step.activity, step.due_on, step.done_on, step.actual_result) == (
            "Входная беседа",
            datetime.date(2026, 11, 11),
            None,
            "",
        )

    def test_rows_of_other_schools_are_not_found(self, browser, pair, foreign_school):
        foreign = PairFactory(organization=foreign_school)
        base = ProgramFactory(pair=foreign)
        group = Group.objects.create(organization=foreign_school, title="Чужая")
        for query in (f"pair={foreign.pk}", f"group={group.pk}", f"pair={pair.pk}&from={base.pk}"):
            assert browser.get(url("program-add", query=query)).status_code == 404
            assert browser.post(url("program-add", query=query), FACTS).status_code == 404

    @pytest.mark.parametrize(
        ("field", "value"),
        [("ended_on", "01.09.2026"), ("ended_on", "01.10.2030"), ("interim_on", "01.01.2030"), ("title", "")],
    )
    def test_wrong_terms_are_refused_with_what_was_typed(self, browser, pair, field, value):
        answer = browser.post(url("program-add", query=f"pair={pair.pk}"), FACTS | {field: value})
        assert answer.status_code == 422
        assert "Оценка 4" in answer.content.decode()
        assert field in answer.context["form"].errors

    def test_status_and_order_cannot_be_posted_with_the_facts(self, browser, pair):
        extra = {"status": "completed", "approved_on": "01.10.2026", "organization": "1"}
        browser.post(url("program-add", query=f"pair={pair.pk}"), FACTS | extra)
        program = Program.objects.get()
        assert (program.status, program.approved_on) == ("draft", None)


class TestWay:
    def move(self, browser, program, status, **more):
        browser.post(url("program-move", program.pk), {"status": status, **more})
        program.refresh_from_db()
        return program.status

    def test_only_the_next_statuses_are_offered(self, browser, program):
        page = browser.get(url("program", program.pk)).content.decode()
        assert "Отправить на согласование" in page and "Завершить программу" not in page
        assert self.move(browser, program, ProgramStatus.COMPLETED) == ProgramStatus.DRAFT

    def test_an_approval_keeps_its_order_and_shows_it_on_the_page_of_the_pair(self, browser, program):
        assert self.move(browser, program, "agreement") == "agreement"
        assert (
            self.move(browser, program, "approved", approval_number="112", approved_on="15.10.2026")
            == "approved"
        )
        assert (program.approval_number, program.approved_on) == ("112", datetime.date(2026, 10, 15))
        page = browser.get(url("pair", program.pair_id)).content.decode()
        assert "Утверждена, приказ №\u00a0112 от 15.10.2026" in page
        assert self.move(browser, program, "running") == "running"
        assert self.move(browser, program, "completed") == "completed"

    def test_back_to_draft_the_approval_falls_away(self, browser, program):
        self.move(browser, program, "approved", approval_number="112")
        assert program.approved_on == today()
        self.move(browser, program, "draft")
        assert (program.approval_number, program.approved_on) == ("", None)

    def test_facts_are_guarded(self, browser, program):
        form = browser.get(url("program-edit", program.pk)).context["form"]
        data = {name: form[name].value() or "" for name in form.fields}
        data = {name: value for name, value in data.items() if value is not False}
        program.goal = "Оценка 5"
        program.save()
        asked = browser.post(url("program-edit", program.pk), data | {"goal": "Оценка 4"})
        assert asked.status_code == 422
        assert asked.context["form"].conflicts[0].theirs == "Оценка 5"


class TestPlan:
    def steps(self, program):
        return list(program.steps.order_by("position").values_list("activity", flat=True))

    def test_rows_are_added_one_after_another(self, browser, program):
        for text in ("Беседа", "Урок"):
            answer = browser.post(url("step-add", program.pk), {"activity": text, "due_on": "05.12.2026"})
            assert answer["Location"].endswith("#step-activity")
        browser.post(url("step-add", program.pk), {"activity": "Урок", "due_on": "05.12.2026"})
        assert self.steps(program) == ["Беседа", "Урок"]

    def test_an_empty_row_comes_back(self, browser, program):
        answer = browser.post(url("step-add", program.pk), {"activity": "", "planned_result": "Карта"})
        assert answer.status_code == 422
        assert "Карта" in answer.content.decode()

    def test_rows_move_up_and_down_and_stop_at_the_ends(self, browser, program):
        first, second, third = (PlanStepFactory(program=program, activity=text) for text in "абв")
        browser.post(url("step-up", third.pk))
        browser.post(url("step-down", first.pk))
        browser.post(url("step-up", third.pk))
        assert self.steps(program) == ["в", "а", "б"]
        browser.post(url("step-down", second.pk))
        assert self.steps(program) == ["в", "а", "б"]

    def test_a_row_is_marked_done_in_place_with_its_result(self, browser, program):
        step = PlanStepFactory(program=program)
        data = {"done_on": f"{today():%d.%m.%Y}", "actual_result": "Проведён", "mentor_mark": "отлично"}
        browser.post(url("step-done", step.pk), data)
        step.refresh_from_db()
        assert (step.done_on, step.actual_result, step.mentor_mark) == (today(), "Проведён", "отлично")
        assert browser.post(url("step-done", step.pk), {"done_on": "01.01.2100"}).status_code == 422

    def test_an_overdue_row_is_marked(self, browser, program):
        PlanStepFactory(program=program, due_on=datetime.date(2026, 10, 5))
        assert "Просрочен" in browser.get(url("program", program.pk)).content.decode()

    def test_what_a_completed_programme_left_undone_is_late_for_nobody(self, browser, program):
        PlanStepFactory(program=program, due_on=datetime.date(2026, 10, 5))
        assert [row.pk for row in with_overdue_steps(Program.objects.all())] == [program.pk]
        program.status = ProgramStatus.COMPLETED
        program.save()
        page = browser.get(url("program", program.pk)).content.decode()
        assert "Не выполнено" in page and "Просрочен" not in page
        assert not with_overdue_steps(Program.objects.all()).exists()

    def test_a_removed_row_stays_in_the_history(self, browser, program):
        step = PlanStepFactory(program=program, activity="Лишний шаг")
        browser.post(url("step-remove", step.pk))
        assert self.steps(program) == []
        assert "Лишний шаг" in browser.get(url("program", program.pk)).content.decode()

    def test_rows_from_excel_are_looked_at_first(self, browser, program):
        text = "Мероприятие\tСрок\nБеседа\tоктябрь\nУрок\tв течение года\n\t05.12.2026"
        look = browser.post(url("program-paste", program.pk), {"rows": text})
        page = look.content.decode()
        assert look.status_code == 200
        assert "Добавить 2 шага" in page and "31.10.2026" in page and "не войдёт в план" in page
        assert self.steps(program) == []
        browser.post(url("program-paste", program.pk), {"rows": text, "write": "1"})
        assert self.steps(program) == ["Беседа", "Урок"]

    def test_text_without_rows_is_refused(self, browser, program):
        assert browser.post(url("program-paste", program.pk), {"rows": " \n\t"}).status_code == 422

    def test_the_sheet_for_print_has_the_order_of_the_outline(self, browser, program):
        PlanStepFactory(program=program, activity="Открытый урок")
        page = browser.get(url("program-print", program.pk)).content.decode()
        sections = ["Состав", "Проблема", "Цель и задачи", "Форма и вид", "Сроки", "План мероприятий"]
        places = [page.index(f"<h2>{words}") for words in sections]
        assert places == sorted(places)
        assert "Открытый урок" in page and "Орлова Елена Викторовна" in page


def test_a_methodologist_reads_short_names_and_no_buttons(signed_in, methodologist, program):
    client = signed_in(methodologist)
    for route in ("program", "program-print"):
        page = client.get(url(route, program.pk)).content.decode()
        assert "Орлова Е. В." in page and "Орлова Елена" not in page
        assert "Изменить" not in page
