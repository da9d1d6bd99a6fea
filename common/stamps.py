"""The stamp in the foot of a page: how fresh its data are, so that a printed page says so itself."""

from __future__ import annotations

import datetime
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def in_words(moment: datetime.datetime) -> str:
    """«25 ноября 2026, 14:05»."""
    return _minute_in_words(localtime(moment).replace(second=0, microsecond=0), get_language())


@lru_cache(maxsize=64)
def _minute_in_words(minute: datetime.datetime, language: str | None) -> str:
    # Every page says it, and thousands of pages say the same minute.
    return date_format(minute, "j E Y, H:i")


def of_data() -> str:
    """The stamp of a page that was made out of the data as they stand."""
    return _("Data as of %(moment)s") % {"moment": in_words(now())}


def of_figures(as_of: datetime.date, counted: datetime.datetime | None = None) -> str:
    """The stamp of figures: for which day, and when they were counted (now, when no moment is given)."""
    return _("Indicators as of %(day)s, counted on %(moment)s") % {
        "day": f"{as_of:%d.%m.%Y}",
        "moment": in_words(counted or now()),
    }
