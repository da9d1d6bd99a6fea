"""Pages of the exchange app."""

from exchange.views.imports import (
    ImportCancel,
    ImportCheck,
    ImportConfirm,
    ImportNew,
    ImportPage,
    ImportRegister,
    ImportRepeat,
    ReturnedRows,
    TemplateWorkbook,
)
from exchange.views.reports import ReportCancel, ReportFile, ReportPage, ReportRepeat, Reports

__all__ = [
    "ImportCancel",
    "ImportCheck",
    "ImportConfirm",
    "ImportNew",
    "ImportPage",
    "ImportRegister",
    "ImportRepeat",
    "ReportCancel",
    "ReportFile",
    "ReportPage",
    "ReportRepeat",
    "Reports",
    "ReturnedRows",
    "TemplateWorkbook",
]
