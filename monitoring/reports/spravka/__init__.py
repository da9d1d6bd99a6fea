"""The analytical справка on a municipality or an organization."""

from __future__ import annotations

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from common.documents import DocumentBuilder
from common.reporting import BuiltFile, ReportContext, ReportKind, register_report
from monitoring.reports.material import Material, gather
from monitoring.reports.naming import file_name
from monitoring.reports.spravka import (
    appendix,
    conclusions,
    introduction,
    method,
    recommendations,
    results,
)
from monitoring.reports.steps import Steps, gathered

LANGUAGE = "ru"


@register_report
class Spravka(ReportKind):
    """Introduction, method, results by indicator, conclusions, address recommendations, appendix."""

    code = "spravka"
    title = _("Analytical report")
    description = _("Indicators, conclusions, schools, recommendations")
    order = 10
    formats = ("docx",)
    by_school_year = True
    along = {"xlsx": "summary"}

    def build(self, context: ReportContext) -> BuiltFile:
        steps = Steps(context.progress)
        steps.gathering()
        with translation.override(LANGUAGE):
            material = gathered(gather, context)
            content = document(material, steps)
            return BuiltFile(file_name("Аналитическая справка", material, "docx"), content)


def document(material: Material, steps: Steps) -> bytes:
    """The document of the facts; the same facts give the same bytes."""
    steps.expect(len(material.lines))
    created = dt.datetime.combine(material.made_on, dt.time(), dt.UTC)
    place = material.place_name
    builder = DocumentBuilder(f"Аналитическая справка: {place}, {material.span}", created=created)
    introduction.add(builder, material)
    method.add(builder, material)
    results.add(builder, material, steps)
    conclusions.add(builder, material)
    recommendations.add(builder, material)
    steps.finishing()
    introduction.add_signature(builder, material)
    appendix.add(builder, material)
    return builder.to_bytes()
