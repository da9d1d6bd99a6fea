"""The problems of a checked workbook as the wizard shows them: tabs, groups of equal ones, addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from common.sheets.problems import Level
from exchange.models import ImportRun
from exchange.parts import Part, parts_of, prefix
from exchange.titles import short_title

DUPLICATES = frozenset({"duplicate_row", "pair_repeated", "namesake", "partner_namesake"})
# Answers that mean the same for every row; a person of the school is chosen one by one.
SHARED_ANSWERS = frozenset({"take", "keep", "new", "skip"})
ERRORS, QUESTIONS, DOUBLES, WARNINGS, ALL, PROBLEMS = "error", "question", "double", "warning", "all", ""
_ORDER = {Level.ERROR: 0, Level.QUESTION: 1, Level.WARNING: 2, Level.NOTICE: 3}


def names_another_school(run: ImportRun) -> str:
    """What the file says of whose workbook it is, when that is not the chosen organization; else empty."""
    issues = run.outcome.get("issues", ())
    return next((issue["message"] for issue in issues if issue["code"] == "another_school"), "")


@dataclass(slots=True)
class Issue:
    """One problem at its place; ``address`` is «14:C», ``row_address`` «14», ``key`` that of its answer."""

    document: dict
    part: int
    start: str
    equal: int = 1

    def __getitem__(self, name: str):
        return self.document[name]

    @property
    def level(self) -> str:
        return self.document["level"]

    @property
    def code(self) -> str:
        return self.document["code"]

    @property
    def row(self) -> int | None:
        return self.document["row"]

    @property
    def column(self) -> str:
        return self.document["column"]

    @property
    def value(self) -> str:
        return self.document["value"]

    @property
    def suggestion(self) -> str:
        return self.document.get("suggestion", "")

    @property
    def choices(self) -> list:
        return self.document.get("choices", [])

    @property
    def title(self) -> str:
        return short_title(self.document)

    @property
    def is_decisive(self) -> bool:
        """Whether the row cannot be loaded before somebody decides."""
        return self.level in (Level.ERROR, Level.QUESTION)

    @property
    def may_leave_out(self) -> bool:
        """Whether leaving the row out is an answer: it cannot be loaded, or it says something twice."""
        return self.is_decisive or self.code in DUPLICATES

    @property
    def tab(self) -> str:
        """The tab that the problem stands on."""
        if self.code in DUPLICATES:
            return DOUBLES
        return {Level.ERROR: ERRORS, Level.QUESTION: QUESTIONS}.get(self.level, WARNINGS)

    @property
    def row_address(self) -> str:
        return f"{self.start}{self.row}"

    @property
    def address(self) -> str:
        return f"{self.row_address}:{self.column}" if self.column else self.row_address

    @property
    def key(self) -> str:
        return f"{self.row_address}:{self.code}"

    @property
    def anchor(self) -> str:
        """The name of the problem's place on the page."""
        return f"p{self.part}-{self.row}-{self.column or 'row'}-{self.code}"

    @property
    def sameness(self) -> tuple:
        """What two problems have in common that are corrected alike."""
        return self.part, self.code, self.column, self.value


@dataclass(slots=True)
class Tab:
    """A tab above the grid: how many rows it shows."""

    code: str
    label: str
    count: int


@dataclass(slots=True)
class Group:
    """Equal problems: how many, with examples of the values."""

    code: str
    title: str
    tone: str
    tab: str
    count: int = 0
    values: list[str] = field(default_factory=list)
    # Answers that may be given to all of them at once, as (value, label).
    shared: list[tuple[str, str]] = field(default_factory=list)

    @property
    def examples(self) -> str:
        return ", ".join(f"«{value}»" for value in self.values[:2])


class Problems:
    """All problems of a run."""

    def __init__(self, run: ImportRun, parts: list[Part] | None = None):
        self.run = run
        parts = parts or parts_of(run)
        issues = [
            Issue(document, document.get("part", 0), prefix(parts, document.get("part", 0)))
            for document in run.outcome.get("issues", ())
        ]
        issues.sort(key=lambda issue: (_ORDER.get(issue.level, 9), issue.part, issue.row or 0))
        equal = Counter(issue.sameness for issue in issues if issue.column)
        for issue in issues:
            issue.equal = equal.get(issue.sameness, 1)
        self.issues = issues

    @cached_property
    def of_rows(self) -> list[Issue]:
        """Problems of rows that a person may want to look at."""
        return [issue for issue in self.issues if issue.row and issue.level != Level.NOTICE]

    @cached_property
    def of_file(self) -> list[Issue]:
        """What is said of the file, a sheet or a column as a whole."""
        return [issue for issue in self.issues if not issue.row and issue.code != "another_school"]

    @cached_property
    def skipped_rows(self) -> list[Issue]:
        """Rows that were no data: totals, titles, notes."""
        return [issue for issue in self.issues if issue.row and issue.level == Level.NOTICE]

    def shown_on(self, tab: str, code: str = "") -> list[Issue]:
        """The problems of a tab, of one kind if a code is given."""
        found = [
            issue
            for issue in self.of_rows
            if tab == ALL or (issue.tab == tab if tab else issue.is_decisive or issue.tab == DOUBLES)
        ]
        return [issue for issue in found if issue.code == code] if code else found

    def rows_on(self, tab: str) -> int:
        """How many rows have a problem of the tab."""
        return len({issue.row_address for issue in self.shown_on(tab)})

    def tabs(self) -> list[Tab]:
        """The tabs with their counts; empty ones are left out, all rows are always there."""
        labels = {
            PROBLEMS: _("Only problems"),
            ERRORS: _("Errors"),
            QUESTIONS: _("Questions"),
            DOUBLES: _("Doubles"),
            WARNINGS: _("Warnings"),
        }
        tabs = [Tab(code, label, self.rows_on(code)) for code, label in labels.items()]
        tabs = [tab for tab in tabs if tab.count]
        return [*tabs, Tab(ALL, _("All"), self.run.outcome.get("rows", 0))]

    def groups(self) -> list[Group]:
        """Equal problems together, what keeps rows back first."""
        found: dict[tuple[str, str], Group] = {}
        for issue in self.of_rows:
            key = issue.code, issue.level
            group = found.get(key)
            if group is None:
                tone = "bad" if issue.level == Level.ERROR else "warn"
                group = found[key] = Group(issue.code, issue.title, tone, issue.tab)
            group.count += 1
            for value, label in issue.choices:
                if value in SHARED_ANSWERS and (value, label) not in group.shared:
                    group.shared.append((value, label))
            if issue.value and issue.value not in group.values:
                group.values.append(issue.value)
        for group in found.values():
            if group.count < 2:
                group.shared.clear()
        return list(found.values())

    @property
    def noticed(self) -> int:
        """How many things were noticed that need no decision."""
        return len(self.of_file) + len(self.skipped_rows)

    def at(self, address: str) -> Issue | None:
        """The first problem of that cell or row."""
        return next((issue for issue in self.of_rows if address in (issue.address, issue.row_address)), None)

    def alike(self, issue: Issue) -> Iterable[Issue]:
        """The problems that are corrected in the same way, the issue itself among them."""
        return [other for other in self.of_rows if other.sameness == issue.sameness]
