"""Rows of dictionaries found by what schools type: titles, synonyms and codes, whatever the spelling."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import Generic, TypeVar

from common.spelling import name_key, to_cyrillic

T = TypeVar("T")

# «учитель/учитель» and «учитель – учитель» are the same title.
_JOINTS = re.compile(r"\s*[-‐-―−/\\]+\s*")
_MARKS = re.compile("[«»\"“”„‘’'`.,:;*()]+")
CLOSE_ENOUGH = 0.6


@lru_cache(maxsize=4096)
def title_key(text: str) -> str:
    """The key under which two spellings of a title are equal.

    Case, ё/е, spaces, quotes, kinds of dashes with or without spaces, and Latin look-alikes do not count.
    """
    key = to_cyrillic(name_key(_MARKS.sub(" ", text)))
    return " ".join(_JOINTS.sub("-", key).split()).strip(" -")


class TitleLookup(Generic[T]):
    """Finds a row by its title, one of its synonyms or its code; reads the rows once, at the first need.

    ``rows`` is a queryset or any iterable; ``titles`` name the attributes that hold one title each,
    ``synonyms`` the attribute with a list of them (empty: there is none). A title of one row goes
    before a synonym of another. ``prefixes`` are words that may stand before the title in a cell.
    """

    def __init__(
        self,
        rows: Iterable[T],
        titles: Sequence[str] = ("title",),
        synonyms: str = "synonyms",
        *,
        codes: Sequence[str] = ("code",),
        prefixes: Sequence[str] = (),
    ):
        self._rows = rows
        self._titles = tuple(titles)
        self._synonyms = synonyms
        self._codes = tuple(codes)
        self._prefixes = tuple(title_key(prefix) for prefix in prefixes)
        self._by_key: dict[str, T] | None = None
        self._found: dict[str, T | None] = {}

    def find(self, text: str) -> T | None:
        """The row that the text names, or None."""
        try:
            return self._found[text]
        except KeyError:
            return self._found.setdefault(text, self._search(text))

    def close(self, text: str, count: int = 3) -> list[str]:
        """Titles that look like the text, best first; for saying what may have been meant."""
        known = self._index()
        near = get_close_matches(title_key(text), known, n=count * 3, cutoff=CLOSE_ENOUGH)
        rows = {id(known[key]): known[key] for key in near}
        return [self._title(row) for row in rows.values()][:count]

    def rows(self) -> list[T]:
        """All rows, each once."""
        return list({id(row): row for row in self._index().values()}.values())

    def all_titles(self) -> list[str]:
        """Titles of all rows in their order."""
        return [self._title(row) for row in self.rows()]

    def _search(self, text: str) -> T | None:
        known, key = self._index(), title_key(text)
        if not key:
            return None
        if key in known:
            return known[key]
        for prefix in self._prefixes:
            rest = key.removeprefix(prefix)
            if rest != key and rest[:1] in (" ", "-") and (row := known.get(rest.strip(" -"))):
                return row
        return None

    def _index(self) -> dict[str, T]:
        if self._by_key is None:
            rows = list(self._rows)
            index: dict[str, T] = {}
            for attribute in (*self._titles, *self._codes):
                for row in rows:
                    if value := getattr(row, attribute, ""):
                        index.setdefault(title_key(str(value)), row)
            if self._synonyms:
                for row in rows:
                    for synonym in getattr(row, self._synonyms, ()):
                        index.setdefault(title_key(synonym), row)
            self._by_key = index
        return self._by_key

    def _title(self, row: T) -> str:
        return str(getattr(row, self._titles[0]))
