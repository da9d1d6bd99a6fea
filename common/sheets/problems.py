"""What can be wrong with a workbook, a row or a cell, in words that its author can act on."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time

VALUE_WIDTH = 60
# Cannot be seen, and neither a terminal nor every database takes them.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


class Level:
    """How bad a problem is; see the JSON of ``import_workbook`` for what each level does to a row."""

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
    NOTICE = "notice"


def shown(value: object) -> str:
    """Return the value as a person would recognise it in the sheet, cut to 60 characters."""
    if value is None:
        return ""
    if isinstance(value, date):
        has_time = isinstance(value, datetime) and value.time() != time()
        return value.strftime("%d.%m.%Y %H:%M" if has_time else "%d.%m.%Y")
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    text = " ".join(_UNSEEN.sub("", str(value)).split())
    return text if len(text) <= VALUE_WIDTH else text[: VALUE_WIDTH - 1] + "…"


@dataclass(slots=True)
class Problem:
    """One finding with its place: sheet, true Excel row number, column letter and heading as written.

    A question carries the answers to choose from as pairs of value and label; ``suggestion`` is a value
    that would be right if the author confirms it.
    """

    level: str
    code: str
    message: str
    fix: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    heading: str = ""
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    suggestion: str = ""

    def __post_init__(self) -> None:
        self.value = shown(self.value)

    def as_dict(self) -> dict:
        """Return the JSON form that the commands and pages share."""
        document = {
            "level": self.level,
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "heading": self.heading,
            "value": self.value,
            "code": self.code,
            "message": str(self.message),
            "fix": str(self.fix),
        }
        if self.choices:
            document["choices"] = [list(choice) for choice in self.choices]
        if self.suggestion:
            document["suggestion"] = self.suggestion
        return document


class SheetRefused(Exception):
    """The whole file is refused; ``problem`` says why and what to do."""

    def __init__(self, problem: Problem):
        super().__init__(str(problem.message))
        self.problem = problem


class CellProblem(Exception):
    """A finding about one value that does not know its place yet.

    Raised for errors and questions, returned in a list for warnings. ``suggestion`` is a value that would
    be right if the author confirms it; ``part`` the index of the cell where a value stands in several.
    """

    def __init__(
        self,
        code: str,
        message: str,
        fix: str = "",
        level: str = Level.ERROR,
        *,
        suggestion: str = "",
        part: int = 0,
    ):
        super().__init__(str(message))
        self.code = code
        self.message = message
        self.fix = fix
        self.level = level
        self.suggestion = suggestion
        self.part = part

    def at(
        self,
        *,
        sheet: str = "",
        row: int | None = None,
        column: str = "",
        heading: str = "",
        value: object = "",
    ) -> Problem:
        """Return the finding as a Problem with its place."""
        return Problem(
            self.level,
            self.code,
            self.message,
            self.fix,
            sheet,
            row,
            column,
            heading,
            shown(value),
            suggestion=self.suggestion,
        )
