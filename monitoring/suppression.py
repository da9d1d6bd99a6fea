"""Small groups of respondents: pages, reports and the API show no figure of fewer than five answers.

A hidden school must not follow from the total and the other schools either, so with too few answers
hidden in all, the next smallest school is hidden with it (``trust.md``, F6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

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
    if not counts_answers(definition):
        return set()
    return hidden_among({pk: figure.denominator for pk, figure in figures.items()}, groups)


def hidden_among(sizes: Mapping[int, int | None], groups: Mapping[int, object] | None = None) -> set[int]:
    """Ids hidden for their numbers of answers, or to keep those from being worked out."""
    answered: dict[object, dict[int, int]] = defaultdict(dict)
    for pk, size in sizes.items():
        if size:
            answered[groups.get(pk) if groups else None][pk] = size
    return set().union(*(_hidden_in_group(group) for group in answered.values()))


def _hidden_in_group(sizes: Mapping[int, int]) -> set[int]:
    hidden = {pk for pk, size in sizes.items() if size < LEAST_ANSWERS}
    shown = sorted((pk for pk in sizes if pk not in hidden), key=lambda pk: (sizes[pk], pk))
    while hidden and shown and (len(hidden) == 1 or sum(sizes[pk] for pk in hidden) < LEAST_ANSWERS):
        hidden.add(shown.pop(0))
    return hidden


def counts_answers(definition: Definition) -> bool:
    """Whether the figure stands on answers of a survey, which nobody may be recognised by."""
    return definition.denominator is not None and definition.denominator.source is ANSWERS
