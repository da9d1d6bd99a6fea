"""Workbooks of tests: written, imported and read back."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from common.importing import ImportContext, Outcome, import_kinds, run_import
from common.workbooks import WorkbookWriter
from orgs.scope import Scope


def workbook(path: Path, *rows: list, sheet: str = "Лист1") -> Path:
    """An XLSX whose first row has the headings; dates in rows become real dates."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        worksheet = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    worksheet.write_string(number, column, value)
                else:
                    worksheet.write(number, column, value)
    return path


def load(path: Path, kind: str, *, scope: Scope | None = None, **options) -> Outcome:
    """The outcome of an import, by default with the scope of the operator."""
    return run_import(kind, path, file_name=path.name, scope=scope or Scope.everything(), **options)


def exported(path: Path, kind: str, *, scope: Scope | None = None, **place) -> Path:
    """The exchange workbook of that kind."""
    resource = import_kinds.get(kind)(ImportContext(scope or Scope.everything(), **place))
    with WorkbookWriter(path, title=resource.sheet_title) as writer:
        writer.sheet(resource.sheet_title, resource.columns(), resource.export_rows())
    return path


def read(path: Path, sheet: int = 0) -> list[list]:
    """All cells of a sheet."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


def figures(outcome: Outcome) -> tuple[int, int, int, int]:
    """Added, updated, unchanged, refused; checks that every row is accounted for."""
    document = outcome.as_json()
    found = tuple(document[name] for name in ("added", "updated", "unchanged", "refused"))
    assert sum(found) == document["rows"]
    return found


def codes(outcome: Outcome) -> list[tuple[int | None, str, str]]:
    """(row, column, code) of every problem."""
    return [(issue.row, issue.column, issue.code) for issue in outcome.issues]
