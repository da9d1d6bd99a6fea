"""Registers: one page type with search, filters, quick filters with counts, sorting and keyset paging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from common.paging import COUNT_LIMIT, SIZES, KeysetPage, Sort, bounded_count, keyset_page
from orgs.pages import RoleView


@dataclass(frozen=True, slots=True)
class Quick:
    """A quick filter: the value of ``only`` in the address, its words, how many rows it would show."""

    code: str
    label: str
    count: str
    on: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter in words, and the name of the address part that removing it drops."""

    label: str
    value: str
    name: str


def count_text(number: int) -> str:
    """The number for people; a count that stopped at its limit says so."""
    if number > COUNT_LIMIT:
        return _("more than 10,000")
    return number_format(number, force_grouping=True)


class RegisterView(RoleView):
    """A register over ``filterset_class``; subclasses name the rows, the sorts and the template."""

    template_name: ClassVar[str]
    filterset_class: ClassVar[type]

    def rows(self) -> QuerySet:
        """All rows of the register that the scope may see."""
        raise NotImplementedError

    def sorts(self) -> tuple[Sort, ...]:
        """Ways to order the rows, the default first; expressions are never null."""
        raise NotImplementedError

    def prepare(self, page: KeysetPage) -> None:
        """Loads what the shown rows need, in a constant number of queries."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def answer(self, request: HttpRequest, **extra) -> HttpResponse:
        """The page of the register as the address asks for it."""
        filterset = self.filterset_class(request.GET, queryset=self.rows(), scope=request.scope)
        sort = self._sort(request.GET.get("sort", ""))
        size = next((size for size in SIZES if str(size) == request.GET.get("size")), SIZES[0])
        found = filterset.qs
        page = keyset_page(
            found, sort, after=request.GET.get("after", ""), before=request.GET.get("before", ""), size=size
        )
        self.prepare(page)
        total = len(page.rows)
        if page.has_next or page.has_previous:
            total = bounded_count(found)
        context = {
            "filter": filterset,
            "page": page,
            "rows": page.rows,
            "sort": sort,
            "sorts": {option.code: option for option in self.sorts()},
            "sizes": SIZES,
            "total": total,
            "total_text": count_text(total),
            "quick": filterset.quick(),
            "chips": filterset.chips(),
            **extra,
        }
        return render(request, self.template_name, context)

    def _sort(self, asked: str) -> Sort:
        options = {option.code: option for option in self.sorts()}
        known = options.get(asked.removeprefix("-"))
        if known is None:
            return self.sorts()[0]
        return Sort(known.code, known.label, known.expression, descending=asked.startswith("-"))
