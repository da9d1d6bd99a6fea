"""Sections of the portal per role, in the order in which they stand above every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orgs.enums import Role


@dataclass(frozen=True)
class Section:
    """A section: its address (part of the published interface) and its name."""

    url: str
    label: str
    icon: str = ""
    # Pages of the section that lie at addresses of their own.
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavItem:
    """A section as shown on one page; ``count`` stands beside its name where there is one."""

    url: str
    label: str
    icon: str
    current: bool
    count: int | None = None
    key: str = ""
    is_more: bool = False


TODAY = Section("/", pgettext_lazy("section", "Today"))
MENTORS = Section("/mentors/", _("Mentors"))
MENTEES = Section("/mentees/", _("Mentees"))
PAIRS = Section("/pairs/", _("Pairs"))
PROGRAMS = Section("/programs/", _("Programmes"))
SURVEYS = Section("/surveys/", _("Surveys"))
CHECKLIST = Section("/checklists/", _("Checklist"))
CHECKLISTS = Section("/checklists/", _("Checklists"))
INDICATORS = Section("/indicators/", _("Indicators"))
SCHOOL_INDICATORS = Section("/indicators/", _("School indicators"))
SCHOOLS = Section("/organizations/", _("Schools"))
ORGANIZATIONS = Section("/organizations/", _("Organizations"))
USERS = Section("/users/", _("Users"), beside=("/invitations/",))
ROADMAP = Section("/roadmap/", _("Roadmap"), beside=("/targets/",))
REPORTS = Section("/reports/", _("Reports"))
DICTIONARIES = Section("/dictionaries/", _("Dictionaries"), beside=("/indicators/",))
JOURNAL = Section("/journal/", _("Journal"))
MY_PAIRS = Section("/pairs/", _("My pairs"))
IMPORTS = Section("/imports/", _("Upload from Excel"), icon="upload")
REPORT_FILES = Section("/reports/", _("Reports"), icon="file-text")

# Menus of roles are never mixed; which role leads is decided in orgs.viewstate.
SECTIONS: dict[str, tuple[Section, ...]] = {
    Role.CURATOR: (TODAY, MENTORS, MENTEES, PAIRS, PROGRAMS, SURVEYS, CHECKLIST, INDICATORS),
    Role.METHODOLOGIST: (TODAY, SCHOOLS, INDICATORS, CHECKLISTS, ROADMAP, SURVEYS, REPORTS),
    Role.ANALYST: (TODAY, REPORTS, INDICATORS, SCHOOLS, ROADMAP),
    Role.HEAD: (TODAY, SCHOOL_INDICATORS, REPORTS),
    Role.ADMINISTRATOR: (TODAY, ORGANIZATIONS, USERS, DICTIONARIES, JOURNAL),
    Role.MENTOR: (TODAY, MY_PAIRS),
    Role.MENTEE: (),
}
# Rarely used sections stand in the user's menu.
MENU: dict[str, tuple[Section, ...]] = {
    Role.CURATOR: (IMPORTS, REPORT_FILES),
    Role.METHODOLOGIST: (IMPORTS,),
    Role.ADMINISTRATOR: (IMPORTS,),
}


# Physical keys (event.code) that follow «g»: н, у, п, с of the Russian layout.
KEYS = {"/mentors/": "KeyY", "/mentees/": "KeyE", "/pairs/": "KeyG", "/": "KeyC"}
# More sections than these stand behind «Ещё».
TABS_SHOWN = 8


def items(
    sections: tuple[Section, ...],
    path: str,
    state: dict[str, str] | None = None,
    counts: dict[str, int] | None = None,
) -> list[NavItem]:
    """The sections that this installation has, with the one that ``path`` lies in marked.

    ``state`` are the parts of the address that keep the place and the year of the page; ``counts`` are the
    numbers beside sections by their address.
    """
    tail = f"?{urlencode(state)}" if state else ""
    return [
        NavItem(
            f"{section.url}{tail}",
            section.label,
            section.icon,
            _is_inside(path, section),
            (counts or {}).get(section.url),
            KEYS.get(section.url, ""),
            is_more=place >= TABS_SHOWN,
        )
        for place, section in enumerate(section for section in sections if _has_page(section.url))
    ]


def more(sections: tuple[Section, ...], path: str, state: dict[str, str] | None = None) -> list[NavItem]:
    """The sections behind «Ещё»."""
    return [item for item in items(sections, path, state) if item.is_more]


def _is_inside(path: str, section: Section) -> bool:
    return path == section.url if section.url == "/" else path.startswith((section.url, *section.beside))


@cache
def _has_page(url: str) -> bool:
    try:
        resolve(url)
    except Resolver404:
        return False
    return True
