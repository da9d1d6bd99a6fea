"""The history of a record in words: who, when, what was, what became, from which file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

HIDDEN_FIELDS = frozenset(
    {"id", "name_key", "user", "base_place", "mentees_base_place", "mentors_base_place", "year"}
)


@dataclass(slots=True)
class Change:
    """One field: its name, what was and what became, as text; empty text means empty."""

    label: str
    was: str
    became: str


@dataclass(slots=True)
class HistoryLine:
    """One write: when, by whom, why (the file it came from), and which fields changed.

    ``which`` tells rows that belong to the record apart, by the field that their model names in
    ``history_title``; empty for others.
    """

    at: datetime
    who: str
    reason: str
    what: str
    kind: str
    which: str = ""
    changes: list[Change] = field(default_factory=list)


def history_of(
    *records: models.Model,
    also: Iterable[models.QuerySet] = (),
    hidden: Iterable[str] = (),
    limit: int = 60,
) -> list[HistoryLine]:
    """Lines about the records, newest first: one query a record and one a dictionary that fields point at.

    ``also`` are querysets of history rows of one model each, such as ``Meeting.history.filter(pair_id=7)``:
    what belongs to the records, removed rows too.
    """
    hidden_fields = HIDDEN_FIELDS | set(hidden)
    written, titles = [], _Titles()
    for model, rows in [(type(record), record.history.all()) for record in records] + [
        (rows.model.instance_type, rows) for rows in also
    ]:
        newest_first = rows.select_related("history_user").order_by("-history_date", "-history_id")
        for version, older in _with_older(list(newest_first)):
            written.append((model, version, older))
            titles.want(model, version, hidden_fields)
    written.sort(key=lambda triple: triple[1].history_date, reverse=True)
    lines = [_line(model, version, older, hidden_fields, titles) for model, version, older in written[:limit]]
    return [line for line in lines if line is not None]


def lines_of(written: Iterable[tuple], *, hidden: Iterable[str] = ()) -> list[HistoryLine | None]:
    """Lines about versions of several models, given as (model, version, the version before it or None).

    In the order given; None stands for a write that changed nothing that is shown.
    """
    hidden_fields, titles = HIDDEN_FIELDS | set(hidden), _Titles()
    written = list(written)
    for model, version, older in written:
        titles.want(model, version, hidden_fields)
        if older is not None:
            titles.want(model, older, hidden_fields)
    return [_line(model, version, older, hidden_fields, titles) for model, version, older in written]


def _with_older(versions: list) -> list[tuple]:
    """Each version with the one before it of the same row."""
    found, next_of = [], {}
    for version in reversed(versions):
        found.append((version, next_of.get(version.id)))
        next_of[version.id] = version
    return found[::-1]


def _line(record, version, older, hidden, titles) -> HistoryLine | None:
    kinds = {"+": _("added"), "~": _("changed"), "-": _("removed")}
    line = HistoryLine(
        at=version.history_date,
        who=str(version.history_user or ""),
        reason=version.history_change_reason or "",
        what=str(record._meta.verbose_name),
        kind=kinds[version.history_type],
        which=str(getattr(version, getattr(record, "history_title", ""), "")),
    )
    if version.history_type != "~" or older is None:
        return line
    for model_field in _tracked(record, hidden):
        was, became = getattr(older, model_field.attname), getattr(version, model_field.attname)
        if was != became:
            line.changes.append(
                Change(
                    str(model_field.verbose_name),
                    titles.text(model_field, was),
                    titles.text(model_field, became),
                )
            )
    return line if line.changes else None


def _tracked(record, hidden) -> list[models.Field]:
    return [model_field for model_field in record._meta.concrete_fields if model_field.name not in hidden]


def value_text(model_field: models.Field, value) -> str:
    """The stored value of one column as text for people; empty text for an empty value."""
    titles = _Titles()
    if model_field.is_relation and value is not None:
        titles._wanted[model_field.related_model].add(value)
    return titles.text(model_field, value)


class _Titles:
    """Texts of values; rows that foreign keys point at are read in one query a model."""

    def __init__(self):
        self._wanted: dict[type[models.Model], set] = defaultdict(set)
        self._found: dict[type[models.Model], dict] = {}

    def want(self, record, version, hidden) -> None:
        for model_field in _tracked(record, hidden):
            value = getattr(version, model_field.attname)
            if model_field.is_relation and value is not None:
                self._wanted[model_field.related_model].add(value)

    def text(self, model_field: models.Field, value) -> str:
        if value is None or value == "":
            return ""
        if model_field.is_relation:
            return self._title(model_field.related_model, value)
        if model_field.choices:
            return str(dict(model_field.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, date):
            return date_format(value, "d.m.Y")
        return str(value)

    def _title(self, model, pk) -> str:
        if model not in self._found:
            # Only rows that the record itself has pointed at; the record was taken from the scope.
            self._found[model] = model._base_manager.in_bulk(self._wanted[model])
        found = self._found[model].get(pk)
        return str(found) if found is not None else _("removed record")
