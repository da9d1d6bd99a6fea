"""The page of a register: title line, filter line, table or cards, foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.paging import COUNT_LIMIT, SIZES, KeysetPage
from orgs.addresses import STATE_PARTS, address
from orgs.enums import STAFF_ROLES
from orgs.pages import RoleView
from orgs.registers.columns import NUMBERS, cards, table_body
from orgs.registers.counting import count_text
from orgs.registers.export import place_line
from orgs.registers.facets import Option
from orgs.registers.register import Register
from orgs.registers.routes import route_exists
from orgs.registers.setting_pages import audiences

PRINTED_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of the table: words, classes, and how a click sorts."""

    label: str
    css: str
    name: str
    url: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class QuickLink:
    """A quick filter in the filter line: words, how many rows it shows, whether it is on, where it leads."""

    code: str
    label: str
    title: str
    count: str
    on: bool
    url: str


@dataclass(frozen=True, slots=True)
class ChipLink:
    """A facet in use: words, where its checklist opens, where it is taken off."""

    code: str
    label: str
    value: str
    open_url: str
    off_url: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """A facet with its options, opened."""

    code: str
    label: str
    options: list[Option]


@dataclass(frozen=True, slots=True)
class MoreLink:
    """A further way from the title line; on a phone it stands in the menu."""

    url: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A warning above the list, and where the rows that it is about are."""

    text: str
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What stands where there are no rows: what this is, one thing to do, one other way, an example."""

    title: str
    text: str
    action_url: str = ""
    action_label: str = ""
    action_icon: str = ""
    other_url: str = ""
    other_label: str = ""
    sample: tuple[tuple[str, ...], ...] = ()
    template_url: str = ""


