"""Names of people as they are typed into cells."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.utils.translation import gettext as _

from common.cell_dates import refuse_error_text, refuse_unreadable
from common.sheets.problems import CellProblem, Level, shown
from common.spelling import fix_lookalikes, name_key, plain_marks, tidy, to_cyrillic

NAME_LENGTH = 150
EMPTY_NAMES = frozenset(
    ("", "-", "--", "---", "нет", "н/д", "б/о", "без отчества", "нет отчества", "отсутствует", "не указано")
)
_SUFFIXES = frozenset(("оглы", "оглу", "кызы", "гызы", "улы", "уулу"))
_NO_PATRONYMIC = EMPTY_NAMES | _SUFFIXES
_PARTICLES = frozenset(("де", "да", "ди", "дель", "ла", "ван", "фон", "дер", "аль", "ибн", "бен", "эль"))
_CLASS = r"\d{1,2}(?:\s*[-–]?\s*[«\"“]?[а-яёa-z][»\"”]?)?(?:\s*(?:класс|кл\.?))?"
_CLASS_ONLY = re.compile(rf"\(?\s*{_CLASS}\s*\)?", re.IGNORECASE)
_CLASS_TAIL = re.compile(rf"\s*(?:,\s*|\(\s*|\s[-–—/]\s*|\s){_CLASS}\s*\)?\s*$", re.IGNORECASE)
_NUMBERING = re.compile(r"^\s*(?:№\s*)?\d{1,3}\s*[.)]\s*")
_PEOPLE_BREAK = re.compile(r"[\r\n;\x0b\x85\u2028]+")
_AND = re.compile(r"(?<=\w) и (?=[А-ЯЁ])")
_INITIALS = re.compile(r"^[^\W\d_]\.(?:\s*-?[^\W\d_]\.)*$")
_GLUED_INITIALS = re.compile(r"(?<=[^\W\d_]\.)(?=[^\W\d_])|(?<=[^\W\d_]{2})(?=\s[^\W\d_]\.)")
_ENDS_IN_INITIAL = re.compile(r"(?:^|[\s.])[^\W\d_]\.$")
_ALLOWED = re.compile(r"[^\W\d_]+(?:[ ’.-]*[^\W\d_]+)*\.?")
# What nearly all cells hold: two or three Cyrillic words with capitals; nothing in it needs a second look.
_USUAL = re.compile(r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?) ([А-ЯЁ][а-яё]+)(?: ([А-ЯЁ][а-яё]+))?")
_PATRONYMIC = re.compile(r"(?:[вьмтк]ич|вна|чна)$", re.IGNORECASE)
_PAYLOAD = re.compile(r"^\s*[=+@'\"-]|[<>{}\\|%$#*]")
# The usual case, which needs none of the repairs below.
_ORDINARY = re.compile("[А-ЯЁ][а-яё]{1,40} [А-ЯЁ][а-яё]{1,40} [А-ЯЁ][а-яё]{1,40}")
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN_WORD = re.compile("[A-Za-z]+")


@dataclass(frozen=True)
class PersonName:
    """A surname, a first name and a patronymic (may be empty), in the spelling of the author."""

    last: str
    first: str
    patronymic: str = ""

    @property
    def full(self) -> str:
        return f"{self.last} {self.first} {self.patronymic}".rstrip()

    @property
    def short(self) -> str:
        """«Белов А. С.», the form for pages above the school."""
        initials = "".join(f" {part[0]}." for part in (self.first, self.patronymic) if part)
        return f"{self.last}{initials}"

    @cached_property
    def key(self) -> str:
        """The key of equality; see ``common.spelling.name_key``."""
        return name_key(self.full)


def is_empty_name(value: object) -> bool:
    """True for a cell that names nobody: blank, a dash, «нет»."""
    return value is None or (isinstance(value, str) and _is_empty_text(value))


@lru_cache(maxsize=4096)
def _is_empty_text(text: str) -> bool:
    return plain_marks(tidy(text)[0]).lower() in EMPTY_NAMES


def parse_person_name(
    value: object, parts: Sequence[object] | None = None
) -> tuple[PersonName, list[CellProblem]]:
    """Return the name in one cell, or in the three cells ``parts`` (last, first, patronymic), and warnings.

    Raises CellProblem with the code name_empty, name_incomplete, name_invalid, name_several, name_too_long
    or cell_error; ``part`` of a finding says which of the three cells it is about.
    """
    if parts is None:
        name, findings = _parse_text(_as_text(value))
    else:
        cells = (*parts, None, None)[:3]
        last, first, patronymic = (_in_part(part, _as_text, cell) for part, cell in enumerate(cells))
        if _is_empty_text(first) and _is_empty_text(patronymic) and " " in last.strip():
            name, findings = _parse_text(last)
        else:
            name, findings = _parse_parts(last, first, patronymic)
    return name, [_warning(*finding) for finding in findings]


def split_people(value: object) -> list[str]:
    """Return the names in a cell that may hold several people.

    Line breaks, semicolons, commas and «и» divide; numbering («1) ») and classes («, 7Б», «(7Б)») are
    taken off; dashes and «нет» are nobody.
    """
    if value is None or not isinstance(value, str):
        return [] if value is None else [str(value)]
    return list(_split_text(value))


@lru_cache(maxsize=4096)
def _split_text(text: str) -> tuple[str, ...]:
    people: list[str] = []
    for line in _PEOPLE_BREAK.split(text):
        for piece in line.split(","):
            piece = _NUMBERING.sub("", tidy(piece)[0])
            if _is_empty_text(piece) or _CLASS_ONLY.fullmatch(piece):
                continue
            piece = _CLASS_TAIL.sub("", piece).strip(" .,-–—") if piece[-1:] != "." else piece
            pair = _AND.split(piece)
            # «Иванов Пётр и Сидоров Иван» are two people; a surname never stands alone beside «и».
            people.extend(pair if all(" " in half.strip() for half in pair) else [piece])
    return tuple(name.strip() for name in people if name.strip())


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    refuse_unreadable(value)
    raise _invalid(value)


@lru_cache(maxsize=4096)
def _parse_text(raw: str) -> tuple[PersonName, tuple[tuple[str, str], ...]]:
    text, removed = tidy(raw)
    usual = None if removed or len(text) > NAME_LENGTH else _USUAL.fullmatch(text)
    if usual and text.rpartition(" ")[2].lower() not in _NO_PATRONYMIC:
        return PersonName(usual[1], usual[2], usual[3] or ""), ()
    if _is_empty_text(raw):
        raise _empty()
    _refuse_payload(raw)
    person = _only_one(raw)
    findings: list[tuple[str, str]] = []
    if removed:
        findings.append(("control_characters", ""))
    if name_key(person).strip(" .,-") != name_key(text).strip(" .,-"):
        findings.append(("name_cut", person))
    words = _words(person, findings)
    return _from_words(words, raw, findings), tuple(findings)


def _parse_parts(last: str, first: str, patronymic: str) -> tuple[PersonName, list[tuple[str, str, int]]]:
    cells, findings = [], []
    for part, raw in enumerate((last, first, patronymic)):
        cell, own = _in_part(part, _parse_part, raw)
        cells.append(cell)
        findings += [(code, detail, part) for code, detail in own]
    if not cells[0]:
        raise _empty()
    if not cells[1]:
        raise _in_part_of(1, _incomplete(cells[0]))
    return PersonName(*cells), findings


@lru_cache(maxsize=4096)
def _parse_part(raw: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    if _is_empty_text(raw):
        return "", ()
    _refuse_payload(raw)
    _only_one(raw)
    text, removed = tidy(raw)
    findings: list[tuple[str, str]] = [("control_characters", "")] if removed else []
    return " ".join(_words(text, findings)), tuple(findings)


def _in_part(part: int, parse: Callable, raw: object):
    """Return what the parser makes of one of the three cells; its finding says which cell that is."""
    try:
        return parse(raw)
    except CellProblem as finding:
        raise _in_part_of(part, finding) from None


def _in_part_of(part: int, finding: CellProblem) -> CellProblem:
    finding.part = part
    return finding


def _only_one(raw: str) -> str:
    """Return the name of the one person in the cell."""
    people = _split_text(raw)
    if not people:
        raise _invalid(raw)
    if len(people) > 1:
        raise _several(raw)
    return people[0]


def _words(text: str, findings: list[tuple[str, str]]) -> list[str]:
    """Return the words of a name with look-alikes, marks and case put right; note what was changed."""
    fixed, letters = fix_lookalikes(plain_marks(text))
    if _CYRILLIC.search(fixed):
        # «PAK» in Latin beside Cyrillic words: the whole word is made of look-alikes.
        for word in _LATIN_WORD.findall(fixed):
            swapped = to_cyrillic(word)
            if not _LATIN_WORD.search(swapped):
                fixed = re.sub(rf"\b{word}\b", swapped, fixed)
                letters += word
    if letters:
        findings.append(("name_lookalikes", ", ".join(dict.fromkeys(letters))))
    fixed = fixed.strip(" ,-")
    if fixed[-1:] == "." and not _ENDS_IN_INITIAL.search(fixed):
        fixed = fixed.rstrip(". ")
    if len(fixed) > NAME_LENGTH:
        raise CellProblem(
            "name_too_long",
            _("The name is longer than %(limit)d characters.") % {"limit": NAME_LENGTH},
            _("Leave only the surname, first name and patronymic of one person in the cell."),
        )
    if not _ALLOWED.fullmatch(fixed):
        raise _invalid(text)
    words = _GLUED_INITIALS.sub(" ", fixed).split()
    cased = [_cased(word) for word in words]
    if cased != words:
        findings.append(("name_case", " ".join(cased)))
    return cased


def _cased(word: str) -> str:
    if word.lower() in _SUFFIXES or word.lower() in _PARTICLES or len(word) < 3 or "’" in word:
        return word
    if word.isupper() or word.islower():
        return "-".join(piece[:1].upper() + piece[1:].lower() for piece in word.split("-"))
    return word


def _from_words(words: list[str], raw: str, findings: list[tuple[str, str]]) -> PersonName:
    words = [word for word in words if word.lower() not in EMPTY_NAMES] or words
    if len(words) == 1:
        raise _incomplete(words[0])
    initials = [word for word in words if _INITIALS.match(word)]
    if initials:
        findings.append(("name_initials", raw))
        if len(initials) == len(words):
            raise _incomplete(raw)
        while _INITIALS.match(words[0]):
            words.append(words.pop(0))  # «И. И. Иванов»
    if len(words) == 2 and words[1].lower() in _SUFFIXES:
        raise _incomplete(raw)
    if sum(bool(_PATRONYMIC.search(word)) for word in words[2:]) > 1 or len(words) > 6:
        raise _several(raw)
    if len(words) > 3 and words[-1].lower() not in _SUFFIXES:
        findings.append(("name_many_words", " ".join(words)))
    return PersonName(words[0], words[1], " ".join(words[2:]))


def _refuse_payload(raw: str) -> None:
    refuse_error_text(raw)
    if _PAYLOAD.search(raw):
        raise _invalid(raw)


def _empty() -> CellProblem:
    return CellProblem(
        "name_empty", _("The name is not filled in."), _("Type the surname, first name and patronymic.")
    )


def _incomplete(value: str) -> CellProblem:
    return CellProblem(
        "name_incomplete",
        _("Only one word of the name is given: “%(value)s”.") % {"value": shown(value)},
        _("Type at least the surname and the first name."),
    )


def _several(value: str) -> CellProblem:
    return CellProblem(
        "name_several",
        _("The cell names several people: “%(value)s”.") % {"value": shown(value)},
        _("One person a row: put each person in a row of their own."),
    )


def _invalid(value: object) -> CellProblem:
    return CellProblem(
        "name_invalid",
        _("The name has characters that do not belong in a name: “%(value)s”.") % {"value": shown(value)},
        _("Leave only letters, spaces, a hyphen or an apostrophe; move phones and notes to their columns."),
    )


def _warning(code: str, detail: str, part: int = 0) -> CellProblem:
    messages = {
        "name_lookalikes": _("Latin letters were replaced by Russian ones that look the same: %(detail)s."),
        "name_initials": _("Initials are given instead of full names: “%(detail)s”."),
        "name_case": _("The letter case was corrected: “%(detail)s”."),
        "name_many_words": _("The name has more than three words: “%(detail)s”."),
        "name_cut": _("Only the name was taken, the class or number was left out: “%(detail)s”."),
        "control_characters": _("Invisible control characters were removed from the text."),
    }
    fixes = {
        "name_initials": _("Type the full names, or the person may be taken for another."),
        "name_many_words": _("Check that the cell names one person."),
    }
    fix = fixes.get(code) or _("Check the result; nothing needs to be done if it is right.")
    return CellProblem(code, messages[code] % {"detail": shown(detail)}, fix, Level.WARNING, part=part)
