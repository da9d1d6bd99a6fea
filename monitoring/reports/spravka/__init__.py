"""The analytical справка on a municipality or an organization."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from common.documents import DocumentBuilder
from common.reporting import ReportContext, register_report
from monitoring.reports.facts import FactsReport
from monitoring.reports.material import Material
from monitoring.reports.spravka import (
    appendix,
    conclusions,
    introduction,
    method,
    recommendations,
    results,
)
from monitoring.reports.steps import Steps


@register_report
class Spravka(FactsReport):
    """Introduction, method, results by indicator, conclusions, address recommendations, appendix."""

    code = "spravka"
    title = _("Analytical report")
    description = _("Indicators, conclusions, schools, recommendations")
    order = 10
    formats = ("docx",)
    along = {"xlsx": "summary"}
    file_title = "Аналитическая справка"

    def write(self, material: Material, context: ReportContext, steps: Steps) -> bytes:
        return document(material, steps)


def document(material: Material, steps: Steps) -> bytes:
    """The document of the facts; the same facts give the same bytes."""
    steps.expect(len(material.lines))
    place = material.place_name
    builder = DocumentBuilder(f"Аналитическая справка: {place}, {material.span}", created=material.created)
    introduction.add(builder, material)
    method.add(builder, material)
    results.add(builder, material, steps)
    conclusions.add(builder, material)
    recommendations.add(builder, material)
    steps.finishing()
    introduction.add_signature(builder, material)
    appendix.add(builder, material)
    return builder.to_bytes()
