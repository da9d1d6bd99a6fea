"""The sheets of a workbook that an import reads, and the addresses of their cells.

An address is Excel's: «14:C» is row 14, column C; on a sheet after the first, «Лист!14:C». Questions are
named by row and code in the same way: «14:namesake».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from common.importing import import_kinds
from common.sheets.corrections import Corrections
from common.sheets.layout import Layout
from common.sheets.letters import column_index


@dataclass(frozen=True, slots=True)
class Part:
    """One sheet: what stands on it and where; an empty ``sheet`` is wherever the headings are."""

    kind: str
    sheet: str = ""
    layout: Layout = field(default_factory=Layout)

    def as_json(self) -> dict:
        """What is stored with the run."""
        return {
            "kind": self.kind,
            "sheet": self.sheet,
            "header_row": self.layout.header_row,
            "columns": self.layout.columns,
        }

    @classmethod
    def from_json(cls, stored: dict) -> Part:
        """The part as it was stored."""
        layout = Layout(stored.get("header_row"), stored.get("columns") or {})
        return cls(stored["kind"], stored.get("sheet", ""), layout)


def parts_of(run) -> list[Part]:
    """The sheets of a run, at least one, in the order in which they need each other."""
    if not run.parts:
        return [Part(run.kind, run.sheet)]
    return [Part.from_json(stored) for stored in run.parts]


def in_order(parts: Iterable[Part]) -> list[Part]:
    """The parts in the order of their kinds: what others refer to comes first."""
    return sorted(parts, key=lambda part: import_kinds.get(part.kind).order)


def prefix(parts: list[Part], index: int) -> str:
    """What stands before the addresses of a part: nothing for the first one."""
    return f"{parts[index].sheet}!" if index else ""


def corrections_of(run, parts: list[Part], index: int) -> Corrections:
    """The corrections of one part; an address that is none is passed over."""
    start = prefix(parts, index)
    cells: dict[int, dict[int, str]] = {}
    for address, text in run.corrections.items():
        row, _colon, letter = _own(address, start, parts).partition(":")
        if row.isdecimal():
            cells.setdefault(int(row), {})[column_index(letter)] = text
    own = (_own(address, start, parts) for address in run.excluded)
    return Corrections(cells, frozenset(int(row) for row in own if row.isdecimal()))


def answers_of(run, parts: list[Part], index: int) -> dict[str, str]:
    """The answers to questions about one part, by «row:code»."""
    start = prefix(parts, index)
    own = {_own(address, start, parts): answer for address, answer in run.answers.items()}
    own.pop("", None)
    return own


def _own(address: str, start: str, parts: list[Part]) -> str:
    """The address without the sheet, or an empty text when it is of another sheet."""
    if start:
        return address.removeprefix(start) if address.startswith(start) else ""
    others = (prefix(parts, index) for index in range(1, len(parts)))
    return "" if any(address.startswith(other) for other in others) else address
