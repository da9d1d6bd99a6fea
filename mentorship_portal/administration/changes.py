"""The journal of changes: who wrote what and when, over every model with a history.

An administrator keeps accounts and places, and is no reader of people's data: of a record about people the
journal tells that it was written and which of its parts, never what stands in them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.formats import date_format

from common.history import Change, lines_of
from common.models import Dictionary
from common.search import holds_words, searchable
from orgs.enums import Role
from orgs.models import Membership, Organization
from orgs.scope import Scope

PAGE_SIZE = 50
KEEPER = frozenset({Role.ADMINISTRATOR})
# What the name of a record is made of, where it has one.
_NAMES = ("short_name", "short_title", "title", "name", "number", "email")
# A record without a name of its own is called by what it is about, and by its day or its year.
_SUBJECTS = ("user", "activity", "item", "indicator", "organization", "municipality")
_MOMENTS = ("as_of", "on_date", "confirmed_at", "year")
_PERSONAL_APPS = frozenset({"mentors", "surveys"})


@dataclass(frozen=True, slots=True)
class Source:
    """A model whose history stands in the journal."""

    model: type

    @property
    def code(self) -> str:
        return self.model._meta.model_name

    @property
    def title(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def names(self) -> list[str]:
        """The columns that name a record."""
        return _names_of(self.model)

    @property
    def subject(self) -> str:
        """The relation to what a record without a name is about; empty where it has a name."""
        columns = {column.name for column in self.model._meta.concrete_fields}
        return "" if self.names else next((name for name in _SUBJECTS if name in columns), "")

    @property
    def is_personal(self) -> bool:
        """Whether the values of its records are about people, whom an administrator does not read."""
        return self.model._meta.app_label in _PERSONAL_APPS and not issubclass(self.model, Dictionary)


@dataclass(slots=True)
class Entry:
    """A line of the journal."""

    at: datetime.datetime
    who: str
    what: str
    name: str
    place: str
    kind: str
    reason: str
    changes: list[Change] = field(default_factory=list)
    hides_values: bool = False


@dataclass(slots=True)
class ChangePage:
    """Lines of one page, newest first, and the moment to go on from."""

    entries: list[Entry]
    next_before: str


def sources() -> list[Source]:
    """Models with a history that belong to a place, and dictionaries; in the order of their names."""
    found = [
        Source(model)
        for model in apps.get_models()
        if hasattr(model, "history") and not hasattr(model, "instance_type") and _lookup(model) is not None
    ]
    return sorted(found, key=lambda source: source.title)


def _lookup(model) -> str | None:
    if issubclass(model, Dictionary):
        return ""
    if model is Membership:
        return "membership"
    return getattr(model, "org_lookup", None) or getattr(model, "municipality_lookup", None)


def versions_of(source: Source, scope: Scope) -> QuerySet:
    """History rows of one model in the places that the scope's user administers."""
    model, rows = source.model, source.model.history.all()
    if issubclass(model, Dictionary):
        return rows
    organizations, municipalities = scope.organization_ids(KEEPER), scope.municipality_ids(KEEPER)
    if model is Membership:
        return rows.filter(
            Q(organization__in=organizations)
            | Q(municipality__in=scope.overseen_municipality_ids(KEEPER))
            | Q(district__organizations__in=organizations)
        ).distinct()
    if lookup := getattr(model, "org_lookup", None):
        return rows.filter(**{f"{_of_history(lookup)}__in": organizations})
    return rows.filter(**{f"{_of_history(model.municipality_lookup)}__in": municipalities})


def changes(
    scope: Scope,
    *,
    kind: str = "",
    who: str = "",
    record: str = "",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    before: datetime.datetime | None = None,
    size: int = PAGE_SIZE,
) -> ChangePage:
    """One page of the journal; a constant number of queries, two a model and one a dictionary pointed at."""
    found = []
    for source in sources():
        if kind and source.code != kind:
            continue
        rows = versions_of(source, scope)
        if who:
            rows = rows.alias(author=searchable("history_user__full_name")).filter(holds_words("author", who))
        if record:
            rows = _called(source, rows, record)
        if since:
            rows = rows.filter(history_date__date__gte=since)
        if until:
            rows = rows.filter(history_date__date__lte=until)
        if before:
            rows = rows.filter(history_date__lt=before)
        newest = rows.select_related("history_user").order_by("-history_date", "-history_id")[: size + 1]
        found += [(source, version) for version in newest]
    found.sort(key=lambda pair: (pair[1].history_date, pair[1].history_id), reverse=True)
    shown = _whole_moments(found, size)
    more = len(found) > len(shown)
    next_before = shown[-1][1].history_date.isoformat() if more and shown else ""
    return ChangePage(list(_entries(shown)), next_before)


