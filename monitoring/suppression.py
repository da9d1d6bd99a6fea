"""Small groups of respondents: pages, reports and the API show no figure of fewer than five answers.

A hidden school must not follow from the total and the other schools either, so with too few answers
hidden in all, the next smallest school is hidden with it (``trust.md``, F6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from monitoring.definitions import Definition
from monitoring.figures import Figure
from monitoring.sources import ANSWERS

LEAST_ANSWERS = 5


def is_few(definition: Definition, figure: Figure) -> bool:
    """Whether the figure alone is too small to be shown."""
    return counts_answers(definition) and 0 < (figure.denominator or 0) < LEAST_ANSWERS


def suppressed(
    definition: Definition, figures: Mapping[int, Figure], groups: Mapping[int, object] | None = None
) -> set[int]:
    """Ids of organizations whose figures are not shown above the operator's command.

    ``groups`` maps an organization to its district: a total is shown of each district too, so the schools
    of every district by themselves must not give the hidden one away.
    """
    return hidden_among(_sizes(definition, figures), groups)


def total_is_hidden(
    definition: Definition,
    figures: Mapping[int, Figure],
    groups: Mapping[int, object] | None,
    part: Collection[int],
) -> bool:
    """Whether the total of a part of the organizations is not shown: few answers, or it would tell of few."""
    return hides_total(_sizes(definition, figures), groups, part)


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


def _sizes(definition: Definition, figures: Mapping[int, Figure]) -> dict[int, int | None]:
    if not counts_answers(definition):
        return {}
    return {pk: figure.denominator for pk, figure in figures.items()}


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


def counts_answers(definition: Definition) -> bool:
    """Whether the figure stands on answers of a survey, which nobody may be recognised by."""
    return definition.denominator is not None and definition.denominator.source is ANSWERS
