"""One writer for every workbook that leaves the portal.

Text typed by users is always a string cell; dates and numbers are real ones; totals and shares are
live formulas with their value stored beside them. No rule about mentors lives here.
"""

from common.workbooks.columns import Column, Formula, Marked
from common.workbooks.handle import SheetHandle
from common.workbooks.names import safe_sheet_name
from common.workbooks.writer import WorkbookLimitError, WorkbookWriter

__all__ = [
    "Column",
    "Formula",
    "Marked",
    "SheetHandle",
    "WorkbookLimitError",
    "WorkbookWriter",
    "safe_sheet_name",
]
