"""The words of every page in both languages: translated, of the glossary, with a title and help."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.db import transaction

from common.importing import import_kinds
from exchange.forms import kind_title
from mentorship_portal.help import glossary, groups_for, routes_with_help
from mentorship_portal.help.topics import LINK, topics_for
from mentorship_portal.rights import RIGHTS
from mentorship_portal.tests.pages import LOOKERS, pages_of
from mentorship_portal.tests.world import make_world
from orgs.enums import Role

pytestmark = pytest.mark.django_db
FORBIDDEN = re.compile(
    r"дашборд|импорт|визард|валидаци|некорректн|\bменти\b|\bментор|подопечн|\(ы\)|\(и\)|!\s|!$", re.IGNORECASE
)
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
# Names of programs, formats and keys are the same in Russian.
LATIN_WORD = re.compile(r"(?<![\w@.:/-])[A-Za-z]{3,}(?![\w@:/-]|\.\w)")
ROMAN = re.compile(r"[IVX]+")
SAME_IN_RUSSIAN = {
    "Excel",
    "OpenDocument",
    "Word",
    "CSV",
    "XLSX",
    "DOCX",
    "PDF",
    "PNG",
    "JPG",
    "JPEG",
    "Enter",
    "Ctrl",
    "Esc",
    "Alt",
    "xlsx",
    "xls",
    "ods",
    "csv",
    "docx",
    "pdf",
    "png",
    "jpg",
    "jpeg",
    "odt",
    "URL",
    "example",
    "org",
    "https",
    "http",
    "TOTP",
    "English",
    "KeePassXC",
    "Google",
    "Authenticator",
    "Aegis",
    "FreeOTP",
}
MOST_WORDS = 120


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The world of canaries, made once and taken back after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def pages(world, django_db_blocker):
    """Pages in Russian by who looks at them."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = {user: pages_of(world, user) for user in LOOKERS}
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def english(world, django_db_blocker):
    """The same pages for people who chose English."""
    with django_db_blocker.unblock(), transaction.atomic():
        for user in LOOKERS:
            person = getattr(world.cast, user)
            person.language = "en"
            person.save(update_fields=["language"])
        found = {user: pages_of(world, user) for user in LOOKERS}
        transaction.set_rollback(True)
    return found


def every(pages: dict):
    return [(user, page) for user, found in pages.items() for page in found]


def test_every_role_has_pages(pages):
    assert {user: len(found) > 3 for user, found in pages.items()} == dict.fromkeys(LOOKERS, True)


def test_no_page_says_a_forbidden_word(pages):
    wrong = {
        f"{page.route}: {text}"
        for _user, page in every(pages)
        for text in page.texts
        if FORBIDDEN.search(text)
    }
    assert "\n".join(sorted(wrong)) == ""


def test_no_page_is_half_translated(pages):
    wrong = set()
    for _user, page in every(pages):
        for text in page.texts:
            words = {word for word in LATIN_WORD.findall(text) if not ROMAN.fullmatch(word)} - SAME_IN_RUSSIAN
            if words and not CYRILLIC.search(text):
                wrong.add(f"{page.route}: {text[:80]}")
    assert "\n".join(sorted(wrong)) == ""


def test_english_pages_speak_no_russian_of_ours(english):
    translations = _translations()
    wrong = {
        f"{page.route}: {text}"
        for _user, page in every(english)
        for text in page.texts
        if text in translations
    }
    assert "\n".join(sorted(wrong)) == ""


def test_templates_hold_no_russian():
    wrong = []
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        source = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", "", path.read_text(), flags=re.S)
        source = re.sub(r'lang="ru"[^<]*', "", source)
        wrong += [
            f"{path.name}: {line.strip()[:80]}"
            for line in source.splitlines()
            if CYRILLIC.search(re.sub(r"{% translate \"[^\"]*\" %}|“.”", "", line))
        ]
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("user", LOOKERS)
def test_every_page_has_a_title_of_its_own(pages, user):
    seen: dict[str, str] = {}
    wrong = []
    for page in pages[user]:
        if RIGHTS[page.route].public:
            continue
        # Cards of both sides are one kind of page; each names its own person there.
        if page.title in seen and seen[page.title].replace("mentee", "mentor") != page.route:
            wrong.append(f"{seen[page.title]} and {page.route}: {page.title}")
        seen[page.title] = page.route
    assert "\n".join(wrong) == ""


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_page_has_help(pages, language):
    # Pages before the sign-in have no frame with a question mark.
    shown = {page.route for _user, page in every(pages) if not RIGHTS[page.route].public}
    missing = shown - set(routes_with_help(language))
    assert "\n".join(sorted(missing)) == ""


@pytest.mark.parametrize("language", ["ru", "en"])
def test_help_is_short_and_its_terms_are_in_the_glossary(language, settings):
    from django.utils import translation

    with translation.override(language):
        known = {term.code for term in glossary()}
    for route, topic in routes_with_help(language).items():
        words = LINK.sub(r"\2", f"{topic.text} {topic.example}").split()
        assert len(words) <= MOST_WORDS, route
        assert {code for code, _words in LINK.findall(f"{topic.text} {topic.example}")} <= known, route
        assert not FORBIDDEN.search(topic.text + topic.example), route


def test_every_page_with_help_stands_once_under_a_heading_of_the_list():
    for role in (*Role.values, ""):
        grouped = [topic.route for _title, topics in groups_for(role) for topic in topics]
        assert sorted(grouped) == sorted(topic.route for topic in topics_for(role))


def test_both_languages_help_with_the_same_pages():
    assert set(routes_with_help("ru")) == set(routes_with_help("en"))


def _translations() -> set[str]:
    """Russian sentences of the catalogue that stand there under another English text."""
    found: set[str] = set()
    for path in sorted(Path(settings.LOCALE_PATHS[0], "parts").glob("*.po")):
        for entry in polib.pofile(str(path)):
            if "%(" not in entry.msgstr and CYRILLIC.search(entry.msgstr):
                found.add(" ".join(entry.msgstr.split()))
    # Names of official workbooks are never translated (ux.md, 10.9).
    return {text for text in found if len(text) > 3} - {kind_title(kind) for kind in import_kinds}
