"""Filters of registers: built on django-filter, with choices narrowed by the scope."""

from __future__ import annotations

import django_filters
from django.db.models import OuterRef, Q, Subquery

from common.dates import SchoolYear, today
from common.paging import bounded_count
from orgs.enums import OrganizationStatus
from orgs.models import Headcount
from orgs.registers import Chip, Quick, count_text


class RegisterFilterSet(django_filters.FilterSet):
    """A filter set that knows the scope and describes itself in chips and quick filters.

    A quick filter is a value of ``only``; ``conditions`` gives its words and how it narrows the rows, so
    that the chip, the register and a task on the home page always mean the same rows.
    """

    def __init__(self, data=None, queryset=None, *, scope):
        super().__init__(data, queryset=queryset)
        self.scope = scope
        for filter_ in self.filters.values():
            filter_.field.widget.attrs.setdefault("class", "form-select form-select-sm")
        self.prepare_choices()

    def prepare_choices(self) -> None:
        """Narrows the choices of the form to the scope; drops fields with nothing to choose."""

    def conditions(self) -> dict:
        """Quick filters: code → (words, function that narrows a queryset)."""
        return {}

    def narrow(self, queryset, name, value):
        """Narrows the rows to the quick filter ``value``; an unknown one changes nothing."""
        known = self.conditions().get(value)
        return known[1](queryset) if known else queryset

    def quick(self) -> list[Quick]:
        """Quick filters with how many of the otherwise chosen rows each would show."""
        chosen = self.data.get("only", "")
        base = self._without_only()
        return [
            Quick(code, str(label), count_text(bounded_count(narrow(base))), code == chosen)
            for code, (label, narrow) in self.conditions().items()
        ]

    def chips(self) -> list[Chip]:
        """Active filters in words."""
        chips = []
        if not self.form.is_bound or not self.form.is_valid():
            return chips
        for name, field in self.form.fields.items():
            value = self.form.cleaned_data.get(name)
            if name in ("q", "only") or not value or not self.data.get(name):
                continue
            choices = dict(getattr(field, "choices", ())) if not hasattr(value, "pk") else {}
            chips.append(Chip(str(field.label), str(choices.get(value, value)), name))
        return chips

    def _without_only(self):
        queryset = self.queryset.all()
        if not self.form.is_valid():
            return queryset
        for name, value in self.form.cleaned_data.items():
            if name != "only":
                queryset = self.filters[name].filter(queryset, value)
        return queryset


def without_fresh_headcount(organizations):
    """Working organizations whose newest numbers are older than the school year, or that have none."""
    newest = Headcount.objects.filter(organization=OuterRef("pk")).order_by("-on_date").values("on_date")[:1]
    return organizations.alias(newest=Subquery(newest)).filter(
        Q(newest__isnull=True) | Q(newest__lt=SchoolYear.of(today()).start), status=OrganizationStatus.ACTIVE
    )
