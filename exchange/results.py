"""What a written import has brought: lines of the result, changed records, what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.dates import today
from common.history import HIDDEN_FIELDS
from common.importing import NextStep, import_kinds
from common.importing.readable import cell_text
from exchange.models import ImportRun, ImportTrace
from exchange.parts import parts_of
from exchange.words import things_added

CHANGED_SHOWN = 100


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One line of the result: a number of something, with the page that lists it."""

    title: str
    count: int
    route: str = ""
    query: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """«Добавлено: наставники»."""
        return _("Added: %(things)s") % {"things": self.title.lower()}


@dataclass(slots=True)
class ChangedRecord:
    """A record that was there before: its name, and of each field what was and what became."""

    name: str
    what: str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def result_lines(run: ImportRun) -> list[ResultLine]:
    """What was added, in the order of the kinds; a run of earlier versions says the rows."""
    added = [
        ResultLine(str(item.thing.title), item.count, item.thing.route, item.thing.query)
        for item in things_added(run)
    ]
    rows = run.outcome.get("added", 0)
    return added or ([ResultLine(pgettext("of a workbook", "Rows"), rows)] if rows else [])


def next_steps(scope, run: ImportRun) -> list[NextStep]:
    """Tasks that the loaded workbook leaves, each once whatever the number of its sheets."""
    found: dict[str, NextStep] = {}
    for kind in dict.fromkeys(part.kind for part in parts_of(run)):
        if kind in import_kinds:
            for step in import_kinds.get(kind).next_steps(scope, run.organization):
                found.setdefault(step.title, step)
    return list(found.values())


def changed_records(run: ImportRun) -> list[ChangedRecord]:
    """The records that the import has changed, while it can still be undone; a few queries a model."""
    trace = ImportTrace.objects.filter(run=run).first()
    found: list[ChangedRecord] = []
    for item in trace.changes if trace else ():
        model = apps.get_model(item["model"])
        fields = {
            column.attname: column
            for column in model._meta.concrete_fields
            if column.name not in HIDDEN_FIELDS
        }
        changed = {key: set(row) & fields.keys() for key, row in item["changed"].items()}
        keys = [int(key) for key, names in changed.items() if names][:CHANGED_SHOWN]
        titles = _Titles()
        rows = model._base_manager.filter(pk__in=keys).select_related()
        for row in rows:
            record = ChangedRecord(str(row), str(model._meta.verbose_name))
            for name in fields:
                if name in changed[str(row.pk)]:
                    was, became = item["changed"][str(row.pk)][name]
                    column = fields[name]
                    label = str(column.verbose_name)
                    record.changes.append((label, titles.of(column, was), titles.of(column, became)))
            found.append(record)
    return found[:CHANGED_SHOWN]


class _Titles:
    """Values of columns in words; the rows of a dictionary are read once."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], dict] = {}

    def of(self, column: models.Field, value) -> str:
        if value in (None, ""):
            return "—"
        if column.is_relation:
            model = column.related_model
            if model not in self._rows:
                self._rows[model] = {}
            known = self._rows[model]
            if value not in known:
                known[value] = str(model._base_manager.filter(pk=value).first() or "—")
            return known[value]
        if column.choices:
            return str(dict(column.flatchoices).get(value, value))
        if isinstance(column, models.DateField) and isinstance(value, str):
            return cell_text(today().fromisoformat(value[:10]))
        return str(value)
