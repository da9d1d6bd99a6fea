"""How the municipality's figures are computed: the choices of each indicator and their documents."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from monitoring.definitions import definitions
from monitoring.models import Indicator, IndicatorSetting
from monitoring.parameter_forms import ParametersForm
from monitoring.parameter_services import set_parameters
from orgs.addresses import address
from orgs.enums import Role
from orgs.form_pages import FormPage
from orgs.models import Municipality
from orgs.pages import NO_YEARS, RoleView

RULE_KEEPERS = frozenset({Role.METHODOLOGIST, Role.ADMINISTRATOR})


def kept_municipality(scope) -> Municipality:
    """The municipality whose rules the user keeps; ``PermissionDenied`` for holders of a part of one."""
    found = Municipality.objects.visible_to(scope).filter(
        pk__in=scope.overseen_municipality_ids(RULE_KEEPERS)
    )
    municipality = found.first()
    if municipality is None:
        raise PermissionDenied(
            _("How figures are computed is decided for the whole municipality. Ask its methodologist.")
        )
    return municipality


class ParametersList(RoleView):
    """/indicators/parameters/: every indicator with its rule, and where the municipality has chosen."""

    period_kind = NO_YEARS
    read_roles = RULE_KEEPERS

    def get(self, request: HttpRequest) -> HttpResponse:
        municipality = kept_municipality(request.scope)
        own = {
            setting.indicator.code: setting
            for setting in IndicatorSetting.objects.visible_to(request.scope)
            .filter(municipality=municipality)
            .select_related("indicator")
        }
        rows = [
            {
                "definition": definition,
                "setting": own.get(definition.code),
                "has_choices": bool(definition.rule.parameters),
            }
            for definition in definitions(municipality)
        ]
        context = {"municipality": municipality, "rows": rows}
        return render(request, "monitoring/parameters_list.html", context)


class ParametersEdit(FormPage):
    """/indicators/<code>/parameters/"""

    period_kind = NO_YEARS
    read_roles = write_roles = RULE_KEEPERS
    form_class = ParametersForm

    def load(self, code: str) -> None:
        self.municipality = kept_municipality(self.request.scope)
        self.indicator = Indicator.objects.filter(code=code, active=True).first()
        found = definitions(self.municipality, codes=[code]) if self.indicator else []
        if not found or not found[0].rule.parameters:
            raise Http404
        self.definition = found[0]
        self.setting = (
            IndicatorSetting.objects.visible_to(self.request.scope)
            .filter(municipality=self.municipality, indicator=self.indicator)
            .first()
        )

    def title(self) -> str:
        return self.definition.name

    def crumbs(self):
        return [(self.cancel_url(), _("How figures are computed"))]

    def context(self, form) -> dict:
        return {"form_note": _("Now: %(rule)s") % {"rule": self.definition.rule_text}}

    def form_arguments(self) -> dict:
        document = self.setting.document if self.setting else ""
        return {"definition": self.definition, "document": document, "scope": self.request.scope}

    def save(self, form):
        return set_parameters(
            actor=self.request.user,
            municipality=self.municipality,
            indicator=self.indicator,
            parameters=form.parameters(),
            document=form.cleaned_data["document"],
        )

    def saved_text(self, saved) -> str:
        return _("“%(indicator)s” is now computed as you have chosen; closed rounds stay as they are.") % {
            "indicator": self.definition.name
        }

    def next_url(self, saved) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return address(self.request, "indicator-parameters-list")
