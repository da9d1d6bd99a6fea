"""The figures of surveys as a workbook: how many answered, and what they answered, never who."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from common.reporting import BuiltFile, ReportContext, ReportKind, register_report
from common.workbooks import WorkbookWriter
from monitoring.reports.material import Material, gather
from monitoring.reports.naming import file_name
from monitoring.reports.steps import Steps, gathered
from monitoring.reports.summary import method
from monitoring.reports.surveys import sheets
from monitoring.reports.surveys.tally import Tally, read_tally

LANGUAGE = "ru"
TITLE = "Результаты опросов"


@register_report
class Surveys(ReportKind):
    """Answers by questionnaire, by question and by organization; small groups are hidden."""

    code = "surveys"
    title = _("Results of surveys")
    description = _("Answers by questionnaire, question and organization")
    order = 50
    formats = ("xlsx",)
    by_school_year = True

    def build(self, context: ReportContext) -> BuiltFile:
        steps = Steps(context.progress)
        steps.gathering()
        with translation.override(LANGUAGE):
            material = gathered(gather, context)
            tally = read_tally(context)
            steps.finishing()
            return BuiltFile(file_name(TITLE, material, "xlsx"), workbook(material, tally))


def workbook(material: Material, tally: Tally) -> bytes:
    """The workbook of the facts; the same facts give the same bytes."""
    title = f"{TITLE}: {material.place_name}, {material.span}"
    told = [line for line in material.lines if line.of_answers]
    buffer = io.BytesIO()
    created = dt.datetime.combine(material.made_on, dt.time(), dt.UTC)
    with WorkbookWriter(buffer, title=title, created=created) as book:
        sheets.add_questionnaires(book, material, tally, title)
        sheets.add_questions(book, tally)
        sheets.add_organizations(book, material, told)
        method.add(book, replace(material, lines=told))
    return buffer.getvalue()
