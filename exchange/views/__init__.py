"""Pages of the exchange app."""

from exchange.views.columns import ImportColumns
from exchange.views.incomplete import IncompleteRows
from exchange.views.register import ImportRegister
from exchange.views.reports import ReportCancel, ReportFile, ReportPage, ReportRepeat, Reports
from exchange.views.results import ImportChanges, ImportReport, ImportUndo, ReturnedRows
from exchange.views.upload import ImportNew, TemplateWorkbook
from exchange.views.wizard import (
    ImportCancel,
    ImportConfirm,
    ImportCorrect,
    ImportPage,
    ImportRepeat,
    ImportResume,
)

__all__ = [
    "ImportCancel",
    "ImportChanges",
    "ImportColumns",
    "ImportConfirm",
    "ImportCorrect",
    "ImportNew",
    "ImportPage",
    "ImportRegister",
    "ImportRepeat",
    "ImportReport",
    "ImportResume",
    "ImportUndo",
    "IncompleteRows",
    "ReportCancel",
    "ReportFile",
    "ReportPage",
    "ReportRepeat",
    "Reports",
    "ReturnedRows",
    "TemplateWorkbook",
]
