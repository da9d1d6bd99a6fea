"""Search over people, pairs and organizations: the same words as in the registers, the first rows of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.paging import COUNT_LIMIT, bounded_counts
from common.search import SearchedKey, holds_words, searchable
from mentors import queries as mentoring
from mentors.enums import Side
from mentors.privacy import NamePolicy
from orgs.addresses import address
from orgs.enums import READER_ROLES
from orgs.queries import organizations

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One row found: its name, a few words that tell it from others, its card."""

    name: str
    note: str
    url: str


@dataclass(slots=True)
class Group:
    """What was found of one kind; ``count`` is of all, bounded."""

    title: str
    url: str
    rows: QuerySet
    hit: object
    count: int = 0
    hits: list[Hit] = field(default_factory=list)

    @property
    def is_more(self) -> bool:
        return self.count > len(self.hits)

    @property
    def count_text(self) -> str:
        """The number found; of more than can be counted cheaply «больше 10 000»."""
        if self.count > COUNT_LIMIT:
            return _("more than %(n)s") % {"n": f"{COUNT_LIMIT:,}".replace(",", "\u00a0")}
        return f"{self.count:,}".replace(",", "\u00a0")


def search(request: HttpRequest, text: str) -> list[Group]:
    """Groups with something found; at most one query for all counts and one for each group."""
    groups = list(_groups(request, text))
    counts = bounded_counts([group.rows for group in groups])
    for group, count in zip(groups, counts, strict=True):
        group.count = count
        if count:
            group.hits = [group.hit(row) for row in group.rows[:SHOWN]]
    return [group for group in groups if group.count]


def _groups(request: HttpRequest, text: str):
    scope = request.scope
    names = NamePolicy(scope)
    if scope.has_role(*READER_ROLES):
        for side, title, route, card in (
            (Side.MENTOR, _("Mentors"), "mentors", "mentor"),
            (Side.MENTEE, _("Mentees"), "mentees", "mentee"),
        ):
            yield Group(
                title,
                address(request, route, q=text, state="all"),
                people(mentoring.participations(scope, side), text),
                lambda row, card=card: Hit(names.name(row), _of_person(row), address(request, card, row.pk)),
            )
        yield Group(
            _("Pairs"),
            address(request, "pairs", q=text, state="all"),
            pairs(mentoring.pairs(scope), text),
            lambda row: Hit(
                f"{names.name(row.mentor)} — {names.name(row.mentee)}",
                row.organization.short_name,
                address(request, "pair", row.pk),
            ),
        )
    yield Group(
        _("Organizations"),
        address(request, "organizations", q=text),
        places(organizations(scope), text),
        lambda row: Hit(
            row.short_name, str(row.district or row.municipality), address(request, "organization", row.pk)
        ),
    )


def people(rows: QuerySet, text: str) -> QuerySet:
    """Participations of people in whose name every word of the text stands."""
    return (
        rows.alias(searched=SearchedKey("person__name_key"))
        .filter(holds_words("searched", text))
        .order_by("person__name_key", "pk")
    )


def pairs(rows: QuerySet, text: str) -> QuerySet:
    """Pairs where the name of one of the two holds every word."""
    return (
        rows.alias(
            of_mentor=SearchedKey("mentor__person__name_key"),
            of_mentee=SearchedKey("mentee__person__name_key"),
        )
        .filter(holds_words("of_mentor", text) | holds_words("of_mentee", text))
        .order_by("mentor__person__name_key", "pk")
    )


def places(rows: QuerySet, text: str) -> QuerySet:
    """Organizations by a part of the short or full name, or by the INN."""
    found = Q(holds_words("short", text)) | Q(holds_words("long", text))
    if text.isdecimal():
        found |= Q(inn__startswith=text)
    return (
        rows.alias(short=searchable("short_name"), long=searchable("full_name"))
        .filter(found)
        .order_by("short_name", "pk")
    )


def _of_person(row) -> str:
    return ", ".join(part for part in (row.class_name, row.organization.short_name) if part)
