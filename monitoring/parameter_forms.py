"""The form of an indicator's choices, made from what its rule declares."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.forms import PortalForm, Row
from mentors.enums import Population, ProgramStatus
from mentors.models import MenteeCategory, MentoringKind
from monitoring.definitions import Definition
from monitoring.parameters import Choice, Codes, Number, Parameter, WholeNumber
from orgs.models import DocumentType, Headcount

LABELS = {
    "age_from": _("Age from, years"),
    "age_to": _("Age to, years"),
    "denominator": _("Divided by"),
    "satisfied_min_mean": _("Satisfied from which mean of the two answers"),
    "kind": _("Kind of mentoring"),
    "document_type": _("Document that confirms the payment"),
    "population": _("Whom it counts"),
    "program_statuses": _("Programmes in which states count"),
    "max_experience_years": _("Years of teaching, at most"),
    "max_age": _("Age, at most"),
    "categories": _("Categories of mentees that count in any case"),
}


class ParametersForm(PortalForm):
    """Choices of one indicator in one municipality, with the document that sets them."""

    def __init__(self, *args, definition: Definition, document: str = "", scope=None, **kwargs):
        super().__init__(*args, **kwargs)
        declared = definition.rule.parameters
        for name, parameter in declared.items():
            field = _field(name, parameter)
            field.initial = definition.parameters[name]
            self.fields[name] = field
        self.names = tuple(declared)
        self.fields["document"] = forms.CharField(
            label=_("Document that sets this"),
            max_length=250,
            initial=document,
            help_text=_("It stands beside the figure: for example “order № 1438 of 29.12.2020, item 3.1”"),
            error_messages={"required": _("Name the document: a figure without a source proves nothing.")},
        )

    @property
    def layout(self):
        if {"age_from", "age_to"} <= set(self.names):
            rest = [name for name in self.fields if name not in ("age_from", "age_to")]
            return (Row(("age_from", 3), ("age_to", 3)), *rest)
        return tuple(self.fields)

    def clean(self):
        cleaned = super().clean()
        lowest, highest = cleaned.get("age_from"), cleaned.get("age_to")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("age_to", _("The upper age is below the lower one."))
        return cleaned

    def parameters(self) -> dict:
        """The choices as they are stored."""
        return {name: _stored(self.cleaned_data[name]) for name in self.names}


def _stored(value):
    if isinstance(value, list):
        return list(value)
    return value if value is None or isinstance(value, int | str) else str(value)


def _field(name: str, parameter: Parameter) -> forms.Field:
    label = LABELS[name]
    digits = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    if isinstance(parameter, WholeNumber):
        return forms.IntegerField(
            label=label,
            min_value=parameter.lowest,
            max_value=parameter.highest,
            required=not parameter.optional,
            widget=digits,
        )
    if isinstance(parameter, Number):
        return forms.DecimalField(
            label=label, min_value=parameter.lowest, max_value=parameter.highest, localize=True, widget=digits
        )
    if isinstance(parameter, Codes):
        return forms.MultipleChoiceField(
            label=label,
            choices=_codes(name),
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        )
    return forms.ChoiceField(label=label, choices=_choices(name, parameter))


def _codes(name: str) -> list[tuple[str, str]]:
    if name == "program_statuses":
        return list(ProgramStatus.choices)
    return list(MenteeCategory.objects.filter(active=True).values_list("code", "title"))


def _choices(name: str, parameter: Parameter) -> list[tuple[str, str]]:
    if name == "denominator" and isinstance(parameter, Choice):
        columns = {column.name: column.verbose_name for column in Headcount._meta.concrete_fields}
        return [(code, columns[code]) for code in parameter.choices]
    if name == "population":
        return [("", pgettext_lazy("population", "All")), *Population.choices]
    model = {"kind": MentoringKind, "document_type": DocumentType}[name]
    return list(model.objects.filter(active=True).values_list("code", "title"))
