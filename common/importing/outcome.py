"""What an import found and did, in figures and problems; its JSON is a stable interface."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from common.importing.entry import ADDED, REFUSED, UNCHANGED, UPDATED, Entry
from common.sheets.problems import Level, Problem

SHOWN_PROBLEMS = 2_000


@dataclass
class Outcome:
    """Figures of one import; added + updated + unchanged + refused = rows."""

    kind: str
    file: str
    sha256: str = ""
    organization: str = ""
    sheet: str = ""
    columns: list[dict] = field(default_factory=list)
    rows: int = 0
    pairs_added: int = 0
    committed: bool = False
    counts: Counter = field(default_factory=Counter)
    issues: list[Problem] = field(default_factory=list)
    omitted_issues: int = 0
    refused_rows: dict[int, list[Problem]] = field(default_factory=dict)

    def count(self, entry: Entry) -> None:
        """Takes a row's result and problems in."""
        self.rows += 1
        self.counts[entry.result] += 1
        self.note(entry.problems)
        if entry.refused:
            self.refused_rows[entry.number] = entry.problems

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
        return any(issue.row is None and issue.level == Level.ERROR for issue in self.issues)

    def as_json(self) -> dict:
        """The document of ``import_workbook --json``."""
        document = {
            "kind": self.kind,
            "file": self.file,
            "sha256": self.sha256,
            "organization": self.organization or None,
            "sheet": self.sheet,
            "columns": self.columns,
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
