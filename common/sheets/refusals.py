"""Why a whole file is refused, in words for its author."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.rounding import decimal_text
from common.sheets.limits import MIB, Limits
from common.sheets.problems import Level, Problem, SheetRefused


def refused(code: str, message: str, fix: str, **place) -> SheetRefused:
    """Return the refusal to raise."""
    return SheetRefused(Problem(Level.ERROR, code, message, fix, **place))


def empty_file() -> SheetRefused:
    return refused(
        "file_empty", _("The file is empty: it has 0 bytes."), _("Save the workbook and send it again.")
    )


def not_a_workbook() -> SheetRefused:
    return refused(
        "not_a_workbook",
        _("This is not an Excel workbook."),
        _("Open the table in Excel and choose File → Save as → Excel workbook (.xlsx)."),
    )


def other_file(kind: str) -> SheetRefused:
    return refused(
        "not_a_workbook",
        _("This is a file of the kind %(kind)s and not a table.") % {"kind": kind},
        _("Save the table as an Excel workbook (.xlsx) and choose it again."),
    )


def old_excel() -> SheetRefused:
    return refused(
        "old_excel",
        _("This is a workbook of an old format (.xls or .xlsb)."),
        _("Open it in Excel and choose File → Save as → Excel workbook (.xlsx)."),
    )


def encrypted() -> SheetRefused:
    return refused(
        "encrypted",
        _("The workbook is protected by a password."),
        _("Remove the password in Excel (File → Info → Protect workbook) and save the file."),
    )


def damaged() -> SheetRefused:
    return refused(
        "damaged",
        _("The workbook is damaged or was not uploaded completely."),
        _("Open it in Excel, save it as a new .xlsx file and send that one."),
    )


def too_heavy() -> SheetRefused:
    return refused(
        "too_heavy",
        _("The workbook is too large or damaged: it could not be read within the limits of memory and time."),
        _("Copy the rows with data into the empty template and send that file."),
    )


def file_too_large(size: int, limits: Limits) -> SheetRefused:
    return refused(
        "file_too_large",
        _("The file has %(size)s MB, at most %(limit)s MB are accepted.")
        % {"size": _megabytes(size), "limit": _megabytes(limits.file_bytes)},
        _("Remove pictures and unneeded sheets, or divide the rows between several files."),
    )


def unpacks_too_large() -> SheetRefused:
    return refused(
        "unpacks_too_large",
        _("The workbook unpacks to far more data than a table of this kind can hold."),
        _("Copy the rows with data into the empty template and send that file."),
    )


def too_many_rows(limits: Limits) -> SheetRefused:
    return refused(
        "too_many_rows",
        ngettext(
            "The sheet has more rows with data than allowed: at most %(limit)d row.",
            "The sheet has more rows with data than allowed: at most %(limit)d rows.",
            limits.rows,
        )
        % {"limit": limits.rows},
        _("Divide the rows between several files."),
    )


def too_many_columns(letter: str, limits: Limits) -> SheetRefused:
    return refused(
        "too_many_columns",
        ngettext(
            "There is data in column %(column)s, but at most %(limit)d column is read.",
            "There is data in column %(column)s, but at most %(limit)d columns are read.",
            limits.columns,
        )
        % {"column": letter, "limit": limits.columns},
        _("Delete the columns to the right of the table."),
        column=letter,
    )


def not_text() -> SheetRefused:
    return refused(
        "not_text",
        _("The text of the file cannot be read: its encoding is unknown."),
        _("Save the table as an Excel workbook (.xlsx) or as CSV in UTF-8."),
    )


def unknown_sheet(name: str, names: list[str]) -> SheetRefused:
    return refused(
        "unknown_sheet",
        _("There is no sheet “%(name)s” in the workbook.") % {"name": name},
        _("Choose one of the sheets: %(names)s.") % {"names": ", ".join(f"«{each}»" for each in names)},
        sheet=name,
    )


def _megabytes(size: int) -> str:
    return decimal_text(f"{size / MIB:.1f}".removesuffix(".0"))
