"""Journeys of people in a real browser: sign-in, registers, upload."""

import io
import re

import pytest
from openpyxl import Workbook

from accounts.tests.factories import PASSWORD
from mentors.models import Pair
from mentors.tests.factories import MenteeFactory, MentoringFormFactory, PairFactory, PersonFactory
from mentorship_portal.tests.cast import make_cast
from monitoring.tests.factories import IndicatorFactory
from orgs.tests.factories import HeadcountFactory, OrganizationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


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
    page.wait_for_url("**/mentees/**")
    assert page.get_by_role("row").count() == 2
    page.get_by_role("link", name="Сбросить всё").click()
    page.wait_for_url(lambda url: "only=" not in url)
    page.keyboard.press("/")
    page.keyboard.type("ученик-07")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.get_by_role("link", name="Ученик-07 Антон Сергеевич", exact=True).click()
    page.wait_for_url("**/mentees/**")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Ученик-07 Антон Сергеевич")
    page.locator(".n-top__row summary:visible").last.click()
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/sign-in/")


def test_fourteen_rows_of_a_register_are_seen_at_once(page, people):
    page.set_viewport_size({"width": 1366, "height": 625})
    sign_in(page, people.curator)
    page.goto("/pairs/")
    bottoms = [row.bounding_box() for row in page.locator("tbody tr").all()]
    assert sum(1 for box in bottoms if box["y"] + box["height"] <= 625) >= 14


def test_sixteen_schools_of_the_map_are_seen_at_once(page, people):
    IndicatorFactory()
    OrganizationFactory.create_batch(16, municipality=people.municipality)
    page.set_viewport_size({"width": 1366, "height": 625})
    sign_in(page, people.methodologist)
    page.goto("/indicators/map/")
    boxes = [row.bounding_box() for row in page.locator("tbody tr:not(.is-sum, .n-heat__t)").all()]
    assert sum(1 for box in boxes if box["y"] + box["height"] <= 625) >= 16


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
    page.get_by_role("button", name=re.compile("^Загрузить")).click()
    page.get_by_role("heading", name=re.compile(r"^Готово\. Добавлен")).wait_for()
    assert Pair.objects.filter(mentee__person__last_name="Белов").count() == 1


def workbook() -> bytes:
    book = Workbook()
    book.active.append(["ФИО", "Год рождения", "Дата вхождения в программу", "ФИО наставника", "Форма"])
    book.active.append(
        ["Белов Артём Ильич", 2011, "01.09.2025", "Орлова Елена Викторовна", "ученик – ученик"]
    )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
