"""Values of a sheet as a person reads and types them."""

from __future__ import annotations

from datetime import date, datetime, time


def cell_text(value: object) -> str:
    """The value as Excel shows it, whole: a date as dd.mm.yyyy, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    if isinstance(value, date):
        has_time = isinstance(value, datetime) and value.time() != time()
        return value.strftime("%d.%m.%Y %H:%M" if has_time else "%d.%m.%Y")
    return str(value)
