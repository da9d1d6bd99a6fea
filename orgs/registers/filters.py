"""What an address narrows a register to: search, facets, quick filters, the school year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from common.paging import bounded_counts
from orgs.models import District, Organization
from orgs.registers.facets import Facet

LONGEST_SEARCH = 150
# In the address of a facet with a default: no value holds.
ALL = "all"


@dataclass(frozen=True, slots=True)
class FacetChip:
    """A facet in use: its words, and the parts of the address that open it and take it off."""

    code: str
    label: str
    value: str
    off: dict


@dataclass(frozen=True, slots=True)
class Condition:
    """A quick filter: the value of ``only`` in the address, its words, how it narrows the rows.

    A ``pinned`` one always stands in the filter line, another only while it is used. ``short`` are the
    words on the quick filter itself where the full ones are too long for it.
    """

    code: str
    label: str
    narrow: Callable[[QuerySet], QuerySet]
    pinned: bool = True
    short: str = ""


class RegisterFilters:
    """The filters of one register as one address sets them; subclasses declare them.

    Chip, register, export and a task on the home page use the same functions, so they always mean the same
    rows.
    """

    search_label = ""

    def __init__(self, request: HttpRequest, params: QueryDict):
        self.request = request
        self.scope = request.scope
        self.year = request.school_year
        self.params = params

    # What a register declares.

    def facets(self) -> Iterable[Facet]:
        """The checklists of the register."""
        return ()

    def conditions(self) -> Iterable[Condition]:
        """The quick filters of the register."""
        return ()

    def search(self, rows: QuerySet, text: str) -> QuerySet:
        """Rows that the search finds."""
        return rows

    def in_period(self, rows: QuerySet) -> QuerySet:
        """Rows of the school year shown."""
        return rows

    # What facets of the place offer.

    def organizations(self) -> QuerySet:
        """The organizations that the user may see."""
        return Organization.objects.visible_to(self.scope).only("pk", "short_name")

    def districts(self) -> QuerySet:
        """The districts that the user may see."""
        return District.objects.visible_to(self.scope)

    # What follows.

    @cached_property
    def by_code(self) -> dict[str, Facet]:
        return {facet.code: facet for facet in self.facets()}

    @cached_property
    def quick(self) -> dict[str, Condition]:
        return {condition.code: condition for condition in self.conditions()}

    @cached_property
    def text(self) -> str:
        """The search as typed."""
        return self.params.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]

    @cached_property
    def only(self) -> list[str]:
        """Codes of the quick filters in use."""
        return [code for code in dict.fromkeys(self.params.getlist("only")) if code in self.quick]

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """Values of the facets in use, by code."""
        found = {}
        for code, facet in self.by_code.items():
            given = self.params.getlist(code)
            values = facet.known(given)
            if not values and ALL not in given:
                values = list(facet.default)
            if values:
                found[code] = values
        return found

    @property
    def is_narrowed(self) -> bool:
        """Whether the address itself narrows the rows, apart from what holds by default."""
        return bool(self.text or self.only) or any(
            tuple(values) != self.by_code[code].default for code, values in self.chosen.items()
        )

    def apply(self, rows: QuerySet, *, without: str = "") -> QuerySet:
        """The rows that the address asks for; ``without`` names a facet (or ``only``) that is left out."""
        rows = self.in_period(rows)
        for code, values in self.chosen.items():
            if code != without:
                rows = self.by_code[code].narrow(rows, values)
        if self.text:
            rows = self.search(rows, self.text)
        if without != "only":
            for code in self.only:
                rows = self.quick[code].narrow(rows)
        return rows

    @cached_property
    def chips(self) -> list[FacetChip]:
        """Facets in use in words. A facet that holds by default is taken off by «all»."""
        found = []
        for code, values in self.chosen.items():
            facet = self.by_code[code]
            if labels := facet.labels(values):
                off = {code: ALL if facet.default else None}
                found.append(FacetChip(code, facet.label, ", ".join(labels), off))
        return found

    def words(self) -> str:
        """All filters in one sentence, for screen readers, print and files; empty without filters."""
        parts = [f"{chip.label}: {chip.value}" for chip in self.chips]
        parts += [str(self.quick[code].label) for code in self.only]
        if self.text:
            parts.append(_("search “%(text)s”") % {"text": self.text})
        return "; ".join(parts)

    @property
    def quick_shown(self) -> list[Condition]:
        """The quick filters that stand in the filter line."""
        return [item for item in self.quick.values() if item.pinned or item.code in self.only]

    def counts(self, rows: QuerySet) -> tuple[int, int, dict[str, int]]:
        """How many rows are found, how many there are without filters, and how many each quick filter shows.

        One query; every number is bounded.
        """
        base, shown = self.apply(rows, without="only"), self.quick_shown
        found, whole, *quick = bounded_counts(
            [self.apply(rows), self.in_period(rows), *(item.narrow(base) for item in shown)]
        )
        return found, whole, {item.code: count for item, count in zip(shown, quick, strict=True)}
