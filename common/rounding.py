"""Shares, percents and differences in exact arithmetic.

A figure travels as numerator and denominator; these functions make the printed text in the very
last step. Rounding is half up (half away from zero), as people do it by hand: 1/8 is 13 %, not the
12 % of Python's banker's rounding. No float takes part, so no result depends on its error.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import get_format

Exact = int | Decimal | Fraction

MINUS = "\N{MINUS SIGN}"


def share(numerator: Exact | None, denominator: Exact | None) -> Fraction | None:
    """Return ``numerator / denominator``, or None when either is unknown or the base is zero."""
    if numerator is None or denominator is None:
        return None
    base = _exact(denominator)
    if base == 0:
        return None
    return _exact(numerator) / base


def percent(numerator: Exact | None, denominator: Exact | None) -> Fraction | None:
    """Return the unrounded percent (0–100), the value to compare with a target; None as in ``share``."""
    value = share(numerator, denominator)
    return None if value is None else value * 100


def round_half_up(value: Exact, places: int = 1) -> Decimal:
    """Return ``value`` rounded half away from zero to exactly ``places`` decimal places."""
    if places < 0:
        raise ValueError("places must not be negative")
    exact = _exact(value)
    scaled = abs(exact) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # Built from digits: scaleb and quantize would round to the context's precision.
    digits = tuple(int(digit) for digit in str(units))
    return Decimal((1 if exact < 0 and units else 0, digits, -places))


def percent_text(numerator: Exact | None, denominator: Exact | None, places: int = 1) -> str | None:
    """Return the percent as machine text with a point («18.4»); None where there is nothing to divide."""
    value = percent(numerator, denominator)
    return None if value is None else f"{round_half_up(value, places):f}"


def percent_ru(numerator: Exact | None, denominator: Exact | None, places: int = 1) -> str | None:
    """Return the percent for a Russian reader («18,4», no unit sign); None as in ``percent_text``."""
    value = percent(numerator, denominator)
    return None if value is None else number_ru(value, places)


def number_ru(value: Exact, places: int = 1) -> str:
    """Return ``value`` rounded half up, grouped, with a comma and a typographic minus («−1 204,5»)."""
    return _written(f"{round_half_up(value, places):,f}", "\N{NO-BREAK SPACE}", ",")


def number_text(value: Exact, places: int = 1) -> str:
    """Return ``value`` rounded half up as the language in use writes it («−1 204,5», “−1,204.5”)."""
    return _for_readers(f"{round_half_up(value, places):,f}")


def grouped(number: int) -> str:
    """Return a whole number with its thousands apart, as the language in use does («9 312», “9,312”)."""
    return _for_readers(f"{number:,}")


def decimal_text(text: str) -> str:
    """Return machine text with a point («18.4») with the decimal sign of the language in use."""
    return text.replace(".", get_format("DECIMAL_SEPARATOR"))


def _for_readers(text: str) -> str:
    return _written(text, get_format("THOUSAND_SEPARATOR"), get_format("DECIMAL_SEPARATOR"))


def _written(text: str, thousands: str, decimal: str) -> str:
    return text.translate({ord(","): thousands, ord("."): decimal, ord("-"): MINUS})


def points_text(current: Exact | None, previous: Exact | None, places: int = 1) -> str | None:
    """Return the change between two shares in percentage points («+10,8», «−1,1», «0,0»).

    Both arguments are unrounded shares (0–1), so the change may differ by 0.1 from the difference of
    two printed percents: the printed ones were rounded already. None when either share is unknown.
    """
    if current is None or previous is None:
        return None
    text = number_text((_exact(current) - _exact(previous)) * 100, places)
    is_zero = not text.strip("0.,")
    return text if is_zero or text.startswith(MINUS) else f"+{text}"


def _exact(value: Exact) -> Fraction:
    if isinstance(value, float):
        raise TypeError("a float has already lost the exact figure: pass int, Decimal or Fraction")
    return Fraction(value)
