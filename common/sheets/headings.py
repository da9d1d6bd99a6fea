"""Recognition of a heading row, whatever the case, spaces, marks and synonyms of the headings."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import zip_longest

from common.sheets.values import Row
from common.spelling import name_key, to_cyrillic

_DASHES = re.compile(r"\s*[-‐-―−]\s*")
_SLASHES = re.compile(r"\s*/\s*")
_QUOTES = re.compile("[«»\"“”„‘’'`]+")
_ENDS = " .,:;()*-"
_INNER = re.compile(r"[.,:;*]+(?=\s|$)")


@dataclass(frozen=True)
class HeadingSpec:
    """A field and the headings it goes by: the first is the canonical one, the rest are synonyms.

    A required column may be missing where one of the fields ``unless`` is there. ``alias`` is what schools
    call the column in lists of their own; it is said beside the title when the column is missing.
    """

    field: str
    headings: tuple[str, ...]
    required: bool = False
    unless: tuple[str, ...] = ()
    alias: str = ""

    @property
    def title(self) -> str:
        return self.headings[0]

    @property
    def wanted(self) -> str:
        """The heading as a person is asked for it."""
        return f"«{self.title}» («{self.alias}»)" if self.alias else f"«{self.title}»"

    def is_missing(self, columns: Container[str]) -> bool:
        """Whether a table with these fields cannot do without the column."""
        return self.required and self.field not in columns and not any(map(columns.__contains__, self.unless))


@dataclass(slots=True)
class HeaderMatch:
    """The best heading row found: ``columns`` and ``headings`` by field, other headings in ``extra``.

    ``row`` is the last row of the header (it may have two), ``first_row`` the first. ``doubles`` are
    (heading, column, column) of headings that stand twice; ``unnamed`` are columns without a heading.
    """

    row: int
    first_row: int
    columns: dict[str, int]
    headings: dict[str, str]
    extra: list[tuple[int, str]] = field(default_factory=list)
    doubles: list[tuple[str, int, int]] = field(default_factory=list)
    unnamed: tuple[int, ...] = ()

    @property
    def score(self) -> int:
        return len(self.columns)


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """Return the key under which two spellings of a heading are equal."""
    key = to_cyrillic(name_key(text))
    key = _SLASHES.sub("/", _DASHES.sub("-", _QUOTES.sub("", key)))
    return " ".join(_INNER.sub("", key).split()).strip(_ENDS)


def match_headings(head_rows: Sequence[Row], specs: Sequence[HeadingSpec]) -> HeaderMatch | None:
    """Return the row (or pair of rows) that names most fields, or None when none names any.

    Of equal ones the upper is taken; two rows are joined only when that names more fields.
    """
    known = _known(specs)
    best = None
    for row, below in zip_longest(head_rows, head_rows[1:]):
        candidates = [_match(row.values, row.number, row.number, known)]
        if below and below.number == row.number + 1:
            joined = _joined(row.values, below.values, known)
            candidates.append(_match(joined, below.number, row.number, known))
        for match in candidates:
            if match.score and (best is None or _rank(match) > _rank(best)):
                best = match
    return best


def match_row(row: Row, specs: Sequence[HeadingSpec]) -> HeaderMatch:
    """Return the headings of one row that a person has named, even if none of them is known."""
    return _match(row.values, row.number, row.number, _known(specs))


def _known(specs: Sequence[HeadingSpec]) -> dict[str, tuple[str, int]]:
    known: dict[str, tuple[str, int]] = {}
    for spec in specs:
        for rank, text in enumerate(spec.headings):
            known.setdefault(heading_key(text), (spec.field, rank))
    return known


def _rank(match: HeaderMatch) -> tuple[int, bool]:
    """More fields first; with as many, one row before two, so that a title above is not taken in."""
    return match.score, match.row == match.first_row


def _match(
    values: Sequence[object], row: int, first_row: int, known: dict[str, tuple[str, int]]
) -> HeaderMatch:
    match = HeaderMatch(row, first_row, {}, {})
    ranks: dict[str, int] = {}
    unnamed = []
    for index, value in enumerate(values):
        if not isinstance(value, str) or not value.strip():
            unnamed.append(index)
            continue
        text = " ".join(value.split())
        name, rank = known.get(heading_key(text), ("", 0))
        if not name:
            match.extra.append((index, text))
        elif name not in ranks or rank < ranks[name]:
            if name in ranks:
                match.extra.append((match.columns[name], match.headings[name]))
            match.columns[name], match.headings[name], ranks[name] = index, text, rank
        elif rank == ranks[name]:
            match.doubles.append((text, match.columns[name], index))
        else:
            match.extra.append((index, text))
    match.unnamed = tuple(unnamed)
    return match


def _joined(
    upper: Sequence[object], lower: Sequence[object], known: dict[str, tuple[str, int]]
) -> list[object]:
    """Return one row of headings out of two: the lower part, with its parent when only that is known."""
    joined: list[object] = []
    parent = ""
    for above, below in zip(upper, lower, strict=False):
        above_text = above if isinstance(above, str) else ""
        below_text = below if isinstance(below, str) else ""
        parent = above_text or (parent if below_text else "")
        if not below_text or heading_key(above_text) == heading_key(below_text):
            joined.append(above_text or None)
            continue
        both = f"{parent} {below_text}"
        joined.append(both if heading_key(both) in known else below_text)
    return joined
