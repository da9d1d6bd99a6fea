"""The rows that were refused, handed back as a workbook to correct and to upload again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO

from common.importing.entry import REFUSING
from common.importing.lookup import title_key
from common.importing.outcome import ADVICE, Outcome
from common.sheets.letters import column_letter
from common.sheets.limits import Limits
from common.sheets.problems import Problem
from common.sheets.reader import Book, open_book
from common.workbooks import Column, Marked, WorkbookWriter

ADVICE_WIDTH = 70


def returned_rows(path: str | Path, outcome: Outcome, *, limits: Limits | None = None) -> bytes:
    """An XLSX of the refused rows; see :func:`write_returned`."""
    return returned_workbook(path, [outcome], limits=limits)


def returned_workbook(path: str | Path, outcomes: list[Outcome], *, limits: Limits | None = None) -> bytes:
    """An XLSX of the refused rows of several sheets of one file, each on a sheet of its own."""
    target = BytesIO()
    with (
        open_book(path, file_name=outcomes[0].file, limits=limits) as book,
        WorkbookWriter(target, title=outcomes[0].file, constant_memory=True) as workbook,
    ):
        for outcome in outcomes:
            _write_sheet(book, workbook, outcome)
    return target.getvalue()


def write_returned(
    path: str | Path, outcome: Outcome, target: str | os.PathLike | IO[bytes], *, limits: Limits | None = None
) -> None:
    """Writes the refused rows as their author wrote them, with a last column «Что исправить».

    Lines above the headings, headings and columns that the portal does not know stay, and so do the
    corrections made on the page. The file is read a second time, row by row. Raises ``SheetRefused`` when
    it can no longer be read.
    """
    with (
        open_book(path, file_name=outcome.file, limits=limits) as book,
        WorkbookWriter(target, title=outcome.file, constant_memory=True) as workbook,
    ):
        _write_sheet(book, workbook, outcome)


def _write_sheet(book: Book, workbook: WorkbookWriter, outcome: Outcome) -> None:
    if outcome.corrections:
        book.corrections[outcome.sheet] = outcome.corrections
    kept = _kept_columns(book, outcome)
    columns = [Column(outcome.titles.get(index, "")) for index in kept]
    workbook.sheet(
        outcome.sheet,
        [*columns, Column(ADVICE, width=ADVICE_WIDTH)],
        _lines(book, outcome, kept),
        heading_lines=_lines_above(book, outcome),
    )


def _kept_columns(book: Book, outcome: Outcome) -> list[int]:
    """Indexes of the columns; advice from an earlier return is not kept."""
    width = max([book.sheet(outcome.sheet).column_count, *(index + 1 for index in outcome.titles)])
    old = {index for index, title in outcome.titles.items() if title_key(title) == title_key(ADVICE)}
    return [index for index in range(width) if index not in old]


def _lines_above(book: Book, outcome: Outcome) -> list[str]:
    head = book.sheet(outcome.sheet).head
    above = [row for row in head if row.number < outcome.header_rows[0]]
    return [" ".join(str(_readable(value)) for value in row.values if value is not None) for row in above]


def _lines(book: Book, outcome: Outcome, kept: list[int]) -> Iterator[list]:
    for row in book.rows(outcome.sheet):
        problems = outcome.refused_rows.get(row.number)
        if problems is None or row.number <= outcome.header_rows[1]:
            continue
        refusing = [problem for problem in problems if problem.level in REFUSING]
        wrong = {problem.column for problem in refusing}
        cells = []
        for index in kept:
            value = _readable(row.values[index]) if index < len(row.values) else None
            cells.append(Marked(value, "bad") if column_letter(index) in wrong else value)
        yield [*cells, "\n".join(map(_advice, refusing))]


def _readable(value: object) -> object:
    """The value as Excel shows it where the writer would show something else."""
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _advice(problem: Problem) -> str:
    sentence = " ".join(filter(None, (str(problem.message), str(problem.fix))))
    place = f"«{problem.heading}»: " if problem.heading else ""
    return place + sentence
