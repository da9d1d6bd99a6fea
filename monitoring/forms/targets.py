"""The form of targets: a value for each indicator and year, and the document that sets them.

The page of the roadmap and that of the administrator show the same form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import PortalForm
from common.rounding import decimal_text
from monitoring.enums import Unit
from monitoring.models import Indicator, Target
from monitoring.names import page_name

PLACES = 2


class TargetField(forms.DecimalField):
    """A number with a comma or a point; «%» after it is allowed."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_digits=9, decimal_places=PLACES, required=False, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "class": "form-control n-target", "autocomplete": "off"}

    def to_python(self, value):
        if isinstance(value, str):
            value = value.replace("\u00a0", "").replace("%", "").replace(" ", "").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        return decimal_text(f"{value.normalize():f}") if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its fields by year."""

    indicator: Indicator
    cells: list


class TargetsForm(PortalForm):
    """Targets of a municipality: rows are indicators, columns years; an empty cell is no target.

    The hidden ``seen`` of each cell is the value that the page was opened with: a cell that somebody else
    has changed meanwhile is asked about and not overwritten.
    """

    document = forms.CharField(
        label=gettext_lazy("Document that sets the changed targets"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("For example: Order of the department of 20.01.2026 No. 12"),
    )

    def __init__(
        self,
        *args,
        indicators: Sequence[Indicator],
        years: Sequence[int],
        targets: Sequence[Target],
        scope=None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.indicators, self.years = list(indicators), list(years)
        self.stored = {(target.indicator_id, target.year): target for target in targets}
        for indicator in self.indicators:
            for year in self.years:
                self._add(indicator, year)

    def _add(self, indicator: Indicator, year: int) -> None:
        name = cell_name(indicator.pk, year)
        label = _("%(indicator)s, %(year)d") % {
            "indicator": page_name(indicator.code, indicator.short_title or indicator.title),
            "year": year,
        }
        stored = self.stored.get((indicator.pk, year))
        value = stored.value if stored else None
        field = TargetField(label=label)
        field.widget.attrs["aria-label"] = label
        self.fields[name] = field
        self.fields[f"seen-{name}"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial[name] = value
        self.initial[f"seen-{name}"] = plain(value)

    @property
    def lines(self) -> list[Line]:
        """Rows of the table: the indicator and its cells, each with the hidden one beside it and its year."""
        return [
            Line(
                indicator,
                [
                    (self[cell_name(indicator.pk, year)], self[f"seen-{cell_name(indicator.pk, year)}"], year)
                    for year in self.years
                ],
            )
            for indicator in self.indicators
        ]

    @property
    def changed(self) -> dict[tuple[int, int], Decimal | None]:
        """Cells of the valid form that differ from what is stored: by indicator's key and year."""
        found = {}
        for indicator in self.indicators:
            for year in self.years:
                stored = self.stored.get((indicator.pk, year))
                value = self.cleaned_data[cell_name(indicator.pk, year)]
                if value != (stored.value if stored else None):
                    found[indicator.pk, year] = value
        return found

    def clean(self):
        cleaned = super().clean()
        for indicator in self.indicators:
            for year in self.years:
                self._check(indicator, year, cell_name(indicator.pk, year))
        return cleaned

    def _check(self, indicator: Indicator, year: int, name: str) -> None:
        if name not in self.cleaned_data:
            return
        value = self.cleaned_data[name]
        if value is not None and indicator.unit == Unit.PERCENT and value > 100:
            self.add_error(name, ValidationError(_("A target in percent cannot be above one hundred.")))
            return
        stored = self.stored.get((indicator.pk, year))
        now = plain(stored.value if stored else None)
        seen = self.cleaned_data.get(f"seen-{name}", "")
        if seen == now:
            return
        if plain(value) == seen:
            # Only the other person has changed this cell.
            self.cleaned_data[name] = stored.value if stored else None
        elif plain(value) != now:
            self.data = self.data.copy()
            self.data[f"seen-{name}"] = now
            self.add_error(
                name,
                ValidationError(
                    _("Meanwhile this target was set to %(value)s. Save again to keep yours."),
                    params={"value": decimal_text(now) or _("empty")},
                ),
            )


def cell_name(indicator: int, year: int) -> str:
    """The name of the field of one indicator and year."""
    return f"t{indicator}-{year}"


def plain(value: Decimal | None) -> str:
    """A value as text that is the same on both databases."""
    return "" if value is None else f"{Decimal(value).quantize(Decimal('0.01')):f}"
