"""Who imports what, where and on whose behalf."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _


@dataclass(slots=True)
class ImportContext:
    """What a resource may know about its run; ``scope`` bounds every row that it reads or writes."""

    scope: Any
    actor: Any = None
    organization: Any = None
    municipality: Any = None
    file_name: str = ""
    sheet: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    # Somebody looks at the outcome before anything is written and can answer: doubts become questions.
    asks: bool = False

    @property
    def reason(self) -> str:
        """What the history of each changed row says about where it came from."""
        return _("File “%(file)s”, sheet “%(sheet)s”") % {"file": self.file_name, "sheet": self.sheet}

    def place(self, row: int) -> str:
        """Where a row stands: «file · sheet · row»."""
        return f"{self.file_name} · {self.sheet} · {row}"[:300]

    def answer(self, row: int, code: str) -> str:
        """What the person has answered to a question about a row, or an empty string."""
        return self.answers.get(f"{row}:{code}", "")
