"""Base classes of forms: layout, marks, messages."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.forms.fields import DateField
from common.forms.layout import FormLayout

DASHES = models.fields.BLANK_CHOICE_DASH[0][1]


class Laid:
    """A form whose ``layout`` lists the rows; without it the fields follow one another."""

    layout: tuple = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _word_empty_choice(field)

    @property
    def helper(self) -> FormLayout:
        """What ``{% crispy form %}`` asks for."""
        return FormLayout(*(self.layout or tuple(self.fields)))


def _word_empty_choice(field: forms.Field) -> None:
    """Says in words what Django draws as a row of dashes."""
    words = _("Choose…") if field.required else _("Not chosen")
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField) and isinstance(field.widget, forms.Select):
        field.choices = [
            ("", words) if value == "" and label == DASHES else (value, label)
            for value, label in field.choices
        ]


class PortalForm(Laid, forms.Form):
    """A plain form of the portal."""


class _ModelDateField(DateField):
    """Drops what Django passes to its own date field only."""

    def __init__(self, **kwargs):
        kwargs.pop("input_formats", None)
        super().__init__(**kwargs)


def portal_field(column, **kwargs):
    """The form field of a model's column: dates are typed, everything else is Django's own."""
    if column.get_internal_type() == "DateField":
        kwargs["form_class"] = _ModelDateField
        kwargs.pop("widget", None)
    if isinstance(column, models.URLField):
        kwargs.setdefault("assume_scheme", "https")
    return column.formfield(**kwargs)


class _PortalModelFormMeta(forms.models.ModelFormMetaclass):
    def __new__(mcs, name, bases, attrs):
        if "Meta" in attrs and not hasattr(attrs["Meta"], "formfield_callback"):
            attrs["Meta"].formfield_callback = staticmethod(portal_field)
        return super().__new__(mcs, name, bases, attrs)


class PortalModelForm(Laid, forms.ModelForm, metaclass=_PortalModelFormMeta):
    """A form over columns of a model; it checks and reads, services write.

    Dates are typed text fields, see :class:`common.forms.fields.DateField`.
    """
