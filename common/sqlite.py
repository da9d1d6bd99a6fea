"""What SQLite lacks: case folding in LIKE, UPPER and LOWER, the Russian order, statistics kept by itself.

Without the first two a search for «иванов» misses «Иванов», and «Ёлкина» stands before «Абрамов».
"""

from __future__ import annotations

import re
from functools import lru_cache

from django.db import connection
from django.db.backends.signals import connection_created

from common.ordering import NATURAL, RUSSIAN

ANY_TEXT, ANY_LETTER = "%", "_"
# Cyrillic sorts before Latin in the Russian order: Latin letters are moved behind the basic plane.
LATIN_SHIFT = 0x10000
NUMBER, NUMBER_WIDTH = re.compile(r"\d+"), 12
# Rows that ANALYZE reads of each index: enough to tell a school of 300 from a table of 70,000.
ROWS_LOOKED_AT = 1000


def connect() -> None:
    """Registers functions and collation on every SQLite connection that Django opens."""
    connection_created.connect(_prepare, dispatch_uid="common.sqlite")


def refresh_statistics() -> None:
    """Tells SQLite how many rows the tables hold, by which it chooses indexes; PostgreSQL does it by itself.

    Without it the search for possible duplicates reads a whole school for each of its people.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")


def _prepare(sender, connection, **kwargs) -> None:
    if connection.vendor != "sqlite":
        return
    raw = connection.connection
    raw.create_function("UPPER", 1, _upper, deterministic=True)
    raw.create_function("LOWER", 1, _lower, deterministic=True)
    raw.create_function("LIKE", 2, like, deterministic=True)
    raw.create_function("LIKE", 3, like, deterministic=True)
    raw.create_collation(RUSSIAN, compare)
    raw.create_collation(NATURAL, compare_naturally)


def _upper(text):
    return text.upper() if isinstance(text, str) else text


def _lower(text):
    return text.lower() if isinstance(text, str) else text


def like(pattern, text, escape: str | None = None):
    """SQL's ``text LIKE pattern ESCAPE escape``, blind to case in every alphabet; NULL gives NULL."""
    if pattern is None or text is None:
        return None
    kind, needle = _matcher(str(pattern), escape)
    text = str(text).casefold()
    if kind == "contains":
        return needle in text
    return needle.fullmatch(text) is not None


@lru_cache(maxsize=512)
def _matcher(pattern: str, escape: str | None) -> tuple[str, str | re.Pattern]:
    """How to match: a plain search for «%text%», which is nearly every search, or an expression."""
    plain: list[str] = []
    expression: list[str] = []
    wildcards: list[int] = []
    letters = iter(pattern.casefold())
    for letter in letters:
        if escape and letter == escape:
            letter = next(letters, escape)
        elif letter in {ANY_TEXT, ANY_LETTER}:
            wildcards.append(len(plain) if letter == ANY_TEXT else -1)
            expression.append(".*" if letter == ANY_TEXT else ".")
            continue
        plain.append(letter)
        expression.append(re.escape(letter))
    if wildcards == [0, len(plain)]:
        return "contains", "".join(plain)
    return "expression", re.compile("".join(expression), re.DOTALL)


def compare(left: str, right: str) -> int:
    """-1, 0 or 1 in the Russian order, as ICU's ``ru`` has it."""
    first, second = _sort_key(left), _sort_key(right)
    return (first > second) - (first < second)


@lru_cache(maxsize=16_384)
def _sort_key(text: str) -> tuple[str, str, str]:
    """By letters (ё as е); for equal ones е before ё, then small before capital letters."""
    folded = text.casefold()
    letters = folded.replace("ё", "е")
    primary = "".join(
        chr(ord(letter) + LATIN_SHIFT) if "a" <= letter <= "z" else letter for letter in letters
    )
    return primary, folded, text.swapcase()


def compare_naturally(left: str, right: str) -> int:
    """-1, 0 or 1 in the Russian order with numbers by their size, as ICU's ``ru-u-kn-true`` has it."""
    first, second = _natural_key(left), _natural_key(right)
    return (first > second) - (first < second)


@lru_cache(maxsize=16_384)
def _natural_key(text: str) -> tuple[str, str, str]:
    return _sort_key(NUMBER.sub(lambda found: found.group().lstrip("0").rjust(NUMBER_WIDTH, "0"), text))
