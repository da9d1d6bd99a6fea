"""A register as a file: the rows, columns, order and words of the screen, all pages, with flat memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AccessAction
from accounts.services import record_access
from common import workbooks
from common.csvfiles import write_csv
from common.workbooks import WorkbookWriter
from orgs.enums import STAFF_ROLES
from orgs.pages import RoleView
from orgs.registers.columns import Column
from orgs.registers.register import Register

FORMATS = ("xlsx", "all", "csv")
LONGEST_PURPOSE = 200
KINDS = {"day": "date"}
_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


class RegisterExport(RoleView):
    """/<register>/export/: the list of the same address as XLSX or CSV, noted in the access journal.

    Staff above the school take names out only for a purpose, which the journal keeps; names stay as short
    as on the screen.
    """

    register_class: type[Register]
    read_roles = STAFF_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        register = self.register_class(request)
        chosen = request.GET.get("format", "")
        chosen = chosen if chosen in FORMATS else FORMATS[0]
        purpose = " ".join(request.GET.get("purpose", "").split())[:LONGEST_PURPOSE]
        if register.has_personal_data and not register.shows_private and not purpose:
            return self.ask(request, register, chosen)
        offered = register.offered if chosen == "all" else register.shown
        columns = [column for column in offered if not column.screen_only]
        target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it after sending
        if chosen == "csv":
            rows = write_register_csv(target, register, columns)
        else:
            rows = write_register_workbook(target, register, columns, long_names=chosen == "all")
        self.note(register, chosen, rows, purpose)
        target.seek(0)
        return _answer(target, register, "csv" if chosen == "csv" else "xlsx")

    def ask(self, request: HttpRequest, register: Register, chosen: str) -> HttpResponse:
        """The page that asks what the file is for."""
        context = {
            "register": register,
            "parts": register.kept_parts("format", "purpose"),
            "chosen": chosen,
            "is_refused": "purpose" in request.GET,
            "back_url": register.link(format=None, purpose=None),
        }
        return render(request, "registers/purpose.html", context, status=422)

    def note(self, register: Register, chosen: str, rows: int, purpose: str) -> None:
        """A line of the access journal: which list, narrowed how, how many rows, what for."""
        # The search may be a name, and the journal is read by people who may not see names.
        filters = "; ".join(f"{chip.label}: {chip.value}" for chip in register.filters.chips)
        details = {"format": chosen, "rows": rows, "filters": filters, "purpose": purpose}
        record_access(
            self.request.user,
            AccessAction.EXPORT,
            object_type=register.object_type,
            ip_address=register.ip_address,
            **{name: value for name, value in details.items() if value != ""},
        )


def sheet_columns(columns: Sequence[Column], *, long_names: bool) -> list[workbooks.Column]:
    """The columns of the file; an export of all columns names them in full."""
    return [
        workbooks.Column(
            column.title if long_names else str(column.heading),
            kind=KINDS.get(column.kind, column.kind),
            width=column.width,
            places=0,
        )
        for column in columns
    ]


def typed_rows(register: Register, columns: Sequence[Column]) -> Iterator[list[Any]]:
    """The values of every row: dates and numbers as such, everything else as the words of the screen."""
    drawing = register.drawing
    readers = [(column.value, column.kind) for column in columns]
    for row in register.every_row(columns):
        yield [_typed(value(row, drawing), kind) for value, kind in readers]


def write_register_workbook(
    target: IO[bytes], register: Register, columns: Sequence[Column], *, long_names: bool = False
) -> int:
    """Writes the list as XLSX and returns the number of rows."""
    counter = _Counter(typed_rows(register, columns))
    with WorkbookWriter(target, title=str(register.title), constant_memory=True) as book:
        book.sheet(
            str(register.title),
            sheet_columns(columns, long_names=long_names),
            counter,
            heading_lines=heading_lines(register),
        )
    return counter.count


def write_register_csv(target: IO[bytes], register: Register, columns: Sequence[Column]) -> int:
    """Writes the list as CSV for Excel and returns the number of rows."""
    stream = tempfile.SpooledTemporaryFile(  # noqa: SIM115
        max_size=1 << 20, mode="w+", encoding="utf-8", newline=""
    )
    with stream:
        count = write_csv(stream, sheet_columns(columns, long_names=False), typed_rows(register, columns))
        stream.seek(0)
        while chunk := stream.read(1 << 18):
            target.write(chunk.encode("utf-8"))
    return count


def heading_lines(register: Register) -> list[str]:
    """The lines above the table: title, place, school year, filters in words, when and by whom."""
    request = register.request
    lines = [str(register.title), place_line(register)]
    if words := register.filters.words():
        lines.append(_("Filter: %(words)s") % {"words": words})
    author = request.user.full_name or request.user.email
    moment = timezone.localtime()
    lines.append(
        _("Made on %(day)s at %(time)s by %(author)s")
        % {"day": f"{moment:%d.%m.%Y}", "time": f"{moment:%H:%M}", "author": author}
    )
    return lines


def place_line(register: Register) -> str:
    """«СОШ № 17 · 2026/27 уч. год»."""
    request = register.request
    membership = getattr(request, "membership", None)
    place = getattr(request, "place", None) or (membership.place if membership else "")
    year = _("%(year)s school year") % {"year": request.school_year.title}
    return f"{place} · {year}" if place else year


class _Counter:
    """Passes rows on and counts them."""

    def __init__(self, rows: Iterator[list]):
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[list]:
        for row in self._rows:
            self.count += 1
            yield row


def _typed(value: Any, kind: str) -> Any:
    if value is None or value == "":
        return None
    # What the screen shows of a share is a whole percent, rounded down.
    return int(value * 100) / 100 if kind == "percent" else value if kind != "text" else str(value)


def _answer(target: IO[bytes], register: Register, ending: str) -> FileResponse:
    day = f"{timezone.localdate():%Y-%m-%d}"
    name = f"{register.title} {day}.{ending}"
    response = FileResponse(target, as_attachment=True, filename=name, content_type=_TYPES[ending])
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "sandbox"
    return response
