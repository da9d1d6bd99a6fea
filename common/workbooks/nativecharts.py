"""Native charts: columns with values and a line for the target."""

from __future__ import annotations

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from common.workbooks.cells import safe_text
from common.workbooks.handle import SheetHandle
from common.workbooks.styles import ACTION, INK, LINE, MUTED, number_format

HEIGHT = 380
# Pixels: as wide as the table, so that the printed page does not shrink for the chart's sake.
NARROWEST, WIDEST = 560, 1240
PIXELS_PER_CHARACTER = 7.4
FONT = {"color": INK, "size": 9}


def insert_bar_chart(
    workbook: Workbook,
    sheet: SheetHandle,
    *,
    title: str,
    categories: str,
    values: str,
    target: str | None,
    at: str | None,
    size: tuple[int, int] | None,
    description: str,
) -> None:
    """Insert the chart on its sheet; see ``WorkbookWriter.bar_chart``."""
    if not sheet.row_count:
        return
    column = sheet.columns[sheet.index(values)]
    axis_format = number_format(column.kind, 0 if column.kind == "percent" else column.places)
    chart = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": safe_text(column.title),
            "categories": _range(sheet, categories),
            "values": _range(sheet, values),
            "fill": {"color": ACTION},
            "gap": 60,
        }
    )
    if target is not None:
        line = workbook.add_chart({"type": "line"})
        line.add_series(
            {
                "name": safe_text(sheet.columns[sheet.index(target)].title),
                "categories": _range(sheet, categories),
                "values": _range(sheet, target),
                "line": {"color": INK, "width": 2, "dash_type": "dash"},
            }
        )
        chart.combine(line)
    text = safe_text(title)
    chart.set_title({"name": text, "name_font": {"color": INK, "size": 12, "bold": True}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": FONT} if target else {"none": True})
    chart.set_x_axis({"num_font": FONT, "line": {"color": MUTED}, "major_tick_mark": "none"})
    chart.set_y_axis(
        {
            "num_format": axis_format,
            "num_font": FONT,
            "min": 0,
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": LINE, "width": 0.75}},
        }
    )
    chart.show_blanks_as("gap")
    width, height = size or (_table_width(sheet), HEIGHT)
    chart.set_size({"width": width, "height": height})
    chart.set_chartarea({"border": {"color": LINE}})
    alternative = safe_text(description) or _("Chart: %(title)s") % {"title": text}
    place = at or (sheet.next_free_row + 1, 0)
    options = {"description": alternative, "object_position": 2}
    if isinstance(place, str):
        sheet.worksheet.insert_chart(place, chart, options)
    else:
        sheet.worksheet.insert_chart(*place, chart, options)


def _range(sheet: SheetHandle, key: str) -> list:
    column = sheet.index(key)
    return [sheet.name, sheet.first_row, column, sheet.last_row, column]


def _table_width(sheet: SheetHandle) -> int:
    return round(min(max(sheet.width * PIXELS_PER_CHARACTER, NARROWEST), WIDEST))
