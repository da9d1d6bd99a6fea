"""One data row on its way through an import."""

from __future__ import annotations

from common.sheets.problems import CellProblem, Level, Problem

ADDED, UPDATED, UNCHANGED, REFUSED = "added", "updated", "unchanged", "refused"
REFUSING = (Level.ERROR, Level.QUESTION)


class Entry:
    """A row with its clean values, the problems found in it, and what became of it."""

    __slots__ = ("cells", "number", "problems", "result", "table", "values")

    def __init__(self, table, number: int, cells: dict):
        self.table = table
        self.number = number
        self.cells = cells
        self.values: dict = {}
        self.problems: list[Problem] = []
        self.result = UNCHANGED

    def __getitem__(self, name: str):
        return self.values.get(name)

    @property
    def refused(self) -> bool:
        return self.result == REFUSED

    def touch(self, result: str) -> None:
        """Notes that the row added or updated something; the stronger word stays."""
        if self.result == REFUSED or self.result == ADDED:
            return
        self.result = result

    def report(
        self,
        level: str,
        code: str,
        message: str,
        fix: str = "",
        *,
        field: str = "",
        value=None,
        choices=(),
        suggestion: str = "",
    ) -> Problem:
        """Adds a problem at the row's cell of ``field``; an error or a question refuses the row."""
        known = field in self.table.columns
        problem = Problem(
            level,
            code,
            message,
            fix,
            sheet=self.table.sheet,
            row=self.number,
            column=self.table.letter(field) if known else "",
            heading=self.table.heading(field) if known else "",
            value=self.cells.get(field) if value is None else value,
            choices=tuple(choices),
            suggestion=suggestion,
        )
        self.problems.append(problem)
        if level in REFUSING:
            self.result = REFUSED
        return problem

    def report_cell(self, finding: CellProblem, *, field: str, value=None) -> None:
        """Adds a cell parser's finding at its place."""
        self.report(
            finding.level,
            finding.code,
            finding.message,
            finding.fix,
            field=field,
            value=value,
            suggestion=finding.suggestion,
        )
