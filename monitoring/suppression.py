"""Small groups of respondents: pages, reports and the API show no figure of fewer than five answers.

Which groups are hidden with a small one, ``common.small_groups`` decides; here that is asked of indicators.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from common.small_groups import LEAST_ANSWERS, hidden_among, hides_total
from monitoring.definitions import Definition
from monitoring.figures import Figure
from monitoring.sources import ANSWERS


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


def _sizes(definition: Definition, figures: Mapping[int, Figure]) -> dict[int, int | None]:
    if not counts_answers(definition):
        return {}
    return {pk: figure.denominator for pk, figure in figures.items()}


def counts_answers(definition: Definition) -> bool:
    """Whether the figure stands on answers of a survey, which nobody may be recognised by."""
    return definition.denominator is not None and definition.denominator.source is ANSWERS
