"""Parsers of single cells: each returns a clean value or raises CellProblem, which says what to do.

An empty cell gives None (numbers, dates, yes or no) or an empty string (text and identifiers).
"""

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from common.cell_dates import (
    EMPTY_WORDS,
    Birth,
    parse_birth,
    parse_date,
    refuse_error_text,
    refuse_unreadable,
)
from common.inn import parse_inn
from common.sheets.problems import CellProblem, Level, shown
from common.spelling import plain_marks, tidy, to_cyrillic

__all__ = [
    "EMPTY_WORDS",
    "Birth",
    "CellProblem",
    "clean_text",
    "clean_text_with_warnings",
    "is_blank",
    "parse_birth",
    "parse_class",
    "parse_date",
    "parse_decimal",
    "parse_email",
    "parse_inn",
    "parse_int",
    "parse_phone_text",
    "parse_score",
    "parse_url",
    "parse_yes_no",
]

URL_LENGTH = 500
PHONE_LENGTH = 200
_YES = frozenset(("да", "д", "+", "1", "истина", "true", "yes", "есть", "v", "✓", "✔"))
_NO = frozenset(("нет", "н", "-", "0", "ложь", "false", "no"))
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_CLASS = re.compile(r"(1[01]|[1-9])\s*-?\s*([а-я])?\s*(?:класс|кл\.?)?", re.IGNORECASE)
_CLASS_NUMBERED = re.compile(r"(1[01]|[1-9])\s*/\s*(\d{1,2})")
_QUOTES = re.compile(r"[«»\"“”„'’]+")
_USUAL_URL = re.compile(r"https?://(?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d{1,5})?(?:[/?#]\S*)?")
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+(?::\d{1,5})?", re.UNICODE)
_email = EmailValidator()


def is_blank(value: object) -> bool:
    """True when nothing can be seen in the cell."""
    return value is None or (isinstance(value, str) and not tidy(value)[0])


def clean_text(value: object, max_length: int | None = None, *, multiline: bool = False) -> str:
    """Return the cell as tidy text; a number as it is shown, a date as dd.mm.yyyy.

    Raises CellProblem text_too_long, cell_error or formula_without_value.
    """
    return clean_text_with_warnings(value, max_length, multiline=multiline)[0]


def clean_text_with_warnings(
    value: object, max_length: int | None = None, *, multiline: bool = False
) -> tuple[str, list[CellProblem]]:
    """Return tidy text and a warning when control characters had to be removed."""
    warnings = []
    if isinstance(value, str):
        text, removed = tidy(value, multiline=multiline)
        if text[:1] == "#":
            refuse_error_text(text)
        if removed:
            warnings.append(
                CellProblem(
                    "control_characters",
                    _("Invisible control characters were removed from the text."),
                    _("Check the result; nothing needs to be done if it is right."),
                    Level.WARNING,
                )
            )
    else:
        text = _plain(value)
    if max_length is not None and len(text) > max_length:
        raise CellProblem(
            "text_too_long",
            _("The text has %(length)d characters, at most %(limit)d are allowed.")
            % {"length": len(text), "limit": max_length},
            _("Shorten the text."),
        )
    return text, warnings


def _plain(value: object) -> str:
    if value is None:
        return ""
    refuse_unreadable(value)
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y" if value.time() == time() else "%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def parse_decimal(value: object) -> Decimal | None:
    """Return the number; comma or point, spaces between thousands and a percent sign («54%» is 54) are read.

    Raises CellProblem number_unreadable.
    """
    if value is None:
        return None
    refuse_unreadable(value)
    if isinstance(value, bool | date | time):
        raise _number_unreadable(value)
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if not number.is_finite():
            raise _number_unreadable(value)
        return number
    text = plain_marks(tidy(value)[0]).lower()
    if text in EMPTY_WORDS:
        return None
    refuse_error_text(text)
    compact = text.replace(" ", "").removesuffix("%")
    if not _NUMBER.fullmatch(compact):
        raise _number_unreadable(value)
    return Decimal(compact.replace(",", "."))


def parse_int(value: object, *, minimum: int | None = None, maximum: int | None = None) -> int | None:
    """Return the whole number.

    Raises CellProblem number_unreadable, number_not_whole or number_out_of_range.
    """
    if type(value) is int:
        number = value
    else:
        exact = parse_decimal(value)
        if exact is None:
            return None
        if exact != exact.to_integral_value():
            raise CellProblem(
                "number_not_whole",
                _("“%(value)s” is not a whole number.") % {"value": shown(value)},
                _("Type a whole number."),
            )
        number = int(exact)
    if (minimum is not None and number < minimum) or (maximum is not None and number > maximum):
        raise _out_of_range(value, minimum, maximum)
    return number


