"""Actions on chosen rows: choose → «было → станет» → one transaction. Nothing is written before the preview.

An action says what it would do as lines; the page shows them and writes only what was shown: when the form or
the rows have changed since, the preview comes again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.forms import PortalForm
from common.paging import in_order
from orgs.pages import RoleView
from orgs.registers.register import Register

MOST_ROWS = 2_000
SHOWN_LINES = 200
LONGEST_QUERY = 4_000


@dataclass(frozen=True, slots=True)
class Line:
    """What would become of one row, in words."""

    name: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Left:
    """A chosen row that stays as it is, and why."""

    name: str
    why: str


class BulkAction:
    """One action; an instance holds the chosen rows of one request."""

    code: ClassVar[str] = ""
    # On the button of the bar; the dots say that a page follows.
    label: ClassVar[str | Promise] = ""
    # Without fields there is nothing to fill in: the preview says it all.
    form_class: ClassVar[type[PortalForm]] = PortalForm
    # Fields whose text the user sees in the form itself: a change of them needs no new preview.
    free_text: ClassVar[frozenset[str]] = frozenset()
    # The template gets the class for the button of the bar.
    do_not_call_in_templates = True

    def __init__(self, register: Register, rows: list[Any]):
        self.register = register
        self.rows = rows

    def title(self) -> str:
        """The heading of the page."""
        return str(self.label).removesuffix("…")

    def form(self, data=None) -> PortalForm:
        """The form of the action, filled in with ``data``; choices that depend on the rows are set here."""
        return self.form_class(data)

    def plan(self, data: dict) -> tuple[list[Line], list[Left]]:
        """What the form's values would change, and which rows stay."""
        raise NotImplementedError

    def sentence(self, data: dict, lines: list[Line]) -> str:
        """The whole change in one sentence."""
        raise NotImplementedError

    def button(self, lines: list[Line]) -> str:
        """The words of the button: what it does to how many."""
        raise NotImplementedError

    def apply(self, actor, data: dict) -> str:
        """Writes the change and returns what was done, in words. Inside a transaction."""
        raise NotImplementedError


class BulkPage(RoleView):
    """/<register>/bulk/: the page of every action on chosen rows of a register."""

    register_class: ClassVar[type[Register]]
    http_method_names = ("post",)

    def writable(self, register: Register):
        """The rows of the register that the user may change."""
        raise NotImplementedError

    def keep(self, register: Register, action: BulkAction, rows: list, work) -> str:
        """Runs ``work`` and keeps what it changed.

        Returns the ``done`` of the address to lead back with; empty where there is nothing to take back.
        """
        raise NotImplementedError

    def post(self, request: HttpRequest) -> HttpResponse:
        self.query = QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])
        register = self.register_class(request, self.query)
        back = f"{reverse(register.code)}{register.link()}"
        kinds = {action.code: action for action in register.actions}
        kind = kinds.get(request.POST.get("action", ""))
        if kind is None:
            messages.error(request, _("Choose what to do with the chosen rows."))
            return HttpResponseRedirect(back)
        step = request.POST.get("step", "")
        with transaction.atomic():
            rows = self.chosen(register, lock=step == "apply")
            if not rows:
                messages.error(request, _("Choose at least one row of the list first."))
                return HttpResponseRedirect(back)
            if len(rows) > MOST_ROWS:
                messages.error(
                    request,
                    _("More than %(n)d rows are chosen. Narrow the list by filters.") % {"n": MOST_ROWS},
                )
                return HttpResponseRedirect(back)
            action = kind(register, rows)
            if step != "apply":
                return self.preview(action, back, bound=step == "preview")
            return self.apply(action, back)

    def chosen(self, register: Register, *, lock: bool) -> list:
        """The chosen rows as far as the user may change them, in the order of the list.

        Keys outside of it are as if they were not there.
        """
        rows = self.writable(register)
        if self.request.POST.get("all"):
            found = register.filters.apply(rows)
        else:
            given = ",".join([*self.request.POST.getlist("id"), self.request.POST.get("ids", "")])
            keys = {int(key) for key in given.split(",") if key.isdecimal() and len(key) < 19}
            found = rows.filter(pk__in=sorted(keys)[: MOST_ROWS + 1])
        if lock:
            locked = rows.model._base_manager.select_for_update().filter(pk__in=found.order_by().values("pk"))
            # Evaluated before the rows are read: they are read as they stand behind the lock.
            list(locked.order_by("pk").values_list("pk", flat=True))
        rows = list(in_order(register.related(found), register.usual_sort)[: MOST_ROWS + 1])
        register.load(rows)
        return rows

    def preview(self, action: BulkAction, back: str, *, bound: bool, form=None, status=200) -> HttpResponse:
        """The form with what it would change."""
        if form is None:
            form = action.form(self.request.POST if bound else None)
        is_refused = status == 422
        data = form.cleaned_data if bound and form.is_valid() else _values(form, bound=bound)
        if bound and not is_refused:
            # While the form is being filled in, what is missing is not yet an error.
            form._errors = type(form.errors)()
        lines, left = action.plan(data)
        context = {
            "register": action.register,
            "action": action,
            "form": form,
            "lines": lines[:SHOWN_LINES],
            "more_lines": max(0, len(lines) - SHOWN_LINES),
            "left": left,
            "sentence": action.sentence(data, lines) if lines else "",
            "button": action.button(lines) if lines else "",
            "ids": ",".join(str(row.pk) for row in action.rows),
            "seen": self.signature(action, data),
            "query": self.query.urlencode(),
            "back_url": back,
            "is_refused": is_refused,
        }
        partial = self.request.htmx and self.request.htmx.target == "bulk-preview"
        name = "registers/bulk_preview.html" if partial else "registers/bulk.html"
        return render(self.request, name, context, status=status)

    def apply(self, action: BulkAction, back: str) -> HttpResponse:
        """Writes what the preview has shown, or shows the preview again."""
        form = action.form(self.request.POST)
        if not form.is_valid():
            return self.preview(action, back, bound=True, form=form, status=422)
        data = form.cleaned_data
        lines, _left = action.plan(data)
        if self.request.POST.get("seen") != self.signature(action, data) or not lines:
            messages.info(self.request, _("Look once more at what will change, then press the button."))
            return self.preview(action, back, bound=True)
        try:
            with transaction.atomic():
                done = self.keep(
                    action.register, action, action.rows, lambda: action.apply(self.request.user, data)
                )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return self.preview(action, back, bound=True, form=form, status=422)
        query = QueryDict(action.register.link()[1:], mutable=True)
        if done:
            query["done"] = done
        return HttpResponseRedirect(f"{reverse(action.register.code)}?{query.urlencode()}")

    @staticmethod
    def signature(action: BulkAction, data: dict) -> str:
        """What was shown: the action, its values, the lines of every row."""
        lines, left = action.plan(data)
        values = sorted(
            (name, str(getattr(value, "pk", value)))
            for name, value in data.items()
            if name not in action.free_text
        )
        return hashlib.sha256(repr((action.code, values, lines, left)).encode()).hexdigest()[:32]


def people_count(number: int) -> str:
    """«12 человек» in the genitive: of, to or about so many people."""
    return ngettext("%(n)d person", "%(n)d people", number) % {"n": number}


def _values(form, *, bound: bool) -> dict:
    """Values of a form that is not complete yet: what is valid so far, or what stands in it at first."""
    if bound:
        return {name: form.cleaned_data.get(name) for name in form.fields}
    return {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
