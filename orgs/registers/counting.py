"""Numbers beside the title and on quick filters."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from common.paging import COUNT_LIMIT

if TYPE_CHECKING:
    from orgs.registers.register import Register

# Registers above this size are counted once a minute; a school's are always counted anew.
ALWAYS_FRESH = 2_000
KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows found, rows there are, and rows of each quick filter by its code; bounded."""

    found: int
    whole: int
    quick: dict[str, int]


def count_text(number: int) -> str:
    """The number for people; a count that stopped at its limit says so."""
    if number > COUNT_LIMIT:
        return _("more than 10,000")
    return number_format(number, force_grouping=True) if number > 999 else str(number)


def counts_of(register: Register) -> Counts:
    """The numbers of a register as its address stands; one query or, for large registers, none."""
    # The key holds the search text, which may be a name: a store outside the process gets no sight of it.
    key = "register-" + hashlib.sha256(repr(register.asked).encode()).hexdigest()
    known = cache.get(key)
    if known is not None:
        return known
    counts = Counts(*register.filters.counts(register.source()))
    if counts.whole > ALWAYS_FRESH:
        cache.set(key, counts, KEPT_SECONDS)
    return counts