def _called(source: Source, rows: QuerySet, text: str) -> QuerySet:
    """Versions whose record has every word of the text in its name; the names of people are not searched."""
    names = [] if source.is_personal else source.names
    if not source.is_personal and source.subject:
        about = source.model._meta.get_field(source.subject).related_model
        names = [f"{source.subject}__{name}" for name in _names_of(about)]
    found = Q(pk__in=[])
    for name in names:
        # A name may be a number or a long text, and the search is over short text.
        rows = rows.alias(**{f"text_{name}": Cast(name, CharField(max_length=2_000))})
        rows = rows.alias(**{f"called_{name}": searchable(f"text_{name}")})
        found |= holds_words(f"called_{name}", text)
    return rows.filter(found)


def _whole_moments(found: list, size: int) -> list:
    """A page, longer where many rows were written at one moment: the next page begins at an earlier one."""
    if len(found) <= size:
        return found
    last = found[size - 1][1].history_date
    return [pair for pair in found if pair[1].history_date >= last]


def _of_history(lookup: str) -> str:
    return "id" if lookup == "pk" else lookup


def _entries(shown: list) -> Iterator[Entry]:
    older = _older_versions(shown)
    lines = lines_of(
        (source.model, version, older.get((source, version.history_id))) for source, version in shown
    )
    keys = {version.organization_id for _source, version in shown if hasattr(version, "organization_id")}
    # The rows were taken out of the scope's places, and so are the names of these places.
    places = dict(Organization.objects.filter(pk__in=keys - {None}).values_list("pk", "short_name"))
    subjects = _subjects_of(shown)
    for (source, version), line in zip(shown, lines, strict=True):
        if line is None:
            continue
        yield Entry(
            at=line.at,
            who=line.who,
            what=source.title,
            name="" if source.is_personal else _name_of(source, version, subjects),
            place=places.get(getattr(version, "organization_id", None), ""),
            kind=line.kind,
            reason=line.reason,
            changes=line.changes,
            hides_values=source.is_personal,
        )


def _older_versions(shown: list) -> dict:
    """The version before each shown one, by source and key; two queries a model."""
    by_source: dict[Source, list[int]] = {}
    for source, version in shown:
        by_source.setdefault(source, []).append(version.history_id)
    found = {}
    for source, keys in by_source.items():
        history = source.model.history
        before = (
            history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
            .order_by("-history_id")
            .values("history_id")[:1]
        )
        pairs = dict(
            history.filter(history_id__in=keys)
            .annotate(older=Subquery(before))
            .values_list("history_id", "older")
        )
        rows = {row.history_id: row for row in history.filter(history_id__in=set(pairs.values()) - {None})}
        found |= {(source, key): rows[old] for key, old in pairs.items() if old is not None}
    return found


def _names_of(model: type) -> list[str]:
    """The columns that name a record of the model."""
    if model is get_user_model():
        return ["full_name"]
    columns = {column.name for column in model._meta.concrete_fields}
    return [name for name in _NAMES if name in columns]


def _subjects_of(shown: list) -> dict[tuple[type, int], str]:
    """What the shown records without a name are about, by model and key; one query a model."""
    keys: dict[type, set[int]] = {}
    for source, version in shown:
        if source.subject and not source.is_personal:
            related = source.model._meta.get_field(source.subject).related_model
            keys.setdefault(related, set()).add(getattr(version, f"{source.subject}_id"))
    found = {}
    for model, wanted in keys.items():
        names = _names_of(model)
        for row in model._base_manager.filter(pk__in=wanted - {None}):
            found[model, row.pk] = next((str(text) for name in names if (text := getattr(row, name))), "")
    return found


def _name_of(source: Source, version, subjects: dict) -> str:
    for name in source.names:
        if text := getattr(version, name, ""):
            return str(text)
    parts = []
    if source.subject:
        related = source.model._meta.get_field(source.subject).related_model
        parts.append(subjects.get((related, getattr(version, f"{source.subject}_id")), ""))
    moment = next((found for name in _MOMENTS if (found := getattr(version, name, None))), None)
    if isinstance(moment, datetime.datetime):
        moment = timezone.localdate(moment)
    if moment is not None:
        parts.append(date_format(moment, "d.m.Y") if isinstance(moment, datetime.date) else str(moment))
    return ", ".join(part for part in parts if part) or f"№\u00a0{version.id}"
