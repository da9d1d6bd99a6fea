"""One import from file to outcome: read, check, write in one transaction, keep or take back."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.db import transaction

from common.importing.context import ImportContext
from common.importing.entry import Entry
from common.importing.kinds import import_kinds
from common.importing.outcome import ADVICE, Outcome
from common.importing.recognition import MISFITS, another_school, mistaken_kind
from common.sheets.corrections import Corrections
from common.sheets.layout import Layout
from common.sheets.limits import Limits
from common.sheets.problems import SheetRefused
from common.sheets.reader import open_book
from common.sheets.table import Table, find_table

# The largest file of a page is one batch, so that checks across its rows see all of them.
BATCH_ROWS = 5_000


class _TakeBack(Exception):
    """Ends the transaction without keeping anything."""


def run_import(
    kind: str,
    path: str | Path,
    *,
    file_name: str,
    scope,
    actor=None,
    organization=None,
    municipality=None,
    sheet: str | None = None,
    mapping: dict[str, str] | None = None,
    layout: Layout | None = None,
    corrections: Corrections | None = None,
    answers: dict[str, str] | None = None,
    dry_run: bool = False,
    good_rows: bool = False,
    asks: bool = False,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Outcome:
    """The outcome of importing one workbook.

    All or nothing by default: with a refused row nothing is written; ``good_rows`` writes the rest.
    ``dry_run`` checks and writes nothing. ``layout`` and ``corrections`` are what a person has said on the
    page about columns and cells; with ``asks`` that person can answer further questions. Never raises for a
    bad file: the outcome says what is wrong.
    """
    resource_class = import_kinds.get(kind)
    outcome = Outcome(kind, file_name, organization=getattr(organization, "inn", ""))
    outcome.sha256 = file_sha256(path)
    outcome.corrections = corrections
    try:
        with open_book(path, file_name=file_name, limits=limits) as book:
            outcome.note(book.problems)
            table = _table_of(book, resource_class, sheet or None, mapping, layout)
            if corrections:
                book.corrections[table.sheet] = corrections
            outcome.found(table)
            if resource_class.needs_organization:
                above = [str(value) for row in table.preamble for value in row.values if value is not None]
                doubt = another_school(organization, file_name, [table.sheet, *above])
                outcome.note([doubt] if doubt else [])
            context = ImportContext(
                scope, actor, organization, municipality, file_name, table.sheet, answers or {}, asks
            )
            try:
                with transaction.atomic():
                    _take_all(resource_class(context), table, outcome, _rows_in(book, table), progress)
                    if dry_run or (outcome.refused and not good_rows) or outcome.file_refused:
                        raise _TakeBack
                    outcome.committed = True
            except _TakeBack:
                outcome.committed = False
            # A workbook of rows handed back comes with our own column; that it is ignored needs no words.
            outcome.note([problem for problem in table.problems if problem.heading != ADVICE])
    except SheetRefused as refusal:
        outcome.note([refusal.problem])
    return outcome


def _table_of(
    book, resource_class, sheet: str | None, mapping: dict[str, str] | None, layout: Layout | None
) -> Table:
    """The table of the kind in the book. Raises ``SheetRefused``, also for a workbook of another kind."""
    specs = remapped(resource_class.specs(), mapping)
    try:
        table = find_table(book, specs, sheet=sheet, any_of=resource_class.any_of, layout=layout)
    except SheetRefused as refusal:
        if refusal.problem.code in MISFITS:
            raise mistaken_kind(book, resource_class.kind, sheet) or refusal from None
        raise
    # Who has chosen the columns by hand knows what they are.
    if not mapping and not layout and (mistaken := mistaken_kind(book, resource_class.kind, table.sheet)):
        raise mistaken
    return table


def _rows_in(book, table) -> int:
    return next(sheet.row_count for sheet in book.sheets if sheet.name == table.sheet)


def _take_all(resource, table, outcome: Outcome, total: int, progress) -> None:
    resource.lock()
    resource.whole_file = total - table.header_row <= BATCH_ROWS
    for batch in _quietly(batches(resource.entries(table), BATCH_ROWS)):
        resource.take(batch)
        outcome.count_all(batch)
        if progress:
            progress(outcome.rows, max(total, outcome.rows))
    for entry, before, problems in resource.finish():
        outcome.change(entry, before, problems)
    outcome.pairs_added = resource.pairs_added
    outcome.note(resource.problems)


def _quietly(items: Iterator[list]) -> Iterator[list]:
    """The lists, each emptied after its turn, with the garbage collector resting in between.

    A batch makes a few hundred thousand small objects that all live to its end; walking them again and
    again takes a third of the import's time and finds nothing. Resources leave no cycles behind a batch.
    """
    resting = gc.isenabled()
    gc.disable()
    try:
        for item in items:
            yield item
            item.clear()
    finally:
        if resting:
            gc.enable()


def batches(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    """The entries in lists of at most ``size``."""
    iterator = iter(entries)
    while batch := list(islice(iterator, size)):
        yield batch


def remapped(specs: list, mapping: dict[str, str] | None) -> list:
    """Heading specs with the headings that a person has chosen for fields on the page."""
    if not mapping:
        return specs
    return [
        replace(spec, headings=(mapping[spec.field],)) if spec.field in mapping else spec for spec in specs
    ]


def file_sha256(path: str | Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
