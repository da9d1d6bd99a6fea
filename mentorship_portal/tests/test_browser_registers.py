"""Registers in a real browser: tasks 4, 5 and 7 of ux.md, keys, rows seen at once, narrow screens."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from mentors.models import Meeting, Participation
from mentors.tests.factories import (
    EndReasonFactory,
    MenteeFactory,
    MentoringFormFactory,
    PairFactory,
    PersonFactory,
)
from mentorship_portal.tests.cast import make_cast
from mentorship_portal.tests.delight import Script
from mentorship_portal.tests.test_browser_pages import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1366, 683, 390, 320)


@pytest.fixture
def people(db):
    """Twelve mentees of one form and twenty of another."""
    cast = make_cast()
    EndReasonFactory(code="completed", title="Программа завершена")
    EndReasonFactory(code="mentee_left", title="Наставляемый выбыл из организации")
    teachers = MentoringFormFactory(teacher_form=True)
    started = timezone.localdate() - datetime.timedelta(days=20)
    for number in range(32):
        PairFactory(
            organization=cast.school,
            started_on=started,
            mentee__person=PersonFactory(last_name=f"Ученик-{number:02d}"),
            **({"form": teachers} if number < 12 else {}),
        )
    return cast


def test_task_4_twelve_mentees_of_one_form_end_their_participation(page, people):
    sign_in(page, people.curator)
    script = Script(page)
    script.click(page.get_by_role("link", name="Наставляемые").first)
    script.click(page.get_by_role("link", name="Фильтр", exact=True))
    script.click(page.get_by_label("Учитель — учитель"))
    page.get_by_text("12 из 32").wait_for()
    script.click(page.get_by_label("Выбрать все строки страницы"))
    script.click(page.get_by_role("button", name="Завершить участие…").first)
    page.get_by_role("heading", name="Завершить участие").wait_for()
    # The reason has the focus: the keys of the list choose it.
    script.press("ArrowDown", think=True)
    while "Наставляемый выбыл" not in page.get_by_label("Причина").locator("option:checked").inner_text():
        script.press("ArrowDown")
    page.get_by_role("cell", name="Наставляемый выбыл").first.wait_for()
    script.click(page.get_by_role("button", name="Завершить участие 12 человек"))
    page.get_by_text("Завершили участие: 12 человек").wait_for()
    assert Participation.objects.filter(role="mentee", ended_on=timezone.localdate()).count() == 12
    script.within("task 4", clicks=6, seconds=30)


def test_task_5_what_is_on_the_screen_goes_into_a_workbook(page, people):
    sign_in(page, people.curator)
    page.goto("/mentees/?cols=class,request,form,mentor,meetings,status")
    script = Script(page)
    script.click(page.locator("summary", has_text="Скачать").first)
    with page.expect_download() as download:
        script.click(page.get_by_role("button", name="То, что на экране (XLSX)").first)
    assert download.value.suggested_filename.startswith("Наставляемые")
    script.within("task 5", clicks=2, seconds=10)


def test_task_7_a_meeting_of_today_is_noted_for_five_pairs(page, people):
    sign_in(page, people.curator)
    script = Script(page)
    script.click(page.get_by_role("link", name="Пары").first)
    boxes = page.locator("tbody [data-pick]")
    script.click(boxes.nth(0))
    page.keyboard.down("Shift")
    script.click(boxes.nth(4))
    page.keyboard.up("Shift")
    script.click(page.get_by_role("button", name="Отметить встречи…").first)
    script.type("Подготовка к олимпиаде")
    script.press("Enter")
    page.get_by_text("Встречи отмечены у 5 пар").wait_for()
    assert Meeting.objects.filter(held_on=timezone.localdate()).count() == 5
    script.within("task 7", clicks=7, seconds=45)


def test_fourteen_rows_of_people_are_seen_at_once(page, people):
    page.set_viewport_size({"width": 1366, "height": 625})
    sign_in(page, people.curator)
    for address in ("/mentees/", "/mentors/", "/pairs/"):
        page.goto(address)
        boxes = [row.bounding_box() for row in page.locator("tbody tr").all()]
        seen = sum(1 for box in boxes if box["y"] + box["height"] <= 625)
        assert seen >= 14, f"{address}: {seen} rows"


def test_rows_are_moved_through_chosen_and_opened_by_keys(page, people):
    sign_in(page, people.curator)
    page.goto("/mentees/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("[data-bulk-count]").inner_text() == "1"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mentees/*/**")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Ученик-00")


def test_without_the_script_rows_are_chosen_and_ended_all_the_same(chromium, live_server, people):
    context = chromium.new_context(base_url=live_server.url, locale="ru-RU", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, people.curator)
    page.goto("/mentees/")
    page.locator("tbody [data-pick]").first.check()
    page.get_by_role("button", name="Завершить участие…").last.click()
    page.get_by_label("Причина").select_option(label="Программа завершена")
    page.get_by_role("button", name="Показать, что изменится").click()
    page.get_by_role("button", name="Завершить участие 1 человека").click()
    page.get_by_text("Завершили участие: 1 человек").wait_for()
    context.close()
    assert Participation.objects.filter(role="mentee", ended_on__isnull=False).count() == 1


def test_the_menu_of_a_card_on_a_phone_covers_nothing_of_the_next_card(page, people):
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, people.curator)
    page.goto("/mentees/")
    page.locator(".n-card__menu > summary:visible").first.click()

    menu = page.locator(".n-card__menu[open] .n-drop__list").bounding_box()
    following = page.locator(".n-card--p:visible").nth(1).bounding_box()
    assert menu["y"] + menu["height"] < following["y"]
    found = Axe().run(page, options={"runOnly": ["target-size"]}).response["violations"]
    assert [node["html"] for item in found for node in item["nodes"]] == []


def test_no_state_of_a_register_scrolls_sideways_and_axe_finds_nothing(page, people):
    sign_in(page, people.curator)
    MenteeFactory(organization=people.school, person=PersonFactory(last_name="Ждёт"))
    found = []
    for address in (
        "/mentees/",
        "/mentees/?panel=all",
        "/mentees/?q=нетникого",
        "/programs/",
        "/mentees/?print=1",
        "/changes/",
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
