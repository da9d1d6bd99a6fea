"""The report kind «Сводный чек-лист»."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from checklists.matrix import read_matrix
from checklists.queries import current_template
from checklists.workbook import matrix_workbook
from common.reporting import (
    LANGUAGE,
    BuiltFile,
    ReportContext,
    ReportKind,
    register_report,
    tidy_file_name,
)
from orgs.models import Organization


@register_report
class Checklists(ReportKind):
    """Schools × items of the year, shortcomings with the names of directors, the items themselves."""

    code = "checklists"
    title = gettext_lazy("Summary checklist")
    description = gettext_lazy("Items × organizations, shortcomings")
    order = 40
    formats = ("xlsx",)

    def build(self, context: ReportContext) -> BuiltFile:
        context.progress(0, 2, _("Reading the answers"))
        template = current_template()
        items = list(template.items.all()) if template else []
        places = context.narrowed(Organization.objects.all())
        matrix = read_matrix(context.scope, context.year, items, {}, places)
        context.progress(1, 2, _("Putting the document together"))
        with translation.override(LANGUAGE):
            content = matrix_workbook(matrix, context.place_name)
            name = tidy_file_name(f"Сводный чек-лист. {context.place_name}. {context.year}", "xlsx")
        return BuiltFile(name, content)
