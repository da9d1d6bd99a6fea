"""What a sheet consists of: columns, formulas written by us, marked cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal["text", "integer", "number", "percent", "date", "datetime", "link"]
Tint = Literal["ok", "warn", "bad", "info", "changed"]

NUMERIC_KINDS = frozenset({"integer", "number", "percent"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet.

    ``key`` names the value in rows that are mappings and the column in formulas and charts; a row
    that is a sequence is taken by position. ``kind`` sets the format: a percent value is a share
    (0–1). Text given for a numeric column («нет данных») stays text. ``ratio`` names the keys of
    numerator and denominator: the cell becomes a live formula in every row and in the totals.
    ``total`` is what the totals row does with the column. ``choices`` makes a drop-down list.
    ``note`` is a hint on the heading. ``width`` is in characters; by default it follows the content.
    """

    title: str
    key: str | None = None
    kind: Kind = "text"
    width: float | None = None
    choices: Sequence[str] | None = None
    note: str = ""
    total: Literal["sum", "count"] | None = None
    ratio: tuple[str, str] | None = None
    places: int = 1
    hidden: bool = False

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"unknown kind of column {self.title!r}: {self.kind!r}")
        if self.ratio and self.kind not in {"percent", "number"}:
            raise ValueError(f"column {self.title!r} has a ratio, so it must be a percent or a number")

    @property
    def is_numeric(self) -> bool:
        """Whether figures are expected, which are aligned to the right."""
        return self.kind in NUMERIC_KINDS


@dataclass(frozen=True, slots=True)
class Formula:
    """A live formula written by us, never from a user's text.

    ``expression`` may name columns of the same row in braces, «={value}-{previous}»; ``value`` is the
    result that programs show until they recalculate.
    """

    expression: str
    value: Any = 0


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with a background that says something about it (an error, a corrected cell)."""

    value: Any
    tint: Tint
