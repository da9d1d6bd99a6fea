"""Dictionaries: their list, the values of one, a value's form."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from mentorship_portal.administration.dictionaries import KINDS, form_of, may_change, save_value
from orgs.addresses import address
from orgs.enums import Role
from orgs.form_pages import FormPage
from orgs.pages import NO_YEARS, RoleView

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


class DictionaryList(RoleView):
    """/dictionaries/"""

    period_kind = NO_YEARS
    read_roles = ADMINISTRATORS

    def get(self, request: HttpRequest) -> HttpResponse:
        kinds = [
            {"kind": kind, "count": kind.model.objects.filter(active=True).count()} for kind in KINDS.values()
        ]
        context = {
            "kinds": kinds,
            "keeps_rules": bool(request.scope.overseen_municipality_ids(ADMINISTRATORS)),
        }
        return render(request, "administration/dictionary_list.html", context)


class DictionaryValues(RoleView):
    """/dictionaries/<kind>/"""

    period_kind = NO_YEARS
    read_roles = ADMINISTRATORS

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        found = _kind(kind)
        context = {
            "kind": found,
            "rows": found.model.objects.all(),
            "may_change": may_change(request.scope),
        }
        return render(request, "administration/dictionary_values.html", context)


class DictionaryValueAdd(FormPage):
    """/dictionaries/<kind>/add/"""

    period_kind = NO_YEARS
    read_roles = write_roles = ADMINISTRATORS
    adds_more = True

    def load(self, kind: str) -> None:
        self.kind = _kind(kind)
        if not may_change(self.request.scope):
            raise PermissionDenied(
                _(
                    "Several municipalities share these dictionaries, so only the administrator of the "
                    "platform changes them."
                )
            )

    @property
    def form_class(self):
        return form_of(self.kind)

    def title(self) -> str:
        return _("New value: %(dictionary)s") % {"dictionary": self.kind.title}

    def crumbs(self):
        return [
            (address(self.request, "dictionaries"), _("Dictionaries")),
            (self.cancel_url(), self.kind.title.capitalize()),
        ]

    def save(self, form):
        return save_value(actor=self.request.user, kind=self.kind, form=form)

    def saved_text(self, saved) -> str:
        return _("“%(value)s” is saved.") % {"value": saved}

    def next_url(self, saved) -> str:
        return address(self.request, "dictionary", self.kind.code)

    def cancel_url(self) -> str:
        return address(self.request, "dictionary", self.kind.code)


class DictionaryValueEdit(DictionaryValueAdd):
    """/dictionaries/<kind>/<pk>/"""

    adds_more = False

    def load(self, kind: str, pk: int) -> None:
        super().load(kind)
        self.value = get_object_or_404(self.kind.model, pk=pk)

    def title(self) -> str:
        return str(self.value)

    def form_arguments(self) -> dict:
        return {**super().form_arguments(), "instance": self.value}


def _kind(code: str):
    if code not in KINDS:
        raise Http404
    return KINDS[code]
