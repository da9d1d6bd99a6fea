"""The figures of surveys as a workbook: how many answered, and what they answered, never who."""

from __future__ import annotations

import io
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from common.reporting import ReportContext, register_report
from common.workbooks import WorkbookWriter
from monitoring.reports.facts import FactsReport
from monitoring.reports.material import Material
from monitoring.reports.steps import Steps
from monitoring.reports.summary import method
from monitoring.reports.surveys import sheets
from monitoring.reports.surveys.tally import Tally, read_tally

TITLE = "Результаты опросов"


@register_report
class Surveys(FactsReport):
    """Answers by questionnaire, by question and by organization; small groups are hidden."""

    code = "surveys"
    title = _("Results of surveys")
    description = _("Answers by questionnaire, question and organization")
    order = 50
    formats = ("xlsx",)
    file_title = TITLE

    def write(self, material: Material, context: ReportContext, steps: Steps) -> bytes:
        tally = read_tally(context)
        steps.finishing()
        return workbook(material, tally)


def workbook(material: Material, tally: Tally) -> bytes:
    """The workbook of the facts; the same facts give the same bytes."""
    title = f"{TITLE}: {material.place_name}, {material.span}"
    told = [line for line in material.lines if line.of_answers]
    buffer = io.BytesIO()
    with WorkbookWriter(buffer, title=title, created=material.created) as book:
        sheets.add_questionnaires(book, material, tally, title)
        sheets.add_questions(book, tally)
        sheets.add_organizations(book, material, told)
        method.add(book, replace(material, lines=told))
    return buffer.getvalue()
