"""Cleaning of typed text, and the keys under which two spellings are the same."""

import re
import unicodedata
from functools import lru_cache

_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u0300-\u036f\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ufe00-\ufe0f\ufeff\ufff9-\uffff\ud800-\udfff]|  |_x[0-9A-Fa-f]{4}_|^ | $"
)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufff9-\uffff\ud800-\udfff]")
_INVISIBLE = re.compile("[\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_SPACES = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\s*(?:\r\n?|\n|\x0b|\x0c|\x85|\u2028|\u2029)\s*")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u0060\u00b4]")
_HYPHEN_SPACES = re.compile(r"(?<=\w) ?- ?(?=\w)")
_NOT_WORD = re.compile(r"[^\w-]+|_")
_PLAIN_NAME = re.compile("[а-яё]+(?:[ -][а-яё]+)*")
_MIXED = re.compile("[a-z][а-яё]|[а-яё][a-z]", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(\d+)")

LOOKALIKES = dict(zip("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук", strict=True))
_TO_CYRILLIC = str.maketrans(LOOKALIKES)


def _unescape(match: re.Match) -> str:
    return chr(int(match[1], 16))


def tidy(text: str, *, multiline: bool = False) -> tuple[str, bool]:
    """Return the text in NFC without invisible characters and doubled spaces, and whether control
    characters had to be removed.

    Line breaks and tabs become spaces; with ``multiline`` line breaks stay as ``\\n``.
    """
    # Nearly all cells are tidy, and one search is quicker than a look into a cache.
    return _tidied(text, multiline) if _SUSPECT.search(text) else (text, False)


@lru_cache(maxsize=4096)
def _tidied(text: str, multiline: bool) -> tuple[str, bool]:
    if "_x" in text:
        # Excel stores a character that XML forbids as _xHHHH_; readers hand the escape through.
        text = _ESCAPE.sub(_unescape, text)
    text, removed = _CONTROL.subn("", text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if multiline:
        lines = (_SPACES.sub(" ", line).strip() for line in _LINE_ENDS.split(text))
        return "\n".join(line for line in lines if line), bool(removed)
    return _SPACES.sub(" ", text).strip(), bool(removed)


def fix_lookalikes(text: str) -> tuple[str, str]:
    """Return the text with Latin look-alikes inside Cyrillic words made Cyrillic, and the letters fixed."""
    if not _MIXED.search(text):
        return text, ""
    found: list[str] = []

    def fix(match: re.Match) -> str:
        word = match[0]
        if not _MIXED.search(word):
            return word
        found.extend(letter for letter in word if letter in LOOKALIKES)
        return word.translate(_TO_CYRILLIC)

    return _WORD.sub(fix, text), "".join(dict.fromkeys(found))


def to_cyrillic(text: str) -> str:
    """Return the text with every Latin look-alike replaced, whatever stands around it."""
    return text.translate(_TO_CYRILLIC)


def plain_marks(text: str) -> str:
    """Return the text with one kind of hyphen (no spaces around it inside a name) and of apostrophe."""
    text = _APOSTROPHES.sub("’", _DASHES.sub("-", text)).replace("'", "’")
    return _HYPHEN_SPACES.sub("-", text) if "-" in text else text


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """Return the key under which two spellings of a name are equal.

    Case, ё/е, doubled and invisible spaces, kinds of hyphens and apostrophes and Latin look-alikes do not
    count.
    """
    lower = text.lower()
    if _PLAIN_NAME.fullmatch(lower):
        return lower.replace("ё", "е")
    lower = fix_lookalikes(plain_marks(tidy(text)[0]))[0].lower()
    # Without its dots the letter may combine with another mark that follows.
    return unicodedata.normalize("NFC", lower.replace("ё", "е"))


@lru_cache(maxsize=4096)
def search_key(text: str) -> str:
    """Return the text to search in: ``name_key`` without quotes and punctuation, words by single spaces."""
    return _HYPHEN_SPACES.sub("-", " ".join(_NOT_WORD.sub(" ", name_key(text)).split()))


@lru_cache(maxsize=4096)
def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """For sorting names: numbers by their size («№ 2» before «№ 10»), ё beside е."""
    parts = _NUMBER.split(text.casefold().replace("ё", "е"))
    return tuple(
        (1, int(part), "") if part.isdecimal() else (0, 0, part.strip()) for part in parts if part.strip()
    )
