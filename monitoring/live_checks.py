"""The check of item 11 of the self-audit: indicators of the year are computed, and people were asked."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext as _

from checklists.enums import Achievement
from checklists.live import Finding, LiveCheck, register_check
from orgs.models import Headcount
from surveys.models import Answer
from surveys.queries import SHOWN_FROM


@register_check("monitoring")
class Monitoring(LiveCheck):
    """Numbers of pupils for the year make the indicators computable; answers of a survey, from five on."""

    def measure(self, organizations, year):
        counted = set(
            Headcount.objects.filter(organization__in=organizations, on_date__year=year).values_list(
                "organization", flat=True
            )
        )
        asked = set(
            Answer.objects.filter(organization__in=organizations, year=year)
            .order_by()
            .values("organization")
            .annotate(answers=Count("pk"))
            .filter(answers__gte=SHOWN_FROM)
            .values_list("organization", flat=True)
        )
        return {pk: {"year": year, "computed": pk in counted, "asked": pk in asked} for pk in organizations}

    def finding(self, facts):
        if facts["computed"] and facts["asked"]:
            text = _("indicators of %(year)d are computed, the results of a survey are there")
            return Finding(Achievement.ACHIEVED, text % facts)
        if facts["computed"]:
            return Finding(
                Achievement.PARTLY,
                _("indicators of %(year)d are computed, results of a survey are missing") % facts,
            )
        if facts["asked"]:
            return Finding(
                Achievement.PARTLY,
                _("results of a survey are there, numbers of pupils for %(year)d are missing") % facts,
            )
        return Finding(
            Achievement.NOT_ACHIEVED,
            _("neither numbers of pupils for %(year)d nor results of a survey are there") % facts,
        )
