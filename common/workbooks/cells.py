"""How a Python value becomes a cell."""

from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from common.workbooks.columns import Column
from common.xmltext import xml_safe

LONGEST_TEXT = 32_767
LONGEST_URL = 2_079
# Beyond fifteen digits Excel replaces the rest with zeros.
LARGEST_INTEGER = 10**15
_EPOCH = dt.datetime(1899, 12, 30)
# Excel believes that 1900 was a leap year, so serial numbers are right only from 1 March.
FIRST_DATE = dt.date(1900, 3, 1)


class Cell(NamedTuple):
    """A cell ready to be written. ``kind``: blank, number, text or link; ``style``: a kind of column."""

    kind: str
    value: Any
    style: str


def cell_of(value: Any, column: Column) -> Cell:
    """Return the cell for ``value``: a number or a date where it is one, text in every other case."""
    style = column.kind
    if value is None or value == "":
        return Cell("blank", None, style)
    kind = type(value)
    if kind is str:
        return _text_cell(value, style)
    if kind is bool:
        return _text_cell(_("yes") if value else _("no"), style)
    if isinstance(value, int):
        if abs(value) >= LARGEST_INTEGER:
            return _text_cell(str(value), style)
        return Cell("number", int(value), style if column.is_numeric else "integer")
    if isinstance(value, (float, Decimal, Fraction)):
        number = float(value)
        if not math.isfinite(number):
            raise ValueError(f"column {column.title!r} got {value!r}, which no cell can hold")
        return Cell("number", number, style if column.is_numeric else "number")
    if isinstance(value, dt.datetime):
        return _date_cell(value, "date" if style == "date" else "datetime")
    if isinstance(value, dt.date):
        return _date_cell(value, "date")
    return _text_cell(str(value), style)


def safe_text(value: Any) -> str:
    """Return text that fits into one cell: no forbidden characters, at most 32,767 UTF-16 units."""
    text = xml_safe(str(value))
    # Half of the limit cannot overflow it even when every character takes two units.
    if len(text) > LONGEST_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        text = text.encode("utf-16-le")[: (LONGEST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return text


def write_text(
    worksheet: Worksheet, row: int, column: int, text: str, cell_format: Format, plain: Format
) -> None:
    """Write ``text`` as a string cell, whatever it looks like; ``plain`` is the default font's format."""
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a string for its own rich-text markup and writes it unescaped: any
        # user could put elements into the sheet. As two runs of the same font it is written escaped.
        worksheet.write_rich_string(row, column, text[:1], plain, text[1:], cell_format)
    else:
        worksheet.write_string(row, column, text, cell_format)


def is_web_address(text: str) -> bool:
    """Whether ``text`` is a whole http(s) address that may become a clickable link."""
    if len(text) > LONGEST_URL or not text.isprintable() or " " in text or '"' in text:
        return False
    try:
        parts = urlsplit(text)
        # Reading the port checks it; user names in an address only serve to disguise the host.
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and not (parts.username or parts.port == 0)
        )
    except ValueError:
        return False


def _text_cell(value: str, style: str) -> Cell:
    text = safe_text(value)
    if style == "link" and is_web_address(text):
        return Cell("link", text, "link")
    # Words in a column of figures or dates («нет данных») keep the column's side.
    return Cell("text", text, "words" if style not in {"text", "link"} else "text")


def _date_cell(value: dt.date, style: str) -> Cell:
    if isinstance(value, dt.datetime):
        if timezone.is_aware(value):
            value = timezone.localtime(value).replace(tzinfo=None)
        moment = value
    else:
        moment = dt.datetime(value.year, value.month, value.day)
    if moment.date() < FIRST_DATE:
        return Cell("text", f"{value:%d.%m}.{value.year:04d}", "words")
    if style == "date":
        return Cell("number", (moment.date() - _EPOCH.date()).days, style)
    elapsed = moment.replace(microsecond=0) - _EPOCH
    return Cell("number", elapsed / dt.timedelta(days=1), style)
