"""Targets of a municipality: the table of indicators by year, filled in on one page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.forms.targets import TargetsForm
from monitoring.models import Target
from monitoring.roadmap.rights import TARGET_KEEPERS, municipality_of
from monitoring.roadmap.services import roadmap_in_force, roadmaps_of
from monitoring.targets import indicators_with_targets, set_targets, target_years
from orgs.addresses import address
from orgs.form_pages import FormPage
from orgs.pages import NO_YEARS


class TargetsEdit(FormPage):
    """/targets/: for the methodologist and the administrator of the whole municipality."""

    read_roles = write_roles = TARGET_KEEPERS
    period_kind = NO_YEARS
    form_class = TargetsForm
    template_name = "monitoring/targets.html"

    def load(self) -> None:
        scope = self.request.scope
        self.municipality = municipality_of(self.request)
        if not scope.holds_over(self.municipality, *TARGET_KEEPERS):
            raise PermissionDenied(
                _("Targets are set by the methodologist or the administrator of the whole municipality.")
            )
        roadmap = roadmap_in_force(roadmaps_of(scope, self.municipality))
        self.years = target_years(self.municipality, scope, roadmap)

    def title(self) -> str:
        return _("Targets of indicators: %(municipality)s") % {"municipality": self.municipality.name}

    def crumbs(self):
        return [(self.cancel_url(), _("Roadmap"))]

    def form_arguments(self):
        targets = Target.objects.visible_to(self.request.scope).filter(
            municipality=self.municipality, year__in=self.years
        )
        return {
            **super().form_arguments(),
            "indicators": indicators_with_targets(),
            "years": self.years,
            "targets": list(targets),
        }

    def context(self, form) -> dict:
        return {"years": self.years, "municipality": self.municipality}

    def save(self, form) -> int:
        return set_targets(
            actor=self.request.user,
            municipality=self.municipality,
            changes=form.changed,
            document=form.cleaned_data["document"],
        )

    def saved_text(self, saved: int) -> str:
        return ngettext("%(n)d target is changed.", "%(n)d targets are changed.", saved) % {"n": saved}

    def next_url(self, saved) -> str:
        return self.cancel_url()

    def cancel_url(self) -> str:
        return address(self.request, "roadmap") + "#targets"
