"""What actions on people and pairs share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from common.dates import today
from common.forms import DateField, PortalForm, Row
from mentors.dictionaries import EndReason
from orgs.registers.bulk import BulkAction, Left, Line

NOT_CHANGED = gettext_lazy("Do not change")


class ValuesForm(PortalForm):
    """Values for the chosen rows; an empty field changes nothing and says so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.unmarked = True
            if isinstance(field.widget, forms.widgets.Input):
                field.widget.attrs["placeholder"] = NOT_CHANGED


class EndingForm(PortalForm):
    """The last day and the reason."""

    end_reason = forms.ModelChoiceField(
        EndReason.objects.filter(active=True),
        label=gettext_lazy("Reason"),
        empty_label=gettext_lazy("Not chosen"),
        error_messages={"required": gettext_lazy("Choose the reason.")},
        widget=forms.Select(attrs={"autofocus": True}),
    )
    ended_on = DateField(label=gettext_lazy("Last day"), initial=today)
    layout = (Row(("end_reason", 4), ("ended_on", 2)),)

    def clean_ended_on(self):
        day = self.cleaned_data["ended_on"]
        if day > today():
            raise forms.ValidationError(_("The date is in the future. Correct it."))
        return day


def in_words(value: Any) -> str:
    """A value of a column in words; empty text for an empty one."""
    return "" if value is None else str(value)


def counted(values: Iterable[str]) -> str:
    """«9А (8), 9Б (4)»: different values with how many rows have each; one value stands alone."""
    found = Counter(value or _("empty") for value in values)
    if len(found) == 1:
        return next(iter(found))
    return ", ".join(f"{value} ({number})" for value, number in found.most_common(4))


class ChangeAction(BulkAction):
    """Sets columns of the chosen rows to the values of the form; an empty field changes nothing.

    ``fields`` maps a field of the form to how its stored value is put in words.
    """

    code = "change"
    label = gettext_lazy("Change…")
    fields: dict[str, Callable[[Any], str]] = {}

    def changes(self, data: dict) -> dict[str, Any]:
        """The columns that the form sets."""
        return {
            name: value for name, value in data.items() if value not in (None, "") and name in self.fields
        }

    def changed_rows(self, data: dict) -> list:
        """Rows that differ from the values of the form."""
        wanted = self.changes(data)
        return [
            row
            for row in self.rows
            if any(getattr(row, name) != value for name, value in wanted.items())
            and not self.refusal(row, wanted)
        ]

    def refusal(self, row, wanted: dict[str, Any]) -> str:
        """Why the values cannot be set for the row; empty where they can."""
        return ""

    def plan(self, data):
        wanted, lines = self.changes(data), []
        changed = {row.pk for row in self.changed_rows(data)}
        labels = {name: str(self.form_class.base_fields[name].label) for name in wanted}
        for row in self.rows:
            if row.pk not in changed:
                continue
            differing = [name for name, value in wanted.items() if getattr(row, name) != value]
            was = [f"{labels[name]}: {self.fields[name](row) or '—'}" for name in differing]
            becomes = [f"{labels[name]}: {_title(wanted[name])}" for name in differing]
            lines.append(Line(self.register.row_name(row), "; ".join(was), "; ".join(becomes)))
        left = [
            Left(self.register.row_name(row), self.refusal(row, wanted) or _("it has this value already"))
            for row in self.rows
            if wanted and row.pk not in changed
        ]
        return lines, left

    def sentence(self, data, lines):
        changed = self.changed_rows(data)
        parts = []
        for name, value in self.changes(data).items():
            label = self.form_class.base_fields[name].label
            parts.append(f"{label}: {counted(self.fields[name](row) for row in changed)} → {_title(value)}")
        return ngettext(
            "%(n)d record will change. %(what)s", "%(n)d records will change. %(what)s", len(lines)
        ) % {"n": len(lines), "what": "; ".join(parts)}

    def button(self, lines):
        return ngettext("Change %(n)d record", "Change %(n)d records", len(lines)) % {"n": len(lines)}


def _title(value: Any) -> str:
    return str(value) if isinstance(value, Model | str | int) else in_words(value)
