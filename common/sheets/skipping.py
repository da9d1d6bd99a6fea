"""Rows of a table that are no data: totals, numbers of columns, repeated headings, section titles, notes."""

import re
from collections.abc import Sequence
from operator import itemgetter

from django.utils.translation import gettext as _

from common.sheets.headings import HeaderMatch, heading_key
from common.spelling import tidy

BLANK = "blank"
LONGEST_LONELY_NAME = 80
_TOTAL = re.compile(r"(?:итого|всего|итог|total)\b", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:форма|раздел|направление|класс|параллель|программа|модель|вид|часть|блок)\b.*|"
    r"\d{1,2}\s*-?\s*[«\"“]?[а-яё]?[»\"”]?\s*класс(?:ы|\b).*",
    re.IGNORECASE,
)
_FORM = re.compile(r"[^\W\d_]+ ?[-–—] ?[^\W\d_]+")
_NOTE = re.compile(
    r"(?:примечани[ея]|(?:за|ис)полнител[ьи]|заполнила?|составила?|ответственн(?:ый|ая)|директор|"
    r"руководитель|заместитель|зам|куратор|методист|подпись|дата|тел|телефон|сноска|м\. ?п|\*)"
    r"(?:\b|(?=[\s.:*]))",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\(.*\)|.*(?:\bд{1,2}[./ -]?м{1,2}[./ -]?г{2,4}\b|\bг{4}\b|\b(?:полностью|при наличии|например|пример|"
    r"образец|выб(?:ерите|рать)|из списка|обязательно|заполняется|указать|укажите)\b).*|"
    r"(?:№|номер|фио|ф\. ?и\. ?о\.?|телефон|(?:e-?mail|эл\. ?почта)|текст|дата|год|число|ссылка)"
    r"(?: и (?:e-?mail|эл\. ?почта)|, (?:e-?mail|эл\. ?почта))?",
    re.IGNORECASE | re.DOTALL,
)
_FEW_CELLS = 3


def skip_notice(reason: str) -> str:
    """Return the sentence for a skipped row."""
    return {
        "total_row": _("A row with totals was skipped."),
        "column_numbers": _("A row with the numbers of the columns was skipped."),
        "header_repeated": _("A repeated row of headings was skipped."),
        "section_row": _("A section title was skipped."),
        "note_row": _("A note outside the rows of the table was skipped."),
        "hint_row": _("A row of hints under the headings was skipped."),
        "outside_columns": _("A row was skipped: it is filled only outside the columns of the table."),
    }[reason]


SKIP_CODES = frozenset(
    (
        *("total_row", "column_numbers", "header_repeated", "section_row", "note_row"),
        *("hint_row", "outside_columns"),
    )
)


class RowFilter:
    """Tells data rows from the rest for one table."""

    def __init__(self, match: HeaderMatch):
        self.places = tuple(match.columns.values())
        # itemgetter of one index returns a bare value; a second, doubled index keeps it a tuple.
        self.pick = itemgetter(*self.places, *(self.places if len(self.places) == 1 else ()))
        texts = [*match.headings.values(), *(text for _index, text in match.extra)]
        self.header_keys = frozenset(map(heading_key, texts))
        self.header_starts = frozenset(map(_first_word, texts))

    def reason(self, values: Sequence[object]) -> str:
        """Return why the row is no data: "" for data, "blank", or one of SKIP_CODES."""
        mine = [value for value in self.pick(values) if value is not None]
        if len(mine) > _FEW_CELLS and not self._is_suspect(values, mine):
            return ""
        return self._careful(values)

    def is_hint(self, values: Sequence[object]) -> bool:
        """Return whether every filled cell only says how to fill the column in: «(дд.мм.гггг)»."""
        filled = [value for value in values if not _is_blank(value)]
        return all(isinstance(value, str) and _HINT.fullmatch(tidy(value)[0]) for value in filled)

    def _is_suspect(self, values: Sequence[object], mine: list[object]) -> bool:
        first = mine[0] if isinstance(mine[0], str) else mine[1]
        if not isinstance(first, str) or (isinstance(values[0], str) and values[0] is not first):
            return True
        word = _first_word(first)
        if not word or word in self.header_starts or _TOTAL.match(word) is not None:
            return True
        # In a text file the numbers of the columns are text, as the number of a row is.
        return word.isdigit() and isinstance(mine[1], str) and mine[1].strip().isdigit()

    def _careful(self, values: Sequence[object]) -> str:
        filled = [(index, value) for index, value in enumerate(values) if not _is_blank(value)]
        mine = sum(index in self.places for index, _value in filled)
        numbers = [value for _index, value in filled if isinstance(value, int)]
        if not filled or (not mine and len(numbers) == len(filled) == 1):
            return BLANK  # A template numbers its empty rows.
        texts = [tidy(value)[0] for _index, value in filled if isinstance(value, str)]
        if any(_TOTAL.match(text) for text in texts[:2]) and filled[0][0] <= max(self.places):
            return "total_row"
        if len(filled) > 2 and _are_column_numbers([value for _index, value in filled]):
            return "column_numbers"
        repeated = sum(heading_key(text) in self.header_keys for text in texts)
        if repeated > 1 and repeated * 2 > len(filled):
            return "header_repeated"
        if texts and len(self.places) > 1 and (reason := self._remark(filled, texts[0])):
            return reason
        return "" if mine else "outside_columns"

    def _remark(self, filled: list[tuple[int, object]], text: str) -> str:
        """Return whether the first text is a section title or a note; a half-filled row stays data."""
        alone = len(filled) == 1
        if alone and (_SECTION.fullmatch(text) or _FORM.fullmatch(text)):
            return "section_row"
        if len(filled) <= _FEW_CELLS and _NOTE.match(text):
            return "note_row"
        if alone and (filled[0][0] not in self.places or len(text) > LONGEST_LONELY_NAME):
            return "note_row"
        return ""


def _first_word(text: str) -> str:
    """Return the first word in lower case, without the marks behind it."""
    return text.split(maxsplit=1)[0].lower().rstrip(".,:;*") if text.strip() else ""


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _are_column_numbers(values: list[object]) -> bool:
    """True for 1, 2, 3 …, as numbers or text, as forms have under their headings."""
    wanted = range(int(str(values[0])), int(str(values[0])) + len(values)) if str(values[0]) in "12" else ()
    return len(wanted) == len(values) and all(
        str(value).strip() == str(number) for value, number in zip(values, wanted, strict=True)
    )