class RegisterPage(RoleView):
    """The page of ``register_class``; subclasses say who reads it and what an empty one looks like."""

    register_class: ClassVar[type[Register]]
    template_name = "registers/register.html"
    # The word of the primary button, and the route that it leads to as soon as there is one.
    add_label: ClassVar[str | Promise] = gettext_lazy("Add")
    add_route = ""
    add_roles: ClassVar[frozenset[str]] = frozenset()
    action_roles: ClassVar[frozenset[str]] = frozenset()
    export_roles: ClassVar[frozenset[str]] = STAFF_ROLES
    upload_kind = ""
    upload_roles: ClassVar[frozenset[str]] = frozenset()

    def crumbs(self) -> list[tuple[str, str]]:
        """Pages above this one, from the third level."""
        return []

    def more_links(self, register: Register) -> list[MoreLink]:
        """Further ways from the title line, as far as the user may go them."""
        return []

    def notice(self, register: Register) -> Notice | None:
        """What somebody who reads the list should know of its data."""
        return None

    def get(self, request: HttpRequest) -> HttpResponse:
        register = self.register_class(request)
        if request.htmx and "panel" in request.GET and request.htmx.target == "register-panel":
            return render(request, "registers/panel.html", self.panel(register))
        if to := self.default_view(register):
            return HttpResponseRedirect(to)
        return self.answer(request, register)

    def default_view(self, register: Register) -> str:
        """Where a bare address leads when the user has chosen a default view."""
        if set(self.request.GET) - set(STATE_PARTS) or self.request.htmx:
            return ""
        view = register.settings.view(register.settings.value("default"))
        return register.view_link(view) if view and view.query else ""

    def answer(self, request: HttpRequest, register: Register, **extra: Any) -> HttpResponse:
        """The page of the register as the address asks for it."""
        if "print" in request.GET:
            return self.printed(request, register)
        page = register.page()
        context = {
            **self.frame(register),
            **self.table(register, page),
            **self.foot(register, page),
            **(self.panel(register) if request.GET.get("panel") else {}),
            **extra,
        }
        if not page.rows:
            context["empty"] = self.found_nothing(register) or self.empty_state(register)
        return render(request, self.template_name, context)

    def frame(self, register: Register) -> dict:
        """Title line and filter line."""
        counts, filters = register.counts, register.filters
        return {
            "register": register,
            "filters": filters,
            "total": counts.found,
            "total_text": count_text(counts.found),
            "whole": counts.whole,
            "whole_text": count_text(counts.whole),
            "chips": [
                ChipLink(
                    chip.code,
                    chip.label,
                    chip.value,
                    register.link(panel=chip.code),
                    register.link(**chip.off),
                )
                for chip in filters.chips
            ],
            "quick": [self.quick_link(register, item) for item in filters.quick_shown],
            "filter_words": filters.words(),
            "reset_url": register.bare_link(),
            "panel_url": register.link(panel="all"),
            "search_parts": register.kept_parts("q", "view"),
            "columns_offered": [
                (column, column in register.shown, place) for place, column in enumerate(register.offered)
            ][1:],
            "views": self.view_links(register),
            "view_now": register.settings.view(register.params.get("view", "")),
            "address_query": register.link(view=register.params.get("view"))[1:],
            "audiences": audiences(register.request),
            "crumbs": self.crumbs(),
            "more_links": self.more_links(register),
            "notice": self.notice(register),
            **self.download(register),
            **self.buttons(register),
        }

    def correcting_url(self, register: Register) -> str:
        """Where a workbook of the incomplete rows comes from, which an upload takes back; empty for none."""
        return ""

    def download(self, register: Register) -> dict:
        """Where files of the list come from, as far as the user may have them."""
        route = f"{register.code}-export"
        print_url = register.link(print=1)
        if not register.scope.has_role(*self.export_roles) or not route_exists(route):
            return {"print_url": print_url}
        return {
            "export_url": reverse(route),
            "export_parts": register.kept_parts("size", "view"),
            "correcting_url": self.correcting_url(register),
            "print_url": print_url,
        }

    def quick_link(self, register: Register, item) -> QuickLink:
        on = item.code in register.filters.only
        codes = [code for code in register.filters.only if code != item.code]
        url = register.link(only=codes if on else [*codes, item.code])
        count = count_text(register.counts.quick[item.code])
        return QuickLink(item.code, str(item.short or item.label), str(item.label), count, on, url)

    def view_links(self, register: Register) -> list[tuple]:
        """Each view with its address and whether it is the default one."""
        default = register.settings.value("default")
        return [(view, register.view_link(view), view.code == default) for view in register.settings.views]

    def may_act(self, register: Register) -> bool:
        """Whether rows can be chosen for an action."""
        return bool(register.actions) and register.scope.has_role(*self.action_roles)

    def buttons(self, register: Register) -> dict:
        """What the title line offers to this user."""
        scope = register.scope
        can_add = self.add_route and scope.has_role(*self.add_roles) and route_exists(self.add_route)
        acts = self.may_act(register)
        return {
            "bulk_url": address(self.request, f"{register.code}-bulk") if acts else "",
            "add_route": self.add_route if can_add else "",
            "add_label": self.add_label,
            "upload_kind": self.upload_kind if scope.has_role(*self.upload_roles) else "",
            "actions": register.actions if acts else (),
            "asks_purpose": register.has_personal_data and not register.shows_private,
        }

    def table(self, register: Register, page: KeysetPage) -> dict:
        """Headings, rows and cards."""
        acts = self.may_act(register)
        mark = register.row_name if acts else None
        return {
            "page": page,
            "rows": page.rows,
            "heads": [self.heading(register, column) for column in register.shown],
            "body": table_body(page.rows, register.shown, register.drawing, mark=mark),
            "cards": cards(
                page.rows,
                card_columns(register),
                register.drawing,
                mark=mark,
                name=register.row_name,
                doings=register.doings,
            ),
            "can_pick": acts,
            "density": register.density,
        }

    def heading(self, register: Register, column) -> Head:
        css = f"{'n-num' if column.kind in NUMBERS else ''} {column.css}".strip()
        if column.sort is None:
            return Head(str(column.heading), css, column.title)
        current = register.sort.code == column.code
        direction = ("descending" if register.sort.descending else "ascending") if current else ""
        turned = f"-{column.code}" if direction == "ascending" else column.code
        return Head(str(column.heading), css, column.title, register.link(sort=turned), direction)

    def foot(self, register: Register, page: KeysetPage) -> dict:
        """Where in the list one is. The number of the first row is a hint of the address, not counted."""
        at = register.params.get("at", "")
        moved = page.has_previous and (register.params.get("after") or register.params.get("before"))
        first = int(at) if moved and at.isdecimal() and len(at) < 9 else 1
        shown, total = len(page.rows), register.counts.found
        known = total <= COUNT_LIMIT and (first > 1 or not page.has_previous)
        return {
            "first_row": first,
            "last_row": first + shown - 1,
            "range_known": first > 1 or not page.has_previous,
            "page_number": (first - 1) // page.size + 1,
            "page_count": -(-total // page.size) if known else 0,
            "previous_url": register.link(before=page.first, at=max(1, first - page.size)),
            "next_url": register.link(after=page.last, at=first + shown),
            "first_url": register.link(),
            "sizes": SIZES,
        }

    def panel(self, register: Register) -> dict:
        """The checklists that the address opens: one facet, or all of them."""
        filters, asked = register.filters, register.params.get("panel", "")
        facets = [facet for code, facet in filters.by_code.items() if asked in (code, "all")]
        lists = []
        for facet in facets:
            rows = filters.apply(register.source(), without=facet.code)
            options = facet.options(rows, filters.chosen.get(facet.code, ()))
            if len(options) > 1 or any(option.chosen for option in options):
                lists.append(Checklist(facet.code, facet.label, options))
        return {
            "register": register,
            "panel": lists,
            "panel_code": asked,
            "panel_parts": register.kept_parts(*(facet.code for facet in facets), "view"),
            "panel_defaults": [facet.code for facet in facets if facet.default],
            "close_url": register.link(),
            "reset_url": register.bare_link(),
        }

    def printed(self, request: HttpRequest, register: Register) -> HttpResponse:
        """All rows of the filter on paper, up to a limit that the page names."""
        rows, columns = [], [column for column in register.shown if not column.screen_only]
        for row in register.every_row(columns):
            rows.append(row)
            if len(rows) == PRINTED_ROWS:
                break
        context = {
            **self.frame(register),
            "rows": rows,
            "heads": [self.heading(register, column) for column in columns],
            "body": table_body(rows, columns, register.drawing),
            "is_cut": register.counts.found > len(rows),
            "printed_rows": len(rows),
            "back_url": register.link(),
            "place_line": place_line(register),
        }
        return render(request, "registers/print.html", context)

    def found_nothing(self, register: Register) -> EmptyState | None:
        """The empty state of filters that match no row; None when there are no rows at all."""
        if not register.counts.whole or not register.filters.is_narrowed:
            return None
        return EmptyState(
            _("Nothing fits the filters"),
            _("No record fits the search and the filters. Check the spelling or take a filter off."),
            register.bare_link(),
            _("Reset the filters"),
        )

    def empty_state(self, register: Register) -> EmptyState:
        """What stands where there are no rows at all."""
        raise NotImplementedError


def card_columns(register: Register) -> list:
    """Shown columns that stand on a card; the title, the line and the state always do."""
    kept = [column for column in register.offered if column.card in ("title", "line", "status")]
    return kept + [column for column in register.shown if column.card == "fact"]
