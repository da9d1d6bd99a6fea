"""The frame in a real browser: keys, side panel, choice of a school, look, pages without a script."""

import pytest
from django.conf import settings
from django.test import Client

from mentors.tests.factories import PairFactory, PersonFactory
from mentorship_portal.tests.cast import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SLOW = """
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (...given) { setTimeout(() => send.apply(this, given), 5000); };
"""


@pytest.fixture
def people(db):
    cast = make_cast()
    PairFactory(organization=cast.school, mentor__person=PersonFactory(last_name="Орлова"))
    return cast


def enter(page, live_server, user, url: str = "/") -> None:
    """Opens the page with a session of the user."""
    client = Client()
    client.force_login(user)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    page.goto(url)


def test_keys_lead_to_sections_search_and_help(page, live_server, people):
    enter(page, live_server, people.curator)
    page.keyboard.press("g")
    page.keyboard.press("y")
    page.wait_for_url("**/mentors/**")
    page.keyboard.press("g")
    page.keyboard.press("g")
    page.wait_for_url("**/pairs/**")
    page.keyboard.press("Shift+Slash")
    panel = page.locator("#side-panel")
    panel.get_by_role("heading", name="Пары").wait_for()
    assert panel.evaluate("panel => panel === document.activeElement")
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    page.keyboard.press("/")
    page.keyboard.type("орлов")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.get_by_role("link", name="Орлова Антон Сергеевич", exact=True).click()
    page.wait_for_url("**/mentors/*/**")


def test_letters_typed_into_a_field_are_no_commands(page, live_server, people):
    enter(page, live_server, people.curator)
    page.keyboard.press("/")
    page.keyboard.type("gy?n/")
    assert page.locator("#global-search").input_value() == "gy?n/"
    assert page.url.rstrip("/") == live_server.url


def test_keys_of_one_letter_can_be_switched_off(page, live_server, people):
    people.curator.appearance = {"keys": "off"}
    people.curator.save()
    enter(page, live_server, people.curator)
    page.keyboard.press("g")
    page.keyboard.press("y")
    page.keyboard.press("/")
    assert page.locator("#global-search").evaluate("field => field !== document.activeElement")
    assert "/mentors/" not in page.url


def test_the_look_is_tried_and_kept(page, live_server, people):
    enter(page, live_server, people.curator, "/mentees/")
    page.get_by_role("link", name="Версия для слабовидящих").last.click()
    page.get_by_label("Белым по чёрному").check()
    assert page.evaluate("document.documentElement.dataset.scheme") == "wb"
    page.get_by_label("150 %").check()
    page.get_by_role("button", name="Сохранить этот вид").click()
    page.wait_for_url("**/mentees/**")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"


def test_a_methodologist_chooses_a_school_in_the_top_bar(page, live_server, people):
    enter(page, live_server, people.methodologist, "/organizations/")
    page.locator("summary", has_text="Методист").click()
    page.get_by_role("searchbox", name="Найти").fill("17")
    page.locator("#place-list").get_by_role("link", name="СОШ № 17").click()
    page.wait_for_url("**org=**")
    assert "СОШ № 17" in page.locator(".n-switch").first.inner_text()


def test_without_a_script_the_same_is_reached_by_links(chromium, live_server, people):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False, locale="ru-RU")
    page = context.new_page()
    enter(page, live_server, people.methodologist, "/organizations/")
    page.get_by_role("link", name="Справка по этой странице").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Организации")
    page.goto("/organizations/")
    page.locator("summary", has_text="Методист").click()
    page.get_by_role("link", name="Выбрать одну организацию").click()
    page.locator("main").get_by_role("searchbox").fill("17")
    page.keyboard.press("Enter")
    page.locator("main").get_by_role("link", name="СОШ № 17").click()
    page.wait_for_url("**/organizations/?org=**")
    context.close()


def test_a_slow_answer_shows_a_line_and_then_a_sentence(page, live_server, people):
    page.add_init_script(SLOW)
    enter(page, live_server, people.curator)
    page.get_by_role("link", name="Справка по этой странице").first.click()
    page.locator("#wait-bar").wait_for(state="visible", timeout=2500)
    page.get_by_text("Связь медленная, ждём ответ…").wait_for(timeout=4500)
    page.locator("#side-panel").get_by_role("heading").first.wait_for()
    assert page.locator("#wait-bar").is_hidden()
