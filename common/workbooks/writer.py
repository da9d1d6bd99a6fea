"""The workbook: sheets, their printed page, native charts, reproducible bytes."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from common.workbooks.cells import safe_text, write_text
from common.workbooks.choices import ChoiceLists
from common.workbooks.columns import Column
from common.workbooks.handle import SheetHandle
from common.workbooks.names import safe_sheet_name
from common.workbooks.nativecharts import insert_bar_chart
from common.workbooks.styles import Styles
from common.workbooks.table import TableWriter, WorkbookLimitError

__all__ = ["WorkbookLimitError", "WorkbookWriter"]

A4 = 9
# In inches, the unit of the format.
CENTIMETRE = 1 / 2.54
MARGINS = {"left": 2, "right": 1, "top": 1.5, "bottom": 1.5}
# Rows below the data that keep the drop-down lists, so that a form can be continued.
SPARE_ROWS = 200
# Three lines of text.
BAND_HEIGHT = 48


class WorkbookWriter:
    """Context manager that writes an XLSX file to a path or a binary stream.

    The file appears only when the block ends well. ``created`` goes into the document properties;
    with the same content and the same ``created`` the bytes are the same. ``constant_memory`` keeps
    one row in memory at a time, for exports of any length; native charts then carry no cached points.
    """

    def __init__(
        self,
        target: str | os.PathLike | IO[bytes],
        *,
        title: str,
        constant_memory: bool = False,
        created: dt.datetime | None = None,
    ) -> None:
        self._target = target
        self._streaming = constant_memory
        self._scratch = tempfile.TemporaryDirectory(prefix="workbook-")
        self._file = Path(self._scratch.name, "workbook.xlsx")
        options = {
            "constant_memory": constant_memory,
            "tmpdir": self._scratch.name,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._workbook = Workbook(str(self._file), options)
        moment = created or dt.datetime.now(dt.UTC)
        if moment.tzinfo is not None:
            moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
        self._workbook.set_properties({"title": safe_text(title), "created": moment})
        self._styles = Styles(self._workbook)
        self._choices = ChoiceLists(self._workbook, self._styles.plain)

    def __enter__(self) -> WorkbookWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self._choices.close()
                self._workbook.close()
                self._deliver()
            else:
                self._abandon()
        finally:
            self._scratch.cleanup()

    def sheet(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Iterable[Mapping | Sequence],
        *,
        heading_lines: Sequence[str] = (),
        freeze: bool = True,
        autofilter: bool = True,
        totals: str | Mapping[str, Any] | None = None,
        landscape: bool = True,
    ) -> SheetHandle:
        """Write a sheet with one table and return where everything stands.

        ``heading_lines`` stand above the table, the first one as its title. ``totals`` is the word of
        the totals row («Итого»), whose formulas the columns declare, or a mapping that also gives
        values of its own by key, for example a municipal figure that is no sum over schools.
        """
        taken = [sheet.get_name() for sheet in self._workbook.worksheets()]
        worksheet = self._workbook.add_worksheet(safe_sheet_name(name, taken))
        columns = tuple(columns)
        table = TableWriter(worksheet, columns, self._styles, streaming=self._streaming)
        header_row = len(heading_lines) + 1 if heading_lines else 0
        first = header_row + 1
        last = table.write(heading_lines, header_row, rows)
        handle = SheetHandle(worksheet.get_name(), columns, worksheet, header_row, first, last)
        handle.next_free_row = last + 1
        if totals is not None:
            handle.totals_row = last + 1
            handle.next_free_row = last + 2
            table.write_totals(handle, handle.totals_row, totals)
        filtered = autofilter and handle.row_count > 0
        widths = table.column_widths()
        handle.width = sum(width for width, column in zip(widths, columns, strict=True) if not column.hidden)
        for index, column in enumerate(columns):
            worksheet.set_column(index, index, widths[index], None, {"hidden": column.hidden})
            self._choices.add(worksheet, column, index, first, _last_with_choices(handle))
        if filtered:
            worksheet.autofilter(header_row, 0, last, len(columns) - 1)
        if freeze:
            worksheet.freeze_panes(first, 0)
        _set_up_page(worksheet, header_row, landscape=landscape)
        return handle

    def bands(self, sheet: SheetHandle, groups: Iterable[tuple[str, str, str]]) -> None:
        """Write a heading over each group of columns: its text, the first and the last column's key.

        It stands in the row above the header, so the sheet must have heading lines.
        """
        row = sheet.header_row - 1
        for text, first_key, last_key in groups:
            first, last = sheet.index(first_key), sheet.index(last_key)
            if first != last:
                sheet.worksheet.merge_range(row, first, row, last, "", self._styles.header)
            write_text(sheet.worksheet, row, first, safe_text(text), self._styles.header, self._styles.plain)
        sheet.worksheet.set_row(row, BAND_HEIGHT)
        sheet.worksheet.repeat_rows(row, sheet.header_row)

    def bar_chart(
        self,
        sheet: SheetHandle,
        *,
        title: str,
        categories: str,
        values: str,
        target: str | None = None,
        at: str | None = None,
        size: tuple[int, int] | None = None,
        description: str = "",
    ) -> None:
        """Add a native chart of a sheet's columns: columns for ``values``, a line for ``target``.

        Columns are named by key. ``at`` is a cell address; by default the chart stands below the
        table. ``size`` is in pixels. ``description`` is its alternative text. A sheet without rows
        gets no chart.
        """
        insert_bar_chart(
            self._workbook,
            sheet,
            title=title,
            categories=categories,
            values=values,
            target=target,
            at=at,
            size=size,
            description=description,
        )

    def _deliver(self) -> None:
        if hasattr(self._target, "write"):
            with self._file.open("rb") as source:
                while chunk := source.read(1 << 20):
                    self._target.write(chunk)
        else:
            destination = Path(self._target)
            # Written beside the destination first: a reader never meets half a file.
            part = destination.with_name(f".{destination.name}.{os.getpid()}.part")
            try:
                with part.open("wb") as sink, self._file.open("rb") as source:
                    while chunk := source.read(1 << 20):
                        sink.write(chunk)
                part.replace(destination)
            finally:
                with contextlib.suppress(FileNotFoundError):
                    part.unlink()

    def _abandon(self) -> None:
        """Close the row files that XlsxWriter keeps open; they vanish with the scratch folder."""
        for worksheet in self._workbook.worksheets():
            if worksheet.row_data_fh is not None:
                worksheet._opt_close()
        self._workbook.fileclosed = True


def _last_with_choices(handle: SheetHandle) -> int:
    return handle.last_row if handle.totals_row is not None else handle.last_row + SPARE_ROWS


def _set_up_page(worksheet: Worksheet, header_row: int, *, landscape: bool) -> None:
    worksheet.set_paper(A4)
    if landscape:
        worksheet.set_landscape()
    worksheet.set_margins(
        left=2 * CENTIMETRE, right=CENTIMETRE, top=1.5 * CENTIMETRE, bottom=1.5 * CENTIMETRE
    )
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(header_row)
    worksheet.set_footer("&L&8&A&R&8" + _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"})
