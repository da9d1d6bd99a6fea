"""A choice of few usual values as segments, with the rest in a list beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.db.models import Count, QuerySet
from django.utils.translation import gettext

from mentors.dictionaries import MentoringForm
from mentors.models import Pair
from mentors.registers.words import form_words

OTHER = "other"
SEGMENTS = 3


@dataclass(frozen=True, slots=True)
class Segment:
    """One value: what is sent, its words, whether it is chosen."""

    value: str
    label: str
    chosen: bool


class SegmentsOrList(forms.Select):
    """Radio buttons of the ``usual`` values; «Другая…» takes the value of the list «<name>_other»."""

    use_fieldset = True
    usual: tuple[str, ...] = ()

    def value_from_datadict(self, data, files, name):
        value = data.get(name, "")
        return data.get(f"{name}_{OTHER}", "") if value == OTHER else value

    def id_for_label(self, id_, index=None):
        """A group has no single control that its legend would be for."""
        return ""


class MentoringFormField(forms.ModelChoiceField):
    """The form of mentoring: those that the school uses most as segments."""

    widget = SegmentsOrList
    # The template of fields asks.
    has_segments = True

    def label_from_instance(self, form: MentoringForm) -> str:
        return form_words(form.title)

    def offer(self, forms_: QuerySet, organizations: Iterable[int] | QuerySet) -> None:
        """Sets the choices, the most used ones of the organizations first."""
        self.queryset = forms_
        known = list(forms_.values_list("pk", flat=True))
        # One more segment costs no more room than «Другая…» would.
        self.widget.usual = tuple(
            str(key) for key in (known if len(known) <= SEGMENTS + 1 else _most_used(known, organizations))
        )

    @staticmethod
    def segments(bound) -> tuple[list[Segment], list[Segment]]:
        """The segments and the list of a bound field; the list is empty when the segments say everything.

        What is known already may be taken back where the field may stay empty.
        """
        value = str(bound.value() or "")
        whole = [
            Segment(str(key), str(label), str(key) == value)
            for key, label in bound.field.choices
            if str(key) != ""
        ]
        usual = bound.field.widget.usual
        shown = [item for item in whole if item.value in usual]
        if bound.initial and not bound.field.required:
            shown.insert(0, Segment("", gettext("Not chosen"), value == ""))
        return shown, [item for item in whole if item.value not in usual]


def _most_used(known: Iterable[int], organizations: Iterable[int] | QuerySet) -> list[int]:
    """Keys of the forms that most pairs of the organizations have; the first of the dictionary fill up."""
    counted = (
        Pair.objects.filter(organization__in=organizations, form__in=known)
        .order_by()
        .values_list("form")
        .annotate(pairs=Count("pk"))
    )
    pairs = dict(counted)
    ordered = sorted(known, key=lambda key: -pairs.get(key, 0))
    return ordered[:SEGMENTS]
