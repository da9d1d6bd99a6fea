"""Filters of registers: a facet is one checklist. Several values of a facet mean «or», facets mean «and»."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

from common.paging import bounded_counts
from common.text import natural_key

Narrow = Callable[[QuerySet], QuerySet]
MOST_OPTIONS = 300


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet: its code in the address, its words, how many rows have it, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool = False


class Facet:
    """One filter. ``code`` is its part of the address."""

    def __init__(
        self,
        code: str,
        label: str | Promise,
        *,
        default: Sequence[str] = (),
        words: Callable[[str], str] = str,
    ):
        self.code = code
        self._label = label
        # How the words of a value are written on this screen.
        self.words = words
        # What holds when the address says nothing; «all» in the address takes it off.
        self.default = tuple(default)

    @property
    def label(self) -> str:
        return str(self._label)

    def known(self, values: Iterable[str]) -> list[str]:
        """The values that the facet understands; others are as if they were not given."""
        raise NotImplementedError

    def narrow(self, rows: QuerySet, values: Sequence[str]) -> QuerySet:
        """Rows with one of the values."""
        raise NotImplementedError

    def labels(self, values: Sequence[str]) -> list[str]:
        """The words of the values, without those that the user may not see."""
        raise NotImplementedError

    def options(self, rows: QuerySet, chosen: Sequence[str]) -> list[Option]:
        """All values that the rows have, with counts; chosen ones also where the rows have none."""
        raise NotImplementedError


class ConditionFacet(Facet):
    """A facet whose values are conditions: ``choices`` are triples of code, words and narrowing function."""

    def __init__(self, code, label, choices: Sequence[tuple[str, str, Narrow]], **kwargs):
        super().__init__(code, label, **kwargs)
        self.choices = {value: (words, narrow) for value, words, narrow in choices}

    def known(self, values):
        return [value for value in dict.fromkeys(values) if value in self.choices]

    def narrow(self, rows, values):
        if len(values) == 1:
            return self.choices[values[0]][1](rows)
        every = rows.model._default_manager.all()
        found = (self.choices[value][1](every).order_by().values("pk") for value in values)
        return rows.filter(Q(*(Q(pk__in=keys) for keys in found), _connector=Q.OR))

    def labels(self, values):
        return [str(self.choices[value][0]) for value in values]

    def options(self, rows, chosen):
        counts = bounded_counts([narrow(rows) for _words, narrow in self.choices.values()])
        return [
            Option(value, str(words), count, value in chosen)
            for (value, (words, _narrow)), count in zip(self.choices.items(), counts, strict=True)
            if count or value in chosen
        ]


class ChoiceFacet(Facet):
    """A facet over a column with fixed choices."""

    def __init__(self, code, label, path: str, choices: Iterable[tuple[str, str]], **kwargs):
        super().__init__(code, label, **kwargs)
        self.path = path
        self.choices = {str(value): words for value, words in choices if value != ""}

    def known(self, values):
        return [value for value in dict.fromkeys(values) if value in self.choices]

    def narrow(self, rows, values):
        return rows.filter(**{f"{self.path}__in": values})

    def labels(self, values):
        return [self.words(str(self.choices[value])) for value in values]

    def options(self, rows, chosen):
        counts = dict(_grouped(rows, self.path))
        return [
            Option(value, self.words(str(words)), counts.get(value, 0), value in chosen)
            for value, words in self.choices.items()
            if counts.get(value) or value in chosen
        ]


class TextFacet(Facet):
    """A facet over a short text, such as a class; values come in natural order (9А before 10А)."""

    def __init__(self, code, label, path: str, **kwargs):
        super().__init__(code, label, **kwargs)
        self.path = path

    def known(self, values):
        return [value for value in dict.fromkeys(values) if 0 < len(value) <= 60 and "\0" not in value]

    def narrow(self, rows, values):
        return rows.filter(**{f"{self.path}__in": values})

    def labels(self, values):
        return list(values)

    def options(self, rows, chosen):
        counts = {value: number for value, number in _grouped(rows, self.path) if value}
        counts |= {value: 0 for value in chosen if value not in counts}
        ordered = sorted(counts, key=natural_key)[:MOST_OPTIONS]
        return [Option(value, value, counts[value], value in chosen) for value in ordered]


class RelatedFacet(Facet):
    """A facet over a foreign key. ``seen()`` are the rows that the user may see at all (already scoped)."""

    def __init__(self, code, label, path: str, seen: Callable[[], QuerySet], **kwargs):
        super().__init__(code, label, **kwargs)
        self.path = path
        self.seen = seen

    def known(self, values):
        return [value for value in dict.fromkeys(values) if value.isdecimal() and len(value) <= 18]

    def narrow(self, rows, values):
        return rows.filter(**{f"{self.path}__in": [int(value) for value in values]})

    def labels(self, values):
        found = {
            str(row.pk): self.words(str(row))
            for row in self.seen().filter(pk__in=[int(value) for value in values])
        }
        return [found[value] for value in values if value in found]

    def counts(self, rows: QuerySet) -> dict[str, int]:
        """How many of the rows have each value."""
        return {str(key): number for key, number in _grouped(rows, self.path) if key is not None}

    def options(self, rows, chosen):
        counts = self.counts(rows)
        keys = [int(key) for key in {*counts, *chosen}]
        return [
            Option(str(row.pk), self.words(str(row)), counts.get(str(row.pk), 0), str(row.pk) in chosen)
            for row in self.seen().filter(pk__in=keys)[:MOST_OPTIONS]
        ]


def _grouped(rows: QuerySet, path: str) -> QuerySet:
    return rows.order_by().values_list(path).annotate(found=Count("pk", distinct=True))
