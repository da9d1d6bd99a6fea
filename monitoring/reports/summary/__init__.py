"""The summary workbook on a municipality or an organization."""

from __future__ import annotations

import io

from django.utils.translation import gettext_lazy as _

from common.reporting import ReportContext, register_report
from common.workbooks import WorkbookWriter
from monitoring.reports.facts import FactsReport
from monitoring.reports.material import Material
from monitoring.reports.steps import Steps
from monitoring.reports.summary import lists, method, organizations, overview, people


@register_report
class Summary(FactsReport):
    """Свод with live formulas, organizations, lists as far as they are allowed, method."""

    code = "summary"
    title = _("Summary table of indicators")
    description = _("Organizations × indicators, live formulas")
    order = 20
    formats = ("xlsx",)
    file_title = "Свод показателей"

    def write(self, material: Material, context: ReportContext, steps: Steps) -> bytes:
        return workbook(material, steps)


def workbook(material: Material, steps: Steps) -> bytes:
    """The workbook of the facts; the same facts give the same bytes."""
    steps.expect(len(material.lines))
    buffer = io.BytesIO()
    place = material.place_name
    title = f"Свод показателей наставничества: {place}, {material.span}"
    with WorkbookWriter(buffer, title=title, created=material.created) as book:
        overview.add(book, material, title)
        organizations.add(book, material, steps)
        lists.add(book, material)
        people.add(book, material)
        steps.finishing()
        method.add(book, material)
    return buffer.getvalue()
