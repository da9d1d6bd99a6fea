"""Reading of the help texts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mentorship_portal.rights import NO_ROLE, RIGHTS

TEXTS = Path(__file__).parent / "texts"
# In the order of the list of all help: what is opened every day stands first.
PARTS = ("everyday", "school", "city", "forms", "office", "shared")
# The list of all help by what it is about: the heading, and the first words of the routes under it.
GROUPS = (
    (_("People"), "mentors mentees mentor mentee consent consents diagnostic training contest bulk"),
    (_("Pairs and programmes"), "pairs programs pair group meeting meetings program step surveys"),
    (_("Organizations"), "organizations organization headcount document"),
    (_("Upload from Excel"), "imports import"),
    (_("Self-audit"), "checklists checklist"),
    (_("Indicators and reports"), "indicators indicator heat data round targets reports report"),
    (_("Roadmap"), "roadmap section activity"),
    (_("Administration"), "users user invitations invitation dictionaries dictionary journal"),
    (_("The portal"), "home search places settings own second appearance help glossary session resume"),
)
# Pages that are reached from a letter alone; nobody looks for their help in the list.
FROM_LETTERS = frozenset({"invitation-accept", "invitation-open"})
LINK = re.compile(r"\[\[([a-z_]+)\|([^\]]+)\]\]")


@dataclass(frozen=True, slots=True)
class Topic:
    """Help for one page: paragraphs and one example."""

    route: str
    title: str
    text: str
    example: str

    @property
    def paragraphs(self) -> list[SafeString]:
        """The paragraphs with their terms linked."""
        return [_linked(paragraph) for paragraph in self.text.strip().split("\n\n")]

    @property
    def example_linked(self) -> SafeString:
        return _linked(self.example)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the portal and what it means here."""

    code: str
    word: str
    meaning: str


def help_for(route: str) -> Topic | None:
    """Help for the page of the route in the language of the page."""
    return _topics(_language()).get(route)


def routes_with_help(language: str) -> dict[str, Topic]:
    """All help of one language by route."""
    return _topics(language)


def groups_for(role: str) -> list[tuple[str, list[Topic]]]:
    """Help for the pages that the role may open, under headings."""
    topics = topics_for(role)
    found = [
        (title, [topic for topic in topics if topic.route.split("-")[0] in words.split()])
        for title, words in GROUPS
    ]
    return [(str(title), group) for title, group in found if group]


def topics_for(role: str) -> list[Topic]:
    """Help for the pages that the role may open; pages that share a text stand there once."""
    held = role or NO_ROLE
    found = {}
    for route, topic in _topics(_language()).items():
        if route in RIGHTS and held in RIGHTS[route].get and route not in FROM_LETTERS:
            found.setdefault(topic.title, topic)
    return list(found.values())


def glossary() -> list[Term]:
    """The terms in the order of the alphabet."""
    return _terms(_language())


def _language() -> str:
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    return language if (TEXTS / language).is_dir() else settings.LANGUAGE_CODE


@cache
def _topics(language: str) -> dict[str, Topic]:
    found = {}
    for part in PARTS:
        path = TEXTS / language / f"{part}.toml"
        for route, fields in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found[route] = fields
    return {route: _topic(route, found) for route in found}


def _topic(route: str, texts: dict[str, dict]) -> Topic:
    fields = texts[route]
    fields = {**texts[fields["same_as"]], **fields} if "same_as" in fields else fields
    return Topic(route, fields["title"], fields["text"], fields.get("example", ""))


@cache
def _terms(language: str) -> list[Term]:
    texts = tomllib.loads((TEXTS / language / "glossary.toml").read_text(encoding="utf-8"))
    terms = [Term(code, fields["word"], fields["meaning"]) for code, fields in texts.items()]
    return sorted(terms, key=lambda term: term.word.lower().replace("ё", "е"))


def _linked(text: str) -> SafeString:
    parts, end = [], 0
    for match in LINK.finditer(text):
        parts.append(conditional_escape(text[end : match.start()]))
        parts.append(format_html('<a href="/help/glossary/#{}">{}</a>', match[1], match[2]))
        end = match.end()
    parts.append(conditional_escape(text[end:]))
    # Every part is escaped above.
    return mark_safe("".join(parts))
