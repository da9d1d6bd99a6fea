"""Taxpayer numbers (ИНН) of organizations and people; check digits by the order of the tax service."""

from functools import lru_cache

from django.utils.translation import gettext as _

from common.cell_dates import refuse_unreadable
from common.sheets.problems import CellProblem, shown
from common.spelling import tidy

_WEIGHTS_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_WEIGHTS_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_WEIGHTS_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _check_digit(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11 % 10)


@lru_cache(maxsize=4096)
def inn_is_valid(digits: str) -> bool:
    """True for 10 or 12 digits with right check digits."""
    if not (digits.isascii() and digits.isdigit()) or not digits.strip("0"):
        return False
    if len(digits) == 10:
        return digits[9] == _check_digit(digits, _WEIGHTS_10)
    if len(digits) == 12:
        return digits[10:] == _check_digit(digits, _WEIGHTS_11) + _check_digit(digits, _WEIGHTS_12)
    return False


def parse_inn(value: object) -> str:
    """Return the number as text, or an empty string for an empty cell; Excel's numbers are accepted.

    Raises CellProblem inn_not_digits, inn_length, inn_check_digit or inn_lost_zero, the last with the number
    that Excel most probably shortened as ``suggestion``.
    """
    if value is None:
        return ""
    refuse_unreadable(value)
    digits = _digits(value)
    if not digits or inn_is_valid(digits):
        return digits
    if len(digits) in (9, 11):
        padded = f"0{digits}"
        if inn_is_valid(padded):
            raise CellProblem(
                "inn_lost_zero",
                _("The ИНН %(value)s has lost its first zero.") % {"value": digits},
                _("Format the column as text and type %(suggestion)s.") % {"suggestion": padded},
                suggestion=padded,
            )
    if len(digits) not in (10, 12):
        raise CellProblem(
            "inn_length",
            _("The ИНН “%(value)s” has %(length)d digits.") % {"value": shown(digits), "length": len(digits)},
            _("Type 10 digits for an organization or 12 for a person."),
        )
    raise CellProblem(
        "inn_check_digit",
        _("The ИНН %(value)s is mistyped: its check digit does not match.") % {"value": digits},
        _("Compare it with the charter or the site of the tax service."),
    )


def _digits(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise _not_digits(value)
    text = tidy(str(value))[0].replace(" ", "").removeprefix("ИНН").removeprefix(":")
    if text and not (text.isascii() and text.isdigit()):
        raise _not_digits(value)
    return text


def _not_digits(value: object) -> CellProblem:
    return CellProblem(
        "inn_not_digits",
        _("“%(value)s” is not an ИНН: it has characters other than digits.") % {"value": shown(value)},
        _("Type 10 digits for an organization or 12 for a person."),
    )
