"""Resources whose rows have a natural key: a row is new, completes what is stored, or is there already."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _

from common.bulk import CHANGED, CREATED, insert_rows, reserve_ids, update_rows, write_history
from common.importing.entry import ADDED, UPDATED, Entry
from common.importing.locks import hold
from common.importing.resource import WorkbookResource
from common.sheets.problems import Level
from common.spelling import tidy
from common.xmltext import xml_safe


@dataclass(slots=True)
class Plan:
    """What a good row will make: ``before`` are the stored values (None: new), ``after`` the wanted ones."""

    entry: Entry
    pk: int | None
    before: dict[str, Any] | None
    after: dict[str, Any]

    @property
    def is_new(self) -> bool:
        return self.before is None


class KeyedResource(WorkbookResource):
    """A workbook that writes one model, a row a record, found by its natural key.

    ``key`` and ``data`` are attribute names of the model; entries hold their values under the same names
    after ``locate``. An empty cell leaves what is stored. Writing takes a constant number of statements.
    """

    model: ClassVar[type[models.Model]]
    key: ClassVar[tuple[str, ...]] = ()
    data: ClassVar[tuple[str, ...]] = ()
    key_field: ClassVar[str] = ""

    def __init__(self, context):
        super().__init__(context)
        self._seen: dict[Hashable, tuple[int, tuple]] = {}

    @classmethod
    def tally(cls, added: Mapping[type[models.Model], Sequence[int]]) -> dict[str, int]:
        return {cls.kind: len(added.get(cls.model, ()))}

    def lock(self) -> None:
        hold(self.kind)

    def take(self, entries: list[Entry]) -> None:
        self.locate(_good(entries))
        located = [entry for entry in _good(entries) if not self._repeats(entry)]
        stored = self._stored(located)
        plans = [self._plan(entry, stored.get(self.key_of(entry))) for entry in located]
        for plan in plans:
            self.check(plan)
        plans = [plan for plan in plans if not plan.entry.refused]
        self.prepare(plans)
        self._write(plans)

    def locate(self, entries: list[Entry]) -> None:
        """Finds what the rows refer to and puts the values of ``key`` on them; reports what is not found."""
        raise NotImplementedError

    def stored(self, entries: list[Entry]) -> models.QuerySet:
        """Records, within the scope, among which those of the entries are."""
        raise NotImplementedError

    def check(self, plan: Plan) -> None:
        """Rules about the record as it would become; reports what does not fit at ``plan.entry``."""

    def prepare(self, plans: list[Plan]) -> None:
        """Makes what the records refer to, when all checks have passed."""

    def key_of(self, entry: Entry) -> tuple:
        """The natural key of a located row."""
        return tuple(entry.values.get(name) for name in self.key)

    def stored_key(self, key: tuple) -> tuple:
        """The natural key of a stored record as a row of a workbook would give it."""
        return key

    def _repeats(self, entry: Entry) -> bool:
        """Whether an earlier row of the file has the same key; says so at the row, naming the earlier one."""
        given = tuple(entry.values.get(name) for name in self.headings())
        first, earlier = self._seen.setdefault(self.key_of(entry), (entry.number, given))
        if first == entry.number:
            return False
        if earlier == given:
            entry.report(
                Level.WARNING,
                "duplicate_row",
                _("Row %(row)d repeats row %(first)d word for word; it was counted once.")
                % {"row": entry.number, "first": first},
                _("Delete one of the two rows."),
                field=self.key_field,
            )
        else:
            entry.report(
                Level.ERROR,
                "duplicate_row",
                _("Rows %(first)d and %(second)d are about the same, but differ.")
                % {"first": first, "second": entry.number},
                _("Leave one of the two rows in the file."),
                field=self.key_field,
            )
        return True

    def _stored(self, entries: list[Entry]) -> dict[tuple, tuple]:
        if not entries:
            return {}
        width = len(self.key)
        rows = self.stored(entries).values_list(*self.key, "pk", *self.data)
        return {self.stored_key(row[:width]): row[width:] for row in rows}

    def _plan(self, entry: Entry, found: tuple | None) -> Plan:
        pk, *values = found or (None,)
        before = dict(zip(self.data, values, strict=True)) if found else None
        after = {}
        for name in self.data:
            value = entry.values.get(name)
            held = before[name] if before is not None else None
            if value is None or value == "":
                after[name] = held if before is not None else self._empty(name)
            else:
                after[name] = held if is_same(held, value) else value
        return Plan(entry, pk, before, after)

    def _empty(self, name: str) -> Any:
        return self.model._meta.get_field(name).get_default()

    def _write(self, plans: list[Plan]) -> None:
        new = [plan for plan in plans if plan.is_new]
        changed = [plan for plan in plans if not plan.is_new and plan.before != plan.after]
        for plan, pk in zip(new, reserve_ids(self.model, len(new)), strict=True):
            plan.pk = pk
            plan.entry.touch(ADDED)
        self._insert(new)
        self.write_history((plan.pk for plan in new), CREATED)
        for plan in changed:
            plan.entry.touch(UPDATED)
        update_rows(self.model, self.data, [(plan.pk, *plan.after.values()) for plan in changed])
        self.write_history((plan.pk for plan in changed), CHANGED)

    def _insert(self, plans: list[Plan]) -> None:
        insert_rows(
            self.model,
            ("id", *self.key, *self.data),
            [(plan.pk, *self.key_of(plan.entry), *plan.after.values()) for plan in plans],
        )

    def write_history(self, ids: Iterable[int], kind: str, model: type[models.Model] | None = None) -> None:
        """Notes in the history who has written the records, and from which file."""
        write_history(
            model or self.model, ids, kind=kind, user=self.context.actor, reason=self.context.reason
        )


def is_same(held: Any, value: Any) -> bool:
    """Whether a cell says what is stored; spaces that a cell cannot keep do not count."""
    if isinstance(held, str) and isinstance(value, str):
        return held == value or as_cell(held) == as_cell(value)
    return held == value


def as_cell(text: str) -> str:
    """What is left of a text when it has gone through a cell of a workbook, in one line."""
    return tidy(xml_safe(text))[0]


def _good(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if not entry.refused]
