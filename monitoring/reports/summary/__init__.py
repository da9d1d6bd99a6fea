"""The summary workbook on a municipality or an organization."""

from __future__ import annotations

import datetime as dt
import io

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from common.reporting import BuiltFile, ReportContext, ReportKind, register_report
from common.workbooks import WorkbookWriter
from monitoring.reports.material import Material, gather
from monitoring.reports.naming import file_name
from monitoring.reports.steps import Steps, gathered
from monitoring.reports.summary import lists, method, organizations, overview, people

LANGUAGE = "ru"


@register_report
class Summary(ReportKind):
    """Свод with live formulas, organizations, lists as far as they are allowed, method."""

    code = "summary"
    title = _("Summary table of indicators")
    description = _("Organizations × indicators, live formulas")
    order = 20
    formats = ("xlsx",)
    by_school_year = True

    def build(self, context: ReportContext) -> BuiltFile:
        steps = Steps(context.progress)
        steps.gathering()
        with translation.override(LANGUAGE):
            material = gathered(gather, context)
            return BuiltFile(file_name("Свод показателей", material, "xlsx"), workbook(material, steps))


def workbook(material: Material, steps: Steps) -> bytes:
    """The workbook of the facts; the same facts give the same bytes."""
    steps.expect(len(material.lines))
    buffer = io.BytesIO()
    place = material.place_name
    created = dt.datetime.combine(material.made_on, dt.time(), dt.UTC)
    title = f"Свод показателей наставничества: {place}, {material.span}"
    with WorkbookWriter(buffer, title=title, created=created) as book:
        overview.add(book, material, title)
        organizations.add(book, material, steps)
        lists.add(book, material)
        people.add(book, material)
        steps.finishing()
        method.add(book, material)
    return buffer.getvalue()
