"""Two people on one card: nobody's change is lost, the second one is asked.

A form over saved records carries a stamp, the ids of their newest history rows. When it comes back and a
record has moved on, fields that only the other person changed are taken over, fields that both changed are
asked about: keep mine, or take theirs. The caller holds a transaction, so nothing changes between question
and write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from common.history import value_text

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people changed: both values as text, who and when, and how the answer is named."""

    name: str
    label: str
    mine: str
    theirs: str
    who: str
    at: datetime
    answer_name: str
    version: int


def stamp_of(*records: models.Model) -> str:
    """The versions of the records as «12.57»: the ids of their newest history rows."""
    return ".".join(str(_newest(record).history_id) for record in records)


class GuardedForm(forms.Form):
    """Mixin of a form over saved ``records``; set them before ``super().__init__``.

    A name that several records have belongs to the first of them.

    After :meth:`is_valid` ``records`` are fresh rows, locked until the end of the transaction; services write
    ``changes(record)`` to them. ``conflicts`` are the questions to ask; with any the form is not valid.
    """

    records: tuple[models.Model, ...] = ()
    # The stamp, where the page has read the stamps of many forms at once.
    stamp: str = ""
    version = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        self.records = tuple(record for record in self.records if record.pk)
        if self.records:
            self.initial["version"] = self.stamp or stamp_of(*self.records)
        else:
            del self.fields["version"]

    def clean(self):
        cleaned = super().clean()
        if self.records:
            self.records = tuple(
                type(record)._base_manager.select_for_update(of=("self",)).get(pk=record.pk)
                for record in self.records
            )
            self._compare_with_others()
        return self.cleaned_data if cleaned is None else cleaned

    def changes(self, record: models.Model) -> dict:
        """Values of the form for the columns of one of the ``records`` that differ from what is stored."""
        return {
            name: self.cleaned_data[name]
            for name in self._names_of(record)
            if name in self.cleaned_data and self.cleaned_data[name] != getattr(record, name)
        }

    def _names_of(self, record: models.Model) -> list[str]:
        columns = {field.name for field in record._meta.concrete_fields if not field.primary_key}
        earlier: set[str] = set()
        for other in self.records:
            if other is record:
                break
            earlier |= {field.name for field in other._meta.concrete_fields}
        return [name for name in self.fields if name in columns and name not in earlier]

    def _compare_with_others(self) -> None:
        versions = self.data.get(self.add_prefix("version"), "").split(".")
        if len(versions) != len(self.records):
            raise ValidationError(_("The page is too old to be saved. Open the form again."))
        for record, version in zip(self.records, versions, strict=True):
            newest = _newest(record)
            if version != str(newest.history_id):
                self._merge(record, _seen(record, version), newest)
        if self.conflicts:
            raise ValidationError(
                _(
                    "Somebody else has changed this record meanwhile. "
                    "Choose which values stay, then save again."
                ),
                code="conflict",
            )

    def _merge(self, record, seen, newest) -> None:
        for name in self._names_of(record):
            column = record._meta.get_field(name)
            was, now = getattr(seen, column.attname), getattr(record, column.attname)
            if was == now or name not in self.cleaned_data:
                continue
            mine = self.cleaned_data[name]
            mine_stored = mine.pk if isinstance(mine, models.Model) else mine
            if mine_stored == was:
                self.cleaned_data[name] = getattr(record, name)
            elif mine_stored != now:
                self._ask(record, column, newest, mine_stored, now)

    def _ask(self, record, column, newest, mine, now) -> None:
        name = self.add_prefix(f"keep-{column.name}")
        answer, _colon, version = self.data.get(name, "").partition(":")
        if version == str(newest.history_id) and answer in (MINE, THEIRS):
            if answer == THEIRS:
                self.cleaned_data[column.name] = getattr(record, column.name)
            return
        self.conflicts.append(
            Conflict(
                name=column.name,
                label=str(self.fields[column.name].label),
                mine=value_text(column, mine),
                theirs=value_text(column, now),
                who=str(newest.history_user or ""),
                at=newest.history_date,
                answer_name=name,
                version=newest.history_id,
            )
        )


def _newest(record):
    return record.history.order_by("-history_date", "-history_id").first()


def _seen(record, version: str):
    found = record.history.filter(history_id=int(version)).first() if version.isdecimal() else None
    if found is None:
        raise ValidationError(_("The page is too old to be saved. Open the form again."))
    return found
