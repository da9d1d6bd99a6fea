"""Every page of the table of rights as a role sees it, for the tests that look at all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from django.test import Client

from mentorship_portal.rights import NO_ROLE, RIGHTS
from mentorship_portal.tests.cast import ROLES_AT
from mentorship_portal.tests.test_access import address, routes

# Who looks: one of each role.
LOOKERS = ("curator", "head", "methodologist", "analyst", "administrator", "mentor", "mentee")
SPOKEN = ("aria-label", "placeholder", "title", "alt", "data-confirm", "data-slow", "data-failed")


@dataclass(frozen=True)
class Page:
    """One answer: its route, address and HTML."""

    route: str
    url: str
    html: str

    @property
    def title(self) -> str:
        found = re.search(r"<title>(.*?)</title>", self.html, re.S)
        return " ".join(found[1].split()) if found else ""

    @property
    def texts(self) -> list[str]:
        """Texts that a person sees or hears, without those of other languages (``lang``) and of code."""
        reader = _Reader()
        reader.feed(self.html)
        return [" ".join(text.split()) for text in reader.texts if text.strip()]


class _Reader(HTMLParser):
    SILENT = ("script", "style", "kbd", "code")
    VOID = ("meta", "link", "input", "br", "img", "hr", "use", "path", "rect", "circle")

    def __init__(self):
        super().__init__()
        self.texts: list[str] = []
        self.silent: list[str] = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        foreign = tag != "html" and "lang" in given
        if not self.silent and not foreign:
            self.texts += [given[name] for name in SPOKEN if given.get(name)]
            if tag == "input" and given.get("type") in ("submit", "button"):
                self.texts.append(given.get("value", ""))
        if (self.silent or foreign or tag in self.SILENT) and tag not in self.VOID:
            self.silent.append(tag)

    def handle_endtag(self, tag):
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def page_urls(world, user: str) -> list[tuple[str, str]]:
    """Routes and addresses that the user may get; where they name a row, that of the first school."""
    role = ROLES_AT[user][0] if ROLES_AT[user] else NO_ROLE
    found = []
    for route in sorted(set(routes())):
        right = RIGHTS[route]
        if role not in right.get:
            continue
        found.append((route, address(route, world, "school")))
    return found


def pages_of(world, user: str) -> list[Page]:
    """The whole pages among them: files, fragments and redirects are left out."""
    client = Client(raise_request_exception=False)
    client.force_login(getattr(world.cast, user))
    found = []
    for route, url in page_urls(world, user):
        response = client.get(url)
        if response.status_code != 200 or response.streaming:
            continue
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        html = response.content.decode()
        if '<main id="main"' in html:
            found.append(Page(route, url, html))
    return found
