"""Fields that take what people really type and paste."""

from __future__ import annotations

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.cell_dates import parse_date
from common.sheets.problems import CellProblem

SHORT_YEAR = re.compile(r"^(\s*\d{1,2}[-./,\s]+\d{1,2}[-./,\s]+)(\d{2})(?=\s*(?:г\.?)?\s*$)")


class DateField(forms.Field):
    """A date typed or pasted in any Russian way: «1.9.25», «01.09.2025», «2025-09-01», «1 сентября 2025».

    It is a text field and not the browser's own date picker, which takes no pasted date. The value is a
    ``datetime.date`` or None. Two digits of a year mean 20xx; with ``full_year``, for births, they
    are refused.
    """

    widget = forms.TextInput
    default_error_messages = {
        "required": _("Type the date, for example 25.05.2026."),
        "invalid": _("“%(value)s” is not a date. Type it as 25.05.2026."),
    }

    def __init__(self, *, full_year: bool = False, **kwargs):
        super().__init__(**kwargs)
        self.full_year = full_year
        for name, value in (
            ("inputmode", "numeric"),
            ("autocomplete", "off"),
            ("placeholder", _("DD.MM.YYYY")),
        ):
            self.widget.attrs.setdefault(name, value)
        self.widget.attrs.setdefault("data-date", "")

    def prepare_value(self, value):
        return f"{value:%d.%m.%Y}" if isinstance(value, datetime.date) else value

    def to_python(self, value) -> datetime.date | None:
        if value in self.empty_values:
            return None
        text = str(value)[:60]
        if not self.full_year:
            text = SHORT_YEAR.sub(r"\g<1>20\g<2>", text)
        try:
            return parse_date(text, empty_words=False)
        except CellProblem as problem:
            words = " ".join(part for part in (problem.message, problem.fix) if part)
            raise ValidationError(
                words or self.error_messages["invalid"], params={"value": value}
            ) from problem

    def has_changed(self, initial, data) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True
