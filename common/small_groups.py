"""Small groups of respondents: which numbers are not told, so that nobody's answer follows from the others.

A hidden group must not follow from a total and the other groups either, so with too few answers hidden in
all, the next smallest group is hidden with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

LEAST_ANSWERS = 5


def hidden_among(sizes: Mapping[int, int | None], groups: Mapping[int, object] | None = None) -> set[int]:
    """Ids hidden for their numbers of answers, or to keep those from being worked out.

    Districts whose totals are hidden are looked at together: their sum is what the others leave of the whole.
    """
    answered = _by_group(sizes, groups)
    without_total = _hidden_in_group(_sums(answered))
    together: dict[int, int] = {}
    for group in without_total:
        together |= answered.pop(group)
    return set().union(*(_hidden_in_group(group) for group in (together, *answered.values())))


def hides_total(
    sizes: Mapping[int, int | None], groups: Mapping[int, object] | None, part: Collection[int]
) -> bool:
    """Whether the sum over a part is hidden, when those of the whole and of every district can be asked for.

    The part may be a school, a district, or organizations chosen one by one.
    """
    answered = {pk: size for pk, size in sizes.items() if size}
    inside = {pk for pk in part if pk in answered}
    if not inside:
        return False
    if sum(answered[pk] for pk in inside) < LEAST_ANSWERS:
        return True
    if len(inside) == len(answered):
        return False
    by_group = _by_group(sizes, groups)
    whole = next((group for group, own in by_group.items() if own.keys() == inside), None)
    if whole is not None and groups:
        return whole in _hidden_in_group(_sums(by_group))
    return bool(inside & hidden_among(sizes, groups))


def _by_group(
    sizes: Mapping[int, int | None], groups: Mapping[int, object] | None
) -> dict[object, dict[int, int]]:
    found: dict[object, dict[int, int]] = defaultdict(dict)
    for pk, size in sizes.items():
        if size:
            found[groups.get(pk) if groups else None][pk] = size
    return found


def _sums(groups: Mapping[object, Mapping[int, int]]) -> dict[object, int]:
    return {group: sum(own.values()) for group, own in groups.items()}


def _hidden_in_group(sizes: Mapping[Any, int]) -> set[Any]:
    hidden = {key for key, size in sizes.items() if size < LEAST_ANSWERS}
    # A district may be none at all, and stands before the others then.
    shown = sorted((key for key in sizes if key not in hidden), key=lambda key: (sizes[key], key or 0))
    while hidden and shown and (len(hidden) == 1 or sum(sizes[key] for key in hidden) < LEAST_ANSWERS):
        hidden.add(shown.pop(0))
    return hidden
