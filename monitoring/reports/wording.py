"""Russian words and numbers of the generated documents, which are Russian in any interface language."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from fractions import Fraction

from common.rounding import grouped, number_ru, round_half_up
from monitoring.enums import Unit
from monitoring.period import ReportingPeriod

NBSP = "\u00a0"
DASH = "–"
NO_DATA = "нет данных"
FEW = "недостаточно ответов"
HIDDEN = "…"
SUMMED = (
    "Общие значения – суммы зафиксированных значений организаций: "
    "участник программ двух организаций учтён дважды"
)
LONGEST_UNBROKEN = 22
_MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


_SPANS = {"": ("год", "учебный год"), "with": ("годом", "учебным годом"), "of": ("года", "учебного года")}


def span(period: ReportingPeriod, case: str = "", *, back: int = 0) -> str:
    """«2026 год», «2025/26 учебный год»; ``case``: «with» 2025 «годом», «of» 2026 «года»; ``back`` years."""
    whole = ReportingPeriod(period.year - back, period.as_of, period.school)
    return f"{whole.name} {_SPANS[case][period.school]}"


def borders(period: ReportingPeriod) -> str:
    """How the rules, which speak of a calendar year, are to be read in a report on a school year."""
    return (
        f"Отчёт составлен за {span(period)}: вместо 1 января и 31 декабря отчётного года в правилах стоят "
        f"{long_date(period.start)} и {long_date(period.end)}"
        f", самоаудиты и цели взяты за {period.year} год."
    )


def word_for(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun that stands after the number: школа, школы, школ."""
    tens, units = number % 100, number % 10
    if 10 < tens < 20 or units == 0 or units > 4:
        return many
    return one if units == 1 else few


def counted(number: int, one: str, few: str, many: str) -> str:
    """«2 школы»."""
    return f"{grouped(number)}{NBSP}{word_for(number, one, few, many)}"


def of_counted(number: int, one: str, many: str) -> str:
    """«22 человек» after words that take the genitive (не хватает, не менее, из)."""
    return f"{grouped(number)}{NBSP}{word_for(number, one, many, many)}"


def of_organizations(number: int) -> str:
    """«из 28 организаций»."""
    return of_counted(number, "организации", "организаций")


def in_organizations(number: int) -> str:
    """«в 21 организации»."""
    return of_counted(number, "организации", "организациях")


def percent(amount: Fraction) -> str:
    """«18,4 %»."""
    return f"{number_ru(amount)}{NBSP}%"


def amount(value, unit: str, *, exact: bool = False) -> str:
    """A value in the unit of its indicator; ``exact`` leaves out a needless zero, as targets are written."""
    if unit == Unit.COUNT:
        return grouped(int(round_half_up(value, 0)))
    if not exact:
        return percent(value)
    places = next((places for places in (0, 1) if round_half_up(value, places) == value), 2)
    return f"{number_ru(value, places)}{NBSP}%"


def signed(value: Fraction, places: int = 1) -> str:
    """«+10,8», «−1,1», «0,0»."""
    text = number_ru(value, places)
    return text if text.startswith("−") or not text.strip("0,") else f"+{text}"


def points(value: Fraction) -> str:
    """«10,8 п. п.» without a sign."""
    return f"{number_ru(abs(value))}{NBSP}п.{NBSP}п."


def long_date(day: datetime.date) -> str:
    """«31 декабря 2026 г.»."""
    return f"{day.day}{NBSP}{_MONTHS[day.month - 1]} {day.year}{NBSP}г."


def name(text: str) -> str:
    """A name typed by users, with its number kept beside its sign: «СОШ № 17»."""
    return re.sub(r"№\s*(?=\d)", f"№{NBSP}", text.strip())


def unbroken(text: str) -> str:
    """A short name that stays on one line of a table; longer ones may fold."""
    return text.replace(" ", NBSP) if len(text) <= LONGEST_UNBROKEN else text


def listed(texts: Iterable[str]) -> str:
    """«СОШ № 1, СОШ № 4»."""
    return ", ".join(texts)


def joined(texts: list[str]) -> str:
    """«3, 7 и 11»."""
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} и {texts[-1]}"


def sentence(text: str) -> str:
    """The text with a capital letter and one full stop at its end."""
    text = text.strip()
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
