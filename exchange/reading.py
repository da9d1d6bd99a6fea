"""All sheets of an import through the engine, in one transaction: kept as a whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from common.importing import Outcome, import_kinds, run_import
from common.importing.returned import returned_workbook
from common.traces import traced
from exchange.models import ImportRun
from exchange.parts import Part, answers_of, corrections_of, parts_of
from orgs.scope import Scope

SUMS = ("rows", "added", "updated", "unchanged", "refused", "pairs_added")


class _TakeBack(Exception):
    """Ends the transaction without keeping anything."""


@dataclass(slots=True)
class Result:
    """What became of all sheets; ``changes`` are those of ``common.traces`` when the rows were written."""

    parts: list[Part]
    outcomes: list[Outcome] = field(default_factory=list)
    tally: Counter = field(default_factory=Counter)
    changes: list[dict] = field(default_factory=list)
    committed: bool = False

    @property
    def file_refused(self) -> bool:
        return any(outcome.file_refused for outcome in self.outcomes)

    @property
    def refused(self) -> int:
        return sum(outcome.refused for outcome in self.outcomes)

    def as_json(self) -> dict:
        """The outcome of the run: that of the command, with the figures of all sheets and their parts."""
        documents = [outcome.as_json() for outcome in self.outcomes]
        for index, document in enumerate(documents):
            for issue in document["issues"]:
                issue["part"] = index
        whole = documents[0] | {name: sum(document[name] for document in documents) for name in SUMS}
        whole["issues"] = [issue for document in documents for issue in document["issues"]]
        whole["omitted_issues"] = sum(document.get("omitted_issues", 0) for document in documents)
        whole["committed"] = self.committed
        whole["tally"] = dict(self.tally)
        whole["parts"] = [
            {
                **{name: document[name] for name in (*SUMS, "kind", "sheet", "columns", "other_columns")},
                "header_rows": list(outcome.header_rows),
            }
            for document, outcome in zip(documents, self.outcomes, strict=True)
        ]
        return whole

    def returned_rows(self, path: str | Path) -> bytes:
        """An XLSX of the refused rows of all sheets; the last column says what to correct."""
        return returned_workbook(path, [outcome for outcome in self.outcomes if outcome.refused])


def read_run(
    run: ImportRun,
    scope: Scope,
    path: Path,
    *,
    dry_run: bool,
    progress: Callable[[int, int], None] | None = None,
    within: Callable[[Result], None] | None = None,
) -> Result:
    """The result of a run's sheets; with a refused row nothing is kept unless the good rows were asked for.

    ``within`` is called inside the transaction once the rows are written and are to stay.
    """
    parts = parts_of(run)
    result = Result(parts)
    try:
        with transaction.atomic(), traced() as trace:
            for index in range(len(parts)):
                result.outcomes.append(_read_part(run, scope, path, parts, index, _after(result, progress)))
            for kind in dict.fromkeys(part.kind for part in parts):
                result.tally |= Counter(import_kinds.get(kind).tally(trace.added))
            if dry_run or result.file_refused or (result.refused and not run.good_rows_only):
                raise _TakeBack
            result.changes = trace.changes(untraced=untraced_fields(parts))
            result.committed = True
            if within:
                within(result)
    except _TakeBack:
        result.committed = False
    return result


def untraced_fields(parts: list[Part]) -> frozenset[str]:
    """Columns whose change is no change for people, such as the row of a file that something stood in."""
    return frozenset().union(*(import_kinds.get(part.kind).untraced for part in parts))


def _read_part(run, scope, path, parts: list[Part], index: int, progress) -> Outcome:
    part = parts[index]
    corrections = corrections_of(run, parts, index)
    return run_import(
        part.kind,
        path,
        file_name=run.file_name,
        scope=scope,
        actor=run.owner,
        organization=run.organization,
        municipality=run.municipality,
        sheet=part.sheet or None,
        mapping=run.mapping or None,
        layout=part.layout if part.layout else None,
        corrections=corrections if corrections.cells or corrections.excluded else None,
        answers=answers_of(run, parts, index) or None,
        # Whether anything stays is decided for all sheets together.
        good_rows=True,
        asks=True,
        progress=progress,
    )


def _after(result: Result, progress):
    """The progress of one sheet told as that of the file: rows of the sheets before it are done."""
    if progress is None:
        return None
    before = sum(outcome.rows for outcome in result.outcomes)
    return lambda done, total: progress(before + done, before + total)