def parse_score(value: object) -> int | None:
    """Return a score from 1 to 10."""
    return parse_int(value, minimum=1, maximum=10)


def parse_yes_no(value: object) -> bool | None:
    """Return True or False for «да», «+», 1, ИСТИНА … and their opposites.

    Raises CellProblem yes_no_unreadable.
    """
    if value is None or isinstance(value, bool):
        return value
    word = plain_marks(clean_text(value)).lower().rstrip(".!")
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellProblem(
        "yes_no_unreadable",
        _("“%(value)s” is neither yes nor no.") % {"value": shown(value)},
        _("Type «да» or «нет»."),
    )


def parse_class(value: object) -> tuple[str, list[CellProblem]]:
    """Return a class in its usual form («7А», «7/1», «11») and warnings; other texts (a group) as they are.

    Excel turns a typed «7/1» into 7 January; the class is then taken back from the date with a warning.
    """
    if isinstance(value, date):
        if 1 <= value.day <= 11:
            suggestion = f"{value.day}/{value.month}"
            warning = CellProblem(
                "class_turned_into_date",
                _("Excel turned the class into the date %(date)s; it was read as %(suggestion)s.")
                % {"date": value.strftime("%d.%m.%Y"), "suggestion": suggestion},
                _("Format the column as text and type the class again if this is wrong."),
                Level.WARNING,
                suggestion=suggestion,
            )
            return suggestion, [warning]
        raise CellProblem(
            "class_is_date",
            _("There is a date instead of a class: %(date)s.") % {"date": value.strftime("%d.%m.%Y")},
            _("Format the column as text and type the class, for example 7А."),
        )
    text, warnings = clean_text_with_warnings(value, 30)
    return _class_from_text(text), warnings


@lru_cache(maxsize=4096)
def _class_from_text(text: str) -> str:
    compact = " ".join(_QUOTES.sub(" ", to_cyrillic(plain_marks(text))).split())
    if match := _CLASS.fullmatch(compact):
        return match[1] + (match[2] or "").upper()
    if match := _CLASS_NUMBERED.fullmatch(compact):
        return f"{match[1]}/{match[2]}"
    return text


def parse_url(value: object, max_length: int = URL_LENGTH) -> str:
    """Return an http(s) address; a missing scheme becomes https. Raises CellProblem url_invalid."""
    text = clean_text(value, max_length)
    if _USUAL_URL.fullmatch(text):
        return text
    if plain_marks(text).lower() in EMPTY_WORDS:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.netloc
    except ValueError:
        raise _url_invalid(value) from None
    if parts.scheme.lower() not in ("http", "https") or " " in address or not _HOST.fullmatch(host):
        raise _url_invalid(value)
    return address


def parse_email(value: object) -> str:
    """Return the address with its domain in lower case. Raises CellProblem email_invalid."""
    text = clean_text(value, 254)
    if plain_marks(text).lower() in EMPTY_WORDS:
        return ""
    name, _at, domain = text.rpartition("@")
    address = f"{name}@{domain.lower()}"
    try:
        _email(address)
    except ValidationError:
        raise CellProblem(
            "email_invalid",
            _("“%(value)s” is not an e-mail address.") % {"value": shown(value)},
            _("Type one address, for example school17@example.org."),
        ) from None
    return address


def parse_phone_text(value: object, max_length: int = PHONE_LENGTH) -> str:
    """Return contact text as typed, a leading «+» included; a bare number is digits without a fraction.

    A dash or «нет» is no contact.
    """
    text = clean_text(value, max_length)
    return "" if plain_marks(text).lower() in EMPTY_WORDS else text


def _number_unreadable(value: object) -> CellProblem:
    return CellProblem(
        "number_unreadable",
        _("“%(value)s” is not a number.") % {"value": shown(_plain(value))},
        _("Type a number without words or units."),
    )


def _out_of_range(value: object, minimum: int | None, maximum: int | None) -> CellProblem:
    if maximum is None:
        message = _("“%(value)s” is less than %(minimum)d.")
    elif minimum is None:
        message = _("“%(value)s” is more than %(maximum)d.")
    else:
        message = _("“%(value)s” is not between %(minimum)d and %(maximum)d.")
    bounds = {"value": shown(value), "minimum": minimum, "maximum": maximum}
    return CellProblem("number_out_of_range", message % bounds, _("Check the number."))


def _url_invalid(value: object) -> CellProblem:
    return CellProblem(
        "url_invalid",
        _("“%(value)s” is not a web address.") % {"value": shown(value)},
        _("Copy one full address from the browser, for example https://school17.example.org/mentors."),
    )
