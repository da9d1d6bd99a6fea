"""The beginning of a list that is read whole: a phone gets as many entries as somebody looks through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEP = 20


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first rows of ``whole``."""

    rows: Sequence
    whole: int

    @property
    def left(self) -> int:
        return self.whole - len(self.rows)

    @property
    def more(self) -> int:
        """How many rows come next."""
        return min(STEP, self.left)

    @property
    def next_size(self) -> int:
        """How many rows the next address asks for."""
        return len(self.rows) + self.more

    @property
    def next_number(self) -> int:
        """The number of the first row that the next address adds."""
        return len(self.rows) + 1


def beginning(rows: Sequence, asked: str = "") -> Beginning:
    """As many rows as the address asks for, at least one step; a malformed number counts as not given."""
    size = max(STEP, int(asked)) if asked.isdecimal() and len(asked) <= 6 else STEP
    return Beginning(rows[:size], len(rows))
