"""Dates and years of birth as schools type them."""

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from common.dates import today
from common.sheets.problems import CellProblem, shown
from common.sheets.values import CellError, FormulaWithoutValue
from common.spelling import plain_marks, tidy

FIRST_YEAR, LAST_YEAR = 1920, 2100
# Those whose birth is mistyped are mostly children.
YOUNGEST_PUPIL, OLDEST_PUPIL = 6, 20
EMPTY_WORDS = frozenset(
    (
        "",
        "-",
        "--",
        "---",
        "нет",
        "н/д",
        "нет данных",
        "не указано",
        "не завершено",
        "не завершена",
        "не завершен",
        "в процессе",
        "в работе",
        "продолжается",
        "по настоящее время",
    )
)
# What Excel and LibreOffice show for an error, in Russian and in English.
ERROR_TEXTS = frozenset(
    (
        *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        *("#ССЫЛКА!", "#ССЫЛ!", "#Н/Д", "#ЗНАЧ!", "#ЗНАЧЕН!", "#ДЕЛ/0!", "#ИМЯ?", "#ЧИСЛО!", "#ПУСТО!"),
    )
)
# Years that are in the past whenever this runs; asking for the day in the zone costs more than the rest.
_PAST_YEAR = 2020
# Day 0 of Excel; its 1900-02-29 never existed, so serials below 61 are off by one and lie before 1920 anyway.
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL = (dt.date(FIRST_YEAR, 1, 1) - _EXCEL_EPOCH).days
_LAST_SERIAL = (dt.date(LAST_YEAR, 12, 31) - _EXCEL_EPOCH).days
_MONTHS = {
    stem: number
    for number, stems in enumerate(
        ("янв", "фев", "мар", "апр", "май мая мае", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"), start=1
    )
    for stem in stems.split()
}
_QUOTES = re.compile(r"[«»\"“”„'’_]+")
_YEAR_END = r"(?:\s*(?:года|год|г)\b\.?(?:\s*р(?:ожд\w*)?\b\.?)?)?"
_TAIL = rf"{_YEAR_END}\s*(?:(?:t|\s)\s*\d{{1,2}}:\d{{2}}.*|№.*)?[.,;]?"
_ISO = re.compile(rf"(\d{{4}})\s*([-./])\s*(\d{{1,2}})\s*\2\s*(\d{{1,2}}){_TAIL}")
_NUMERIC = re.compile(rf"(\d{{1,2}})\s*[-./,\s]\s*(\d{{1,2}})\s*[-./,\s]\s*(\d{{4}}|\d{{2}}){_TAIL}")
_WORDED = re.compile(rf"(\d{{1,2}})\s*-?\s*([а-я]{{3,}})\.?\s*,?\s*(\d{{4}}|\d{{2}}){_TAIL}")
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_YEAR_ONLY = re.compile(r"(\d{4})(?:[.,]0+)?\s*(?:г\.?\s*р\.?|г\.?|года?|год рождения)?")
_MENTIONS_YEAR = re.compile(r"\d{4}|\bг\b|\bгод|[а-я]{3,}")


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth as given: a full ``date`` with its ``year``, or the ``year`` alone, or neither (falsy)."""

    date: dt.date | None = None
    year: int | None = None

    def __bool__(self) -> bool:
        return self.year is not None


def parse_date(value: object, *, empty_words: Collection[str] | bool = True) -> dt.date | None:
    """Return the date, or None for an empty cell.

    ``empty_words`` are the words that count as empty: a collection, True for the usual ones («–», «нет»,
    «в процессе» …), False for none. A time or zone is dropped, never used to shift the day. Raises
    CellProblem: date_two_digit_year, date_not_in_calendar, date_incomplete, date_implausible,
    date_unreadable, cell_error, formula_without_value.
    """
    if value is None:
        return None
    if isinstance(value, str):
        words = EMPTY_WORDS if empty_words is True else (empty_words or ())
        return _date_from_text(value, words if isinstance(words, frozenset) else frozenset(words))
    if isinstance(value, dt.date):
        return _plausible(value.date() if isinstance(value, dt.datetime) else value, value)
    refuse_unreadable(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _date_from_number(value)
    raise _unreadable(value)


def parse_birth(value: object) -> Birth:
    """Return the date or year of birth; a bare number from 1900 to 2100 is a year, never an Excel serial.

    Raises CellProblem: birth_year_future, birth_date_future, birth_year_too_early and those of parse_date.
    """
    year = _year_alone(value)
    if year is None:
        day = parse_date(value)
        if day is None:
            return Birth()
        if day.year > _PAST_YEAR and day > today():
            code = "birth_year_future" if day.year > today().year else "birth_date_future"
            raise _future(code, value)
        return Birth(day, day.year)
    if year > _PAST_YEAR and year > today().year:
        raise _future("birth_year_future", value)
    if year < FIRST_YEAR:
        raise CellProblem(
            "birth_year_too_early",
            _("The year of birth “%(value)s” is before %(year)d.")
            % {"value": shown(value), "year": FIRST_YEAR},
            _("Check the year and type it with four digits."),
        )
    return Birth(None, year)


def refuse_unreadable(value: object) -> None:
    """Raise CellProblem for a cell that shows an Excel error or holds a formula without a stored result."""
    if isinstance(value, CellError):
        raise _cell_error(value.code)
    if isinstance(value, FormulaWithoutValue):
        raise CellProblem(
            "formula_without_value",
            _("The cell holds a formula without a stored result."),
            _("Copy the column and paste it back as values (Paste special → Values), then save the file."),
        )


def refuse_error_text(text: str) -> None:
    """Raise CellProblem for text that is an Excel error, as text files and pasted values have it."""
    word = text.strip().upper()
    if word[:1] == "#" and word in ERROR_TEXTS:
        raise _cell_error(word)


def _cell_error(error: str) -> CellProblem:
    return CellProblem(
        "cell_error",
        _("The cell shows the error %(error)s instead of a value.") % {"error": error},
        _("Correct the formula or type the value by hand."),
    )


def _year_alone(value: object) -> int | None:
    if type(value) is int:
        return value if 1000 <= value <= 9999 else None
    if isinstance(value, str):
        match = _YEAR_ONLY.fullmatch(tidy(value)[0].lower())
        return int(match[1]) if match else None
    if isinstance(value, dt.date):
        # A year typed into a column formatted as date: 2008 is shown as 30.06.1905.
        serial = (dt.date(value.year, value.month, value.day) - _EXCEL_EPOCH).days
        return serial if 1900 <= serial <= LAST_YEAR else None
    if isinstance(value, int | float) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return int(value) if value == int(value) else None
    return None


@lru_cache(maxsize=4096)
def _date_from_text(raw: str, empty_words: frozenset) -> dt.date | None:
    text = plain_marks(tidy(raw)[0]).lower()
    if not text or text in empty_words:
        return None
    refuse_error_text(text)
    text = " ".join(_QUOTES.sub(" ", text).split())
    if match := _ISO.fullmatch(text):
        return _build(match[1], int(match[3]), match[4], raw)
    if match := _NUMERIC.fullmatch(text):
        return _build(match[3], int(match[2]), match[1], raw)
    if (match := _WORDED.fullmatch(text)) and match[2][:3] in _MONTHS:
        return _build(match[3], _MONTHS[match[2][:3]], match[1], raw)
    if _SERIAL.fullmatch(text):
        return _date_from_number(float(text.replace(",", ".")))
    if _MENTIONS_YEAR.search(text) and (re.search(r"\d{4}", text) or text[:3] in _MONTHS):
        raise _incomplete(raw)
    raise _unreadable(raw)


def _build(year: str, month: int, day: str, raw: str) -> dt.date:
    if len(year) == 2:
        raise CellProblem(
            "date_two_digit_year",
            _("The year in “%(value)s” has two digits, so the century is unknown.") % {"value": shown(raw)},
            _("Type the year with four digits, for example 17.05.2010."),
        )
    try:
        return _plausible(dt.date(int(year), month, int(day)), raw)
    except ValueError:
        raise CellProblem(
            "date_not_in_calendar",
            _("There is no such date: “%(value)s”.") % {"value": shown(raw)},
            _("Check the day and the month; the order is day.month.year."),
        ) from None


def _date_from_number(value: float) -> dt.date:
    if 1900 <= value <= LAST_YEAR:
        raise _incomplete(value)
    if not _FIRST_SERIAL <= value <= _LAST_SERIAL:
        raise _implausible(value)
    return _EXCEL_EPOCH + dt.timedelta(days=int(value))


def _plausible(day: dt.date, raw: object) -> dt.date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _implausible(raw)
    return day


def _future(code: str, value: object) -> CellProblem:
    likely = _swapped_year(shown(value))
    return CellProblem(
        code,
        _("The birth “%(value)s” lies in the future.") % {"value": shown(value)},
        _("Check the year of birth."),
        suggestion=likely,
    )


def _swapped_year(text: str) -> str:
    """The year that is meant when two neighbouring digits have changed places: «2101» is 2011."""
    if len(text) != 4 or not text.isdecimal():
        return ""
    swapped = {int(text[:i] + text[i + 1] + text[i] + text[i + 2 :]) for i in range(3)}
    year = today().year
    born = [other for other in swapped if year - OLDEST_PUPIL <= other <= year - YOUNGEST_PUPIL]
    return str(max(born)) if born else ""


def _incomplete(value: object) -> CellProblem:
    return CellProblem(
        "date_incomplete",
        _("“%(value)s” is not a full date.") % {"value": shown(value)},
        _("Type the day, the month and the year, for example 01.09.2021."),
    )


def _implausible(value: object) -> CellProblem:
    return CellProblem(
        "date_implausible",
        _("“%(value)s” is not a date between %(first)d and %(last)d.")
        % {"value": shown(value), "first": FIRST_YEAR, "last": LAST_YEAR},
        _("Type the day, the month and the year, for example 01.09.2021."),
    )


def _unreadable(value: object) -> CellProblem:
    return CellProblem(
        "date_unreadable",
        _("“%(value)s” cannot be read as a date.") % {"value": shown(value)},
        _("Type the day, the month and the year, for example 01.09.2021."),
    )
