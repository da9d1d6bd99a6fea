"""A curator opens a pair and records a meeting, ends the pair, writes a programme without the mouse."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.tests.factories import PASSWORD
from mentors.models import Group, Meeting, Pair, PlanStep
from mentors.registers.words import form_words
from mentors.tests.factories import PairFactory, PlanStepFactory, ProgramFactory
from mentors.tests.pair_cast import make_scene, url
from mentorship_portal.tests.cast import make_cast
from mentorship_portal.tests.delight import Script

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1366, 683, 390, 320)


@pytest.fixture
def people(db):
    cast = make_cast()
    cast.scene = make_scene(cast.school)
    return cast


def sign_in(page, user):
    page.goto("/sign-in/")
    page.get_by_label("Эл. почта").fill(user.email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/")


def open_pair(scene) -> Pair:
    return PairFactory(organization=scene.school, mentor=scene.mentor, mentee=scene.mentees[0])


def test_a_mentor_is_found_while_typing_and_assigned(page, people):
    scene = people.scene
    sign_in(page, people.curator)
    page.goto(url("pair-add", query=f"mentee={scene.mentees[0].pk}"))
    page.get_by_role("radio", name=form_words(scene.form.title)).check()
    page.get_by_label("Найти наставника по ФИО").press_sequentially("орл")
    page.get_by_label("Орлова Елена Викторовна").check()
    page.get_by_label("Найти наставляемого").press_sequentially("елк")
    page.get_by_label("Ёлкин Артём").check()
    page.get_by_role("button", name="Назначить наставника").click()
    page.wait_for_url("**/pairs/groups/**")
    assert set(Pair.objects.values_list("mentee", flat=True)) == {scene.mentees[0].pk, scene.mentees[2].pk}


def test_a_meeting_is_recorded_in_three_clicks(page, people):
    pair = open_pair(people.scene)
    PlanStepFactory(program=ProgramFactory(pair=pair), activity="Разбор экзамена")
    sign_in(page, people.curator)
    page.goto("/pairs/")
    script = Script(page)
    script.click(page.get_by_role("rowheader").get_by_role("link").first)
    script.click(page.get_by_role("radio", name="Онлайн"))
    script.click(page.get_by_role("button", name="Записать", exact=True))
    page.get_by_text("записана").wait_for()
    script.within("record a meeting", clicks=3, seconds=10)
    assert Meeting.objects.get().topic == "Разбор экзамена"


def test_an_own_topic_is_asked_for_when_it_is_chosen(page, people):
    pair = open_pair(people.scene)
    PlanStepFactory(program=ProgramFactory(pair=pair))
    sign_in(page, people.curator)
    page.goto(url("pair", pair.pk))
    own = page.locator("#meeting-topic")
    assert not own.is_visible()
    page.get_by_label("Тема", exact=True).select_option(label="Своя тема")
    own.fill("Олимпиада")
    page.get_by_role("button", name="Записать", exact=True).click()
    page.get_by_text("записана").wait_for()
    assert Meeting.objects.get().topic == "Олимпиада"


def test_a_pair_is_ended_with_its_result(page, people):
    pair = open_pair(people.scene)
    sign_in(page, people.curator)
    page.goto(url("pair", pair.pk))
    page.get_by_role("link", name="Завершить…").click()
    page.get_by_label("Почему завершается").select_option(label="Программа завершена")
    page.get_by_role("radio", name="Цель достигнута", exact=True).check()
    page.get_by_role("button", name="Завершить пару").click()
    page.get_by_text("Завершена 1 пара").wait_for()
    pair.refresh_from_db()
    assert pair.goal_result == "reached"


def test_a_programme_is_written_by_keyboard(page, people):
    pair = open_pair(people.scene)
    sign_in(page, people.curator)
    page.goto(url("program-add", query=f"pair={pair.pk}"))
    page.get_by_label("Название").focus()
    page.keyboard.type("Подготовка к ОГЭ")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**#step-activity")
    for number, text in enumerate(("Входная беседа", "Разбор экзамена", "Итог"), 1):
        # After each row the page comes back with the cursor in the next one.
        page.locator("#step-activity:focus").wait_for()
        page.keyboard.type(text)
        page.keyboard.press("Enter")
        page.get_by_role("cell", name=text).wait_for()
        assert PlanStep.objects.count() == number


def test_menus_of_the_last_row_of_a_plan_are_seen_whole(page, people):
    pair = PairFactory(organization=people.school)
    step = PlanStepFactory(program=ProgramFactory(pair=pair), activity="Единственный шаг")
    sign_in(page, people.curator)
    page.goto(f"/programs/{step.program_id}/")
    for button in ("Действия с шагом 1", "Отметить выполненным: Единственный шаг"):
        page.locator(f"summary[aria-label='{button}']:visible").click()
        last = page.locator("details[open] .n-drop__list button").last
        box = last.bounding_box()
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        is_on_top = "([x, y]) => document.elementFromPoint(x, y)?.closest('details[open] button') !== null"
        assert page.evaluate(is_on_top, middle), button
        page.keyboard.press("Escape")


def test_the_mentor_says_on_a_phone_that_a_meeting_was_held(page, people):
    pair = open_pair(people.scene)
    pair.mentor.person.user = people.mentor
    pair.mentor.person.save()
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, people.mentor)
    page.goto(url("pair", pair.pk))
    page.get_by_label("Тема", exact=True).fill("Дроби")
    page.get_by_role("button", name="Встреча состоялась").click()
    page.get_by_text("записана").wait_for()
    assert Meeting.objects.get().history.get().history_user == people.mentor


def test_no_page_of_a_pair_scrolls_sideways_and_axe_finds_nothing(page, people):
    scene = people.scene
    pair = open_pair(scene)
    group = Group.objects.create(organization=scene.school, title="Физика, 9 класс")
    PairFactory(organization=scene.school, mentor=scene.mentor, mentee=scene.mentees[1], group=group)
    program = ProgramFactory(pair=pair)
    steps = [PlanStepFactory(program=program) for _ in range(3)]
    sign_in(page, people.curator)
    found = []
    for address in (
        url("pair", pair.pk),
        url("pair-add"),
        url("pair-edit", pair.pk),
        url("pair-close", pair.pk),
        url("meeting-add", pair.pk),
        url("group", group.pk),
        url("group-edit", group.pk),
        url("program", program.pk),
        url("program-add"),
        url("program-add", query=f"pair={pair.pk}"),
        url("program-paste", program.pk),
        url("program-print", program.pk),
        url("step-edit", steps[0].pk),
    ):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{address} scrolls at {width}")
        page.set_viewport_size({"width": 1366, "height": 768})
        results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
        found += [f"{address}: {item['id']}" for item in results.response["violations"]]
    assert found == []
