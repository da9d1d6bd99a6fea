"""What an import found and did, in figures and problems; its JSON is a stable interface."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from common.importing.entry import ADDED, REFUSED, UNCHANGED, UPDATED, Entry
from common.sheets.corrections import Corrections
from common.sheets.problems import Level, Problem

SHOWN_PROBLEMS = 2_000
# The column of rows handed back: a heading of workbooks and therefore not translated.
ADVICE = "Что исправить"


@dataclass
class Outcome:
    """Figures of one import; added + updated + unchanged + refused = rows."""

    kind: str
    file: str
    sha256: str = ""
    organization: str = ""
    sheet: str = ""
    columns: list[dict] = field(default_factory=list)
    other_columns: list[dict] = field(default_factory=list)
    header_rows: tuple[int, int] = (0, 0)
    rows: int = 0
    pairs_added: int = 0
    committed: bool = False
    counts: Counter = field(default_factory=Counter)
    issues: list[Problem] = field(default_factory=list)
    omitted_issues: int = 0
    refused_rows: dict[int, list[Problem]] = field(default_factory=dict)
    # All headings by the index of their column, also those that the portal does not know.
    titles: dict[int, str] = field(default_factory=dict)
    # What was corrected on the page; rows handed back have it too.
    corrections: Corrections | None = None

    def found(self, table) -> None:
        """Notes where the table stands and what its columns were taken for."""
        self.sheet = table.sheet
        self.columns = [
            {"field": name, "column": table.letter(name), "heading": table.heading(name)}
            for name in table.columns
        ]
        self.other_columns = [{"column": letter, "heading": text} for letter, text in table.extra]
        match = table.match
        self.header_rows = (match.first_row, match.row)
        self.titles = dict(match.extra) | {
            index: match.headings[name] for name, index in match.columns.items()
        }

    def count(self, entry: Entry) -> None:
        """Takes a row's result and problems in."""
        self.rows += 1
        self.counts[entry.result] += 1
        self.note(entry.problems)
        if entry.refused:
            self.refused_rows[entry.number] = entry.problems

    def count_all(self, entries: list[Entry]) -> None:
        """Takes the rows of a batch in."""
        for entry in entries:
            self.count(entry)

    def note(self, problems: list[Problem]) -> None:
        """Adds problems; beyond a limit they are only counted, so that memory stays flat."""
        room = max(SHOWN_PROBLEMS - len(self.issues), 0)
        self.issues.extend(problems[:room])
        self.omitted_issues += len(problems[room:])

    def change(self, entry: Entry, before: str, problems: list[Problem]) -> None:
        """Corrects a row's result after a check of the whole file."""
        self.counts[before] -= 1
        self.counts[entry.result] += 1
        self.note(problems)
        if entry.refused:
            self.refused_rows[entry.number] = entry.problems

    @property
    def refused(self) -> int:
        return self.counts[REFUSED]

    @property
    def file_refused(self) -> bool:
        """Whether the file as a whole was refused, with no row read."""
        return any(issue.level == Level.ERROR and issue.row is None for issue in self.issues)

    @property
    def only_questions(self) -> bool:
        """Whether nothing but open questions has refused rows; the answers may come with another file."""
        levels = {issue.level for issue in self.issues}
        return self.refused > 0 and Level.QUESTION in levels and Level.ERROR not in levels

    def returned_rows(self, path: str | Path) -> bytes:
        """An XLSX of the refused rows of the file at ``path``; the last column says what to correct."""
        from common.importing.returned import returned_rows

        return returned_rows(path, self)

    def as_json(self) -> dict:
        """The document of ``import_workbook --json``."""
        document = {
            "kind": self.kind,
            "file": self.file,
            "sha256": self.sha256,
            "organization": self.organization or None,
            "sheet": self.sheet,
            "columns": self.columns,
            "other_columns": self.other_columns,
            "rows": self.rows,
            "added": self.counts[ADDED],
            "updated": self.counts[UPDATED],
            "unchanged": self.counts[UNCHANGED],
            "refused": self.counts[REFUSED],
            "pairs_added": self.pairs_added,
            "committed": self.committed,
            "issues": [issue.as_dict() for issue in self.issues],
        }
        if self.omitted_issues:
            document["omitted_issues"] = self.omitted_issues
        return document
