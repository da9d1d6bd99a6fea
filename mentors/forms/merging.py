"""Two records of one person side by side: which value stays where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PortalForm, stamp_of
from common.history import value_text
from mentors.models import Participation, Person
from mentors.services.merging import twins

KEPT, MERGED = "kept", "merged"
PERSON = ("last_name", "first_name", "patronymic", "birth_date", "birth_year", "contact")
PARTICIPATION = (
    "started_on",
    "population",
    "class_name",
    "position",
    "subject",
    "experience_years",
    "workplace",
    "category",
    "form",
    "main_request",
    "competencies",
    "achievements",
    "interests",
    "desired_age",
    "time_resource",
    "capacity",
    "results",
    "case_url",
    "completion_mark",
)

# Where the name of the column alone would not say what it is.
LABELS = {"started_on": gettext_lazy("Date of joining"), "main_request": gettext_lazy("Request")}


@dataclass(frozen=True, slots=True)
class Difference:
    """A column in which the two records differ, with both values as text."""

    key: str
    record: models.Model
    other: models.Model
    column: models.Field
    kept: str
    merged: str

    @property
    def is_open(self) -> bool:
        """Whether a person has to choose: both sides say something."""
        return bool(self.kept and self.merged)

    def value(self, answer: str):
        """The chosen value; a blank never wins over a value."""
        source = self.other if not self.kept or (self.merged and answer == MERGED) else self.record
        return getattr(source, self.column.name)


class MergeForm(PortalForm):
    """A choice for each difference of the two people and of their participations in the same role."""

    stamp = forms.CharField(widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args, kept: Person, merged: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept, self.merged = kept, merged
        self.twins = twins(kept, merged)
        self.differences = differences(kept, merged, PERSON, "person")
        for own, other in self.twins:
            self.differences += differences(own, other, PARTICIPATION, f"participation-{own.pk}")
        self.current = stamp_of(kept, merged, *(row for pair in self.twins for row in pair))
        self.initial["stamp"] = self.current
        for difference in self.differences:
            if difference.is_open:
                self.fields[difference.key] = forms.ChoiceField(
                    label=LABELS.get(difference.column.name) or _capital(difference.column.verbose_name),
                    choices=[(KEPT, _cut(difference.kept)), (MERGED, _cut(difference.merged))],
                    widget=forms.RadioSelect,
                    initial=KEPT,
                    error_messages={"required": gettext_lazy("Choose which value stays.")},
                )

    def clean_stamp(self):
        if self.cleaned_data["stamp"] != self.current:
            self.data = {**self.data.dict(), "stamp": self.current}
            raise ValidationError(
                _("One of the two cards has been changed meanwhile. Look at both once more.")
            )
        return self.current

    def person_values(self) -> dict:
        """Chosen values of the person's columns; the year of birth goes with its date."""
        values = self._values_of(self.kept)
        if values.get("birth_date"):
            values["birth_year"] = values["birth_date"].year
        elif "birth_year" in values and values["birth_year"] and self.kept.birth_date:
            values.setdefault("birth_date", None)
            if self.kept.birth_date.year == values["birth_year"]:
                values["birth_date"] = self.kept.birth_date
        return values

    def participation_values(self) -> dict[int, dict]:
        """Chosen values of each kept participation that has a twin, by its key."""
        return {own.pk: self._values_of(own) for own, _other in self.twins}

    def _values_of(self, record: models.Model) -> dict:
        return {
            difference.column.name: difference.value(self.cleaned_data.get(difference.key, KEPT))
            for difference in self.differences
            if difference.record is record
        }


def differences(record, other, names, prefix: str) -> list[Difference]:
    """Columns in which the two rows differ."""
    found = []
    for name in names:
        column = record._meta.get_field(name)
        own, theirs = getattr(record, column.attname), getattr(other, column.attname)
        if own != theirs:
            found.append(
                Difference(
                    f"{prefix}-{name}",
                    record,
                    other,
                    column,
                    value_text(column, own),
                    value_text(column, theirs),
                )
            )
    return found


def moved(person: Person, scope) -> list[Participation]:
    """What the record to be joined does at the places of the scope, for the preview."""
    return list(
        Participation.objects.visible_to(scope)
        .filter(person=person)
        .select_related("organization", "person")
        .annotate(
            pairs_moved=models.Count("pairs_as_mentor", distinct=True)
            + models.Count("pairs_as_mentee", distinct=True),
            records_moved=models.Count("diagnostics", distinct=True)
            + models.Count("trainings", distinct=True)
            + models.Count("contests", distinct=True),
        )
        .order_by("role", "pk")
    )


def _capital(text) -> str:
    return str(text)[:1].upper() + str(text)[1:]


def _cut(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
