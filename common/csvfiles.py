"""CSV that opens in Russian Excel by a double click and cannot smuggle a formula in."""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.rounding import round_half_up
from common.workbooks import Column
from common.xmltext import xml_safe

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA_STARTS = frozenset("=+-@\t\r\n")
# Categories that a program may skip before it decides whether a cell is a formula: spaces,
# control and format characters (zero-width joiners, byte order and direction marks).
_SKIPPED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def write_csv(stream: IO[str], columns: Sequence[Column], rows: Iterable[Mapping | Sequence]) -> int:
    """Write the table to a text stream opened with ``newline=""`` and return the number of rows.

    UTF-8 (the stream's encoding) with a byte order mark, semicolons, decimal commas, dates as
    31.12.2021. Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers
    and dates stay as they are. Shares of percent columns are written as percents («18,4»).
    """
    stream.write(BOM)
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([guard(str(column.title)) for column in columns])
    count = 0
    for row in rows:
        count += 1
        values = [row.get(column.key) for column in columns] if isinstance(row, Mapping) else row
        writer.writerow([_field(value, column) for value, column in zip(values, columns, strict=True)])
    return count


def guard(text: str) -> str:
    """Return ``text`` with an apostrophe in front when a spreadsheet could read it as a formula."""
    text = xml_safe(text)
    return f"'{text}" if looks_like_formula(text) else text


def looks_like_formula(text: str) -> bool:
    """Whether ``text`` starts like a formula, also behind invisible characters or in full-width form."""
    if text[:1] in FORMULA_STARTS and text:
        return True
    for character in text:
        if unicodedata.category(character) not in _SKIPPED:
            # Full-width and small variants (＝, ﹢) normalise to the plain signs.
            return unicodedata.normalize("NFKC", character)[:1] in FORMULA_STARTS
    return False


def _field(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%d.%m}.{local.year:04d} {local:%H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m}.{value.year:04d}"
    if isinstance(value, (int, float, Decimal, Fraction)):
        return _number(value, column)
    return guard(str(value))


def _number(value: float | Decimal | Fraction, column: Column) -> str:
    if column.kind == "percent":
        return f"{round_half_up(Fraction(value) * 100, column.places):f}".replace(".", ",")
    if isinstance(value, Fraction):
        value = round_half_up(value, column.places)
    return (f"{value:f}" if isinstance(value, Decimal) else repr(value)).replace(".", ",")
