"""The look of workbooks: one header, thin lines, Russian number formats, five meaningful tints."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.format import Format

INK = "#1A1D21"
MUTED = "#5A6472"
LINE = "#D5DBE3"
HEADER = "#EEF2F7"
ACTION = "#1F5FBF"
# Background and ink of the pairs whose contrast was checked for the pages.
TINTS = {
    "ok": ("#E3F3E6", "#14642B"),
    "warn": ("#FFF1D6", "#7A4B00"),
    "bad": ("#FDE8EA", "#A1121F"),
    "info": ("#E6EEFB", "#174A96"),
    "changed": ("#FFF7DB", INK),
}


def number_format(style: str, places: int) -> str:
    """Return the number format of a kind of column; programs localise the separators themselves."""
    decimals = "." + "0" * places if places else ""
    formats = {
        "integer": "#,##0",
        "number": f"#,##0{decimals}",
        "percent": f"0{decimals}\\ %",
        "date": "dd.mm.yyyy",
        "datetime": "dd.mm.yyyy hh:mm",
        "text": "@",
    }
    return formats.get(style, "General")


class Styles:
    """Formats of one workbook, made on first use and shared by all its sheets."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._body: dict[tuple, Format] = {}
        self.plain = workbook.add_format({"font_color": INK})
        self.title = workbook.add_format({"bold": True, "font_size": 14, "font_color": INK})
        self.heading = workbook.add_format({"font_color": MUTED})
        self.wrapped_title = workbook.add_format(
            {"bold": True, "font_size": 14, "font_color": INK, "text_wrap": True, "valign": "top"}
        )
        self.wrapped_heading = workbook.add_format({"font_color": MUTED, "text_wrap": True, "valign": "top"})
        self.header = workbook.add_format(
            {
                "bold": True,
                "font_color": INK,
                "bg_color": HEADER,
                "border": 1,
                "border_color": LINE,
                "bottom": 2,
                "bottom_color": MUTED,
                "text_wrap": True,
                "valign": "vcenter",
                "align": "left",
                "indent": 1,
            }
        )

    def body(self, style: str, places: int = 1, tint: str | None = None, *, total: bool = False) -> Format:
        """Return the format of a cell: by kind of column, decimal places, tint and row of totals."""
        key = (style, places if style in {"number", "percent"} else 0, tint, total)
        found = self._body.get(key)
        if found is None:
            found = self._body[key] = self._workbook.add_format(self._properties(*key))
        return found

    def _properties(self, style: str, places: int, tint: str | None, total: bool) -> dict:
        properties = {
            "border": 1,
            "border_color": LINE,
            "valign": "top",
            "font_color": INK,
            "num_format": number_format(style, places),
        }
        if style in {"text", "link"}:
            properties |= {"text_wrap": True, "align": "left", "indent": 1}
        elif style in {"date", "datetime"}:
            properties["align"] = "center"
        else:
            properties |= {"align": "right", "indent": 1}
        if style == "link":
            properties |= {"font_color": ACTION, "underline": 1}
        if tint:
            background, ink = TINTS[tint]
            properties |= {"bg_color": background, "font_color": ink}
        if total:
            properties |= {"bold": True, "top": 2, "top_color": MUTED, "bg_color": HEADER}
        return properties
