"""Ages that are hardly right: forms warn of them, as workbooks do, and never refuse them."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.cells import Birth
from common.dates import age_on, today
from mentors.enums import Population, Side
from mentors.imports.base import YOUNGEST_MENTEE, YOUNGEST_PUPIL_MENTOR

# Evening schools teach up to the twenties.
OLDEST_PUPIL = 25


def age_of(birth: Birth, on: datetime.date | None) -> int:
    """Full years on the day, or today; from the year alone it may be one too many."""
    day = on or today()
    return age_on(birth.date, day) if birth.date else day.year - birth.year


def doubt_about_age(birth: Birth, on: datetime.date | None, *, side: str, population: str) -> str:
    """A sentence about an age that is hardly right, or empty text."""
    if not birth:
        return ""
    age = age_of(birth, on)
    if side == Side.MENTEE and 0 <= age < YOUNGEST_MENTEE:
        return _("The mentee is %(age)s on the day of joining. Check the year of birth.") % {
            "age": _years(age)
        }
    if side == Side.MENTOR and population == Population.PUPIL and 0 <= age < YOUNGEST_PUPIL_MENTOR:
        return _(
            "A pupil who mentors is usually %(least)d or older, this one is %(age)s. Check the year of birth."
        ) % {"least": YOUNGEST_PUPIL_MENTOR, "age": _years(age)}
    if population == Population.PUPIL and age > OLDEST_PUPIL:
        return _("A pupil of %(age)s: check the year of birth or who it is.") % {"age": _years(age)}
    return ""


def _years(age: int) -> str:
    return ngettext("%(n)d year old", "%(n)d years old", age) % {"n": age}
