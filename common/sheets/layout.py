"""Where a person has said that the table is: in which row its headings stand, which column is which field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from common.sheets.headings import HeaderMatch, HeadingSpec, match_headings, match_row
from common.sheets.letters import column_index
from common.sheets.values import Row


@dataclass(frozen=True, slots=True)
class Layout:
    """``columns`` are letters by field; without them the headings of ``header_row`` decide."""

    header_row: int | None = None
    columns: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.header_row or self.columns)

    def match(self, head_rows: Sequence[Row], specs: Sequence[HeadingSpec]) -> HeaderMatch | None:
        """The headings as laid out; None when the row that was named is not there."""
        match = match_headings(head_rows, specs)
        if self.header_row and (match is None or match.row != self.header_row):
            row = next((row for row in head_rows if row.number == self.header_row), None)
            match = match_row(row, specs) if row else None
        return match and (self._with_columns(match) if self.columns else match)

    def _with_columns(self, match: HeaderMatch) -> HeaderMatch:
        texts = all_headings(match)
        columns = {name: column_index(letter) for name, letter in self.columns.items()}
        used = set(columns.values())
        return HeaderMatch(
            match.row,
            match.first_row,
            columns,
            {name: texts.get(index, "") for name, index in columns.items()},
            [(index, text) for index, text in sorted(texts.items()) if index not in used],
            unnamed=tuple(index for index in match.unnamed if index not in used),
        )


def all_headings(match: HeaderMatch) -> dict[int, str]:
    """Headings by the index of their column, known or not."""
    texts = dict(match.extra) | {index: match.headings[name] for name, index in match.columns.items()}
    return texts | {second: text for text, _first, second in match.doubles}
