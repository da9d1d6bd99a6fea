"""Journeys of people in a real browser: sign-in, registers, upload; no page scrolls sideways."""

import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import Workbook

from accounts.tests.factories import PASSWORD
from mentors.models import Pair
from mentors.tests.factories import MenteeFactory, MentoringFormFactory, PairFactory, PersonFactory
from mentorship_portal.tests.cast import make_cast
from orgs.tests.factories import HeadcountFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1366, 683, 390, 320)
CURATOR_PAGES = (
    "/",
    "/mentors/",
    "/mentees/",
    "/pairs/",
    "/programs/",
    "/organizations/",
    "/imports/",
    "/imports/new/",
    "/reports/",
    "/checklists/",
    "/surveys/",
)


@pytest.fixture
def people(db):
    cast = make_cast()
    HeadcountFactory(organization=cast.school)
    MentoringFormFactory()
    for number in range(16):
        PairFactory(organization=cast.school, mentee__person=PersonFactory(last_name=f"Ученик-{number:02d}"))
    MenteeFactory(organization=cast.school, person=PersonFactory(last_name="Ждёт"))
    return cast


def sign_in(page, user):
    page.goto("/sign-in/")
    page.get_by_label("Эл. почта").fill(user.email)
    page.get_by_label("Пароль").fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    page.wait_for_url("**/")


def test_a_curator_signs_in_finds_somebody_and_signs_out(page, people):
    sign_in(page, people.curator)
    page.get_by_role("link", name="Подберите наставника").click()
    assert page.get_by_role("row").count() == 2
    page.get_by_role("link", name="Сбросить всё").click()
    page.keyboard.press("/")
    page.keyboard.type("ученик-07")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=**")
    page.get_by_role("rowheader").get_by_role("link").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Ученик-07 Антон Сергеевич")
    page.locator(".n-top summary:visible").first.click()
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/sign-in/")


def test_fourteen_rows_of_a_register_are_seen_at_once(page, people):
    page.set_viewport_size({"width": 1366, "height": 625})
    sign_in(page, people.curator)
    page.goto("/pairs/")
    bottoms = [row.bounding_box() for row in page.locator("tbody tr").all()]
    assert sum(1 for box in bottoms if box["y"] + box["height"] <= 625) >= 14


def test_names_are_revealed_above_the_school_for_one_page_only(page, people):
    sign_in(page, people.methodologist)
    page.goto("/mentees/?q=ученик-03")
    link = page.get_by_role("rowheader").get_by_role("link")
    assert link.inner_text() == "Ученик-03 А. С."
    page.get_by_role("button", name="Показать ФИО").click()
    page.get_by_text("записано в журнал доступа").wait_for()
    assert link.inner_text() == "Ученик-03 Антон Сергеевич"


def test_a_workbook_is_uploaded_in_a_few_clicks(page, people):
    sign_in(page, people.curator)
    page.goto("/imports/new/?kind=mentees")
    page.set_input_files("input[type=file]", {"name": "База.xlsx", "mimeType": "", "buffer": workbook()})
    page.get_by_role("button", name="Загрузить и проверить").click()
    page.get_by_text("Прочитали 1 строку").wait_for()
    page.get_by_role("button", name="Загрузить 1 строку").click()
    page.get_by_role("heading", name="Готово: добавлено 1").wait_for()
    assert Pair.objects.filter(mentee__person__last_name="Белов").count() == 1


@pytest.mark.parametrize("user", ["curator", "methodologist"])
def test_no_page_scrolls_sideways_and_axe_finds_nothing(page, people, user):
    sign_in(page, getattr(people, user))
    pair = Pair.objects.first()
    cards = (f"/pairs/{pair.pk}/", f"/mentees/{pair.mentee_id}/", f"/organizations/{people.school.pk}/")
    found = []
    for address in (*CURATOR_PAGES, *cards):
        page.goto(address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{address} scrolls at {width}")
        page.set_viewport_size({"width": 1366, "height": 768})
        results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
        found += [f"{address}: {item['id']}" for item in results.response["violations"]]
    assert found == []


def workbook() -> bytes:
    book = Workbook()
    book.active.append(["ФИО", "Год рождения", "Дата вхождения в программу", "ФИО наставника", "Форма"])
    book.active.append(
        ["Белов Артём Ильич", 2011, "01.09.2025", "Орлова Елена Викторовна", "ученик – ученик"]
    )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
