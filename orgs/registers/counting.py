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
_NOT_COUNTED = frozenset(
    {"sort", "size", "cols", "density", "view", "after", "before", "at", "panel", "done"}
)


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
    return number_format(number, force_grouping=True)


def counts_of(register: Register) -> Counts:
    """The numbers of a register as its address stands; one query or, for large registers, none."""
    key = _key(register)
    known = cache.get(key)
    if known is not None:
        return known
    counts = Counts(*register.filters.counts(register.source()))
    if counts.whole > ALWAYS_FRESH:
        cache.set(key, counts, KEPT_SECONDS)
    return counts


def _key(register: Register) -> str:
    scope = register.scope
    place = getattr(register.request, "place", None)
    parts = sorted(
        (name, sorted(values)) for name, values in register.params.lists() if name not in _NOT_COUNTED
    )
    seen = [
        register.code,
        scope.user_id,
        sorted(membership.pk for membership in scope.memberships),
        place.pk if place else None,
        register.request.school_year.start_year,
        parts,
    ]
    return "register-" + hashlib.sha256(repr(seen).encode()).hexdigest()
