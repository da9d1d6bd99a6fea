"""Every page of the table of rights in a real browser, as each role that may see it.

axe finds no violation of A and AA, no page scrolls sideways, no open menu leaves the page, a cold load
weighs at most 150 KiB gzipped. The crawl as a curator is of the usual suite, the other roles and looks
are long.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from mentorship_portal.tests.pages import LOOKERS, page_urls
from mentorship_portal.tests.world import make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1366, 683, 390, 320)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
HEAVIEST = 150 * 1024
# Pages with a sheet load its script on top (ux.md 12.9).
HEAVIEST_SHEET = 260 * 1024
# Opens each menu and says which of them leave the page to the right or to the left.
MENUS = """() => {
  const root = document.documentElement;
  const outside = [];
  for (const menu of document.querySelectorAll("details:not([open])")) {
    if (!menu.offsetParent) continue;
    menu.open = true;
    const lists = [...menu.querySelectorAll(".n-drop__list")];
    const left = Math.min(0, ...lists.map((list) => list.getBoundingClientRect().left));
    const isOut = left < -0.5 || root.scrollWidth > root.clientWidth;
    if (isOut) outside.push(menu.querySelector("summary").innerText);
    menu.open = false;
  }
  return outside;
}"""
LOOKS = (
    {"scheme": "bw"},
    {"scheme": "wb", "size": "150"},
    {"scheme": "blue", "size": "200", "images": "off", "letters": "wider", "lines": "wide"},
)


def crawl(
    page, live_server, user: str, look: dict | None = None, only: frozenset[str] = frozenset()
) -> list[str]:
    """What is wrong with the pages that the user may open."""
    world = make_world()
    person = getattr(world.cast, user)
    if look:
        person.appearance = look
        person.save(update_fields=["appearance"])
    client = Client()
    client.force_login(person)
    cookie = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    found = []
    for route, url in page_urls(world, user):
        if (only and route not in only) or not is_page(client, url):
            continue
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(url)
        results = Axe().run(page, options={"runOnly": RULES})
        found += [
            f"{route}: {item['id']} {item['nodes'][0]['html'][:120]}"
            for item in results.response["violations"]
        ]
        weight = cold_weight(page)
        if weight > (HEAVIEST_SHEET if "sheet" in page.content() and weight > HEAVIEST else HEAVIEST):
            found.append(f"{route}: weighs {weight / 1024:.0f} KiB")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 768})
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            if over > 0:
                found.append(f"{route}: scrolls sideways by {over} at {width}")
                continue
            found += [f"{route}: menu {name!r} leaves the page at {width}" for name in page.evaluate(MENUS)]
    return found


def is_page(client, url: str) -> bool:
    """Whether the address answers with a whole page, not a file, a part or a redirect."""
    response = client.get(url)
    if response.status_code != 200 or response.streaming:
        return False
    return b'<main id="main"' in response.content


def cold_weight(page) -> int:
    """Bytes of the page and of all that it loads, gzipped."""
    html = len(gzip.compress(page.content().encode(), 6))
    names = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
    return html + sum(_weight(urlsplit(name).path) for name in set(names))


@cache
def _weight(path: str) -> int:
    prefix = f"/{settings.STATIC_URL.strip('/')}/"
    if not path.startswith(prefix):
        return 0
    content = Path(settings.STATICFILES_DIRS[0], path.removeprefix(prefix)).read_bytes()
    return len(content) if path.endswith(".woff2") else len(gzip.compress(content, 6))


def test_every_page_of_a_curator_holds_the_bars(page, live_server):
    assert crawl(page, live_server, "curator") == []


@pytest.mark.long
@pytest.mark.parametrize("user", [*(user for user in LOOKERS if user != "curator"), "district_methodologist"])
def test_every_page_of_other_roles_holds_the_bars(page, live_server, user):
    assert crawl(page, live_server, user) == []


@pytest.mark.long
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look["scheme"])
@pytest.mark.parametrize("user", ["curator", "methodologist"])
def test_every_page_holds_the_bars_in_every_look(page, live_server, user, look):
    assert crawl(page, live_server, user, look) == []
