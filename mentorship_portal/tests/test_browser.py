"""What only a real browser can show: assets load, the policy holds, nothing asks another host."""

import pytest

pytestmark = pytest.mark.browser


def test_the_sign_in_page_is_styled_in_our_font_and_keeps_the_policy(page):
    page.goto("/sign-in/")

    assert page.locator("html").get_attribute("lang") == "ru"
    button = page.locator("button[type=submit]").first
    assert button.evaluate("element => getComputedStyle(element).backgroundColor") == "rgb(31, 95, 191)"
    assert page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Golos Text Variable\"'))"
    )


def test_the_password_can_be_shown_and_hidden(page):
    page.goto("/sign-in/")
    page.fill("[name=password]", "секрет")
    button = page.locator("[data-reveal]")

    button.click()
    assert page.locator("[name=password]").get_attribute("type") == "text"

    button.click()
    assert page.locator("[name=password]").get_attribute("type") == "password"


@pytest.mark.parametrize("width", [1366, 683, 390, 320])
def test_the_sign_in_page_never_scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 640})

    page.goto("/sign-in/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
