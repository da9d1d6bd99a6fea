"""How cells of the two bases are read, beyond the parsers of every workbook."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _

from common.cells import CellProblem, clean_text, clean_text_with_warnings
from mentors.enums import CompletionMark

MARK_TITLES = {
    CompletionMark.IN_PROGRESS: "в процессе",
    CompletionMark.COMPLETED: "прошёл",
    CompletionMark.ENDED_EARLY: "досрочно завершён",
}
# Beginnings that decide; the first that is found anywhere in the cell wins.
_MARKS = (
    (("не прош", "не пройд", "досроч", "прекращ", "выбыл", "отчисл"), CompletionMark.ENDED_EARLY),
    (("процес", "продолж", "проход", "реализ"), CompletionMark.IN_PROGRESS),
    (("прош", "пройд", "заверш", "выполн", "зачт", "да", "+"), CompletionMark.COMPLETED),
)
_NO_MARK = frozenset(("", "-", "–", "—", "нет", "н/д"))


def raw(value):
    """The cell as it is; names are read by the row, because they may stand in one cell or in three."""
    return value


def text(limit: int):
    """A parser of one-line text with a limit; says when control characters were removed."""
    return partial(clean_text_with_warnings, max_length=limit)


def long_text(limit: int = 5_000):
    """A parser of text that may have lines."""
    return partial(clean_text_with_warnings, max_length=limit, multiline=True)


def plain_text(value) -> str:
    """Short text such as the form of mentoring."""
    return clean_text(value, 250)


def completion_mark(value) -> str:
    """The mark of completion, an empty one for an empty cell. Raises ``CellProblem`` mark_unknown."""
    words = clean_text(value, 250).lower().replace("ё", "е")
    if words in _NO_MARK:
        return str(CompletionMark.NONE)
    for beginnings, mark in _MARKS:
        if any(beginning in words for beginning in beginnings):
            return str(mark)
    raise CellProblem(
        "mark_unknown",
        _("The mark of completion is not understood."),
        _("Use one of: в процессе; прошёл; досрочно завершён."),
    )
