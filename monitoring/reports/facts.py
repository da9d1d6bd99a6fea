"""What the kinds of reports on a municipality's facts share: they differ in what they write."""

from __future__ import annotations

from typing import ClassVar

from django.utils import translation

from common.reporting import LANGUAGE, BuiltFile, ReportContext, ReportKind
from monitoring.reports.material import Material, gather
from monitoring.reports.naming import file_name
from monitoring.reports.steps import Steps, gathered


class FactsReport(ReportKind):
    """Gathers the facts and writes them in Russian, whoever waits; ``file_title`` begins the file's name."""

    by_school_year = True
    file_title: ClassVar[str]

    def build(self, context: ReportContext) -> BuiltFile:
        steps = Steps(context.progress)
        steps.gathering()
        with translation.override(LANGUAGE):
            material = gathered(gather, context)
            content = self.write(material, context, steps)
            return BuiltFile(file_name(self.file_title, material, self.formats[0]), content)

    def write(self, material: Material, context: ReportContext, steps: Steps) -> bytes:
        """The file of the facts; the same facts give the same bytes."""
        raise NotImplementedError
