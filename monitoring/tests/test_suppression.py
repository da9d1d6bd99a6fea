"""Figures of fewer than five answers are not shown, and cannot be worked out from the others."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.small_groups import LEAST_ANSWERS, hidden_among, hides_total
from monitoring.definitions import definitions
from monitoring.enums import FigureState
from monitoring.figures import Figure
from monitoring.suppression import is_few, suppressed
from orgs.tests.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def satisfaction(indicators):
    (found,) = definitions(MunicipalityFactory(), 2026, ["mentee_satisfaction"])
    return found


def figures(*sizes):
    return {
        number: Figure("mentee_satisfaction", number, "percent", 0, size, FigureState.OK)
        for number, size in enumerate(sizes)
    }


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ((5, 6, 7), set()),
        ((4, 6, 7), {0, 1}),  # alone it would follow from the total
        ((4, 4, 7), {0, 1}),
        ((1, 2, 9, 8), {0, 1, 3}),  # three answers in all are still too few
        ((4,), {0}),
        ((0, 9), set()),
    ],
)
def test_small_groups_are_hidden_together(sizes, hidden, satisfaction):
    assert suppressed(satisfaction, figures(*sizes)) == hidden


def test_a_district_by_itself_gives_no_hidden_school_away(satisfaction):
    districts = {0: "north", 1: "south", 2: "south", 3: "north"}

    # Together the smallest school would do; in the north its total less the other school would tell.
    assert suppressed(satisfaction, figures(4, 5, 9, 20), districts) == {0, 3}
    assert suppressed(satisfaction, figures(4, 5, 9, 20)) == {0, 1}


def test_figures_that_count_no_answers_are_never_hidden(indicators):
    (mentees,) = definitions(MunicipalityFactory(), 2026, ["pupil_mentees"])

    assert suppressed(mentees, figures(1, 2)) == set()
    assert not is_few(mentees, figures(1)[0])


def test_a_district_with_few_answers_is_not_the_rest_of_the_municipality():
    districts = {0: "north", 1: "south", 2: "south", 3: "west", 4: "west"}
    sizes = {0: 3, 1: 10, 2: 12, 3: 20, 4: 30}

    # The whole less the south and the west would be the north, so the south is not told either …
    assert [hides_total(sizes, districts, part) for part in ([0], [1, 2], [3, 4], [0, 1, 2, 3, 4])] == [
        True,
        True,
        False,
        False,
    ]
    # … and of its schools one is hidden, or they would make up the south.
    assert hidden_among(sizes, districts) == {0, 1}


def test_chosen_organizations_with_a_hidden_one_among_them_have_no_total():
    districts = {0: "north", 1: "north", 2: "north", 3: "south"}
    sizes = {0: 4, 1: 6, 2: 20, 3: 9}

    assert hides_total(sizes, districts, [1, 2])
    assert not hides_total(sizes, districts, [2, 3])
    assert not hides_total(sizes, districts, [])


municipalities = st.lists(st.tuples(st.integers(1, 9), st.sampled_from("АБВ")), min_size=1, max_size=6)


@given(municipalities)
@settings(deadline=None, max_examples=150)
def test_nothing_that_is_shown_adds_up_to_a_few_answers(schools):
    """Every sum that can be asked for is a row; a group of few must not be a combination of shown rows."""
    sizes = {number: size for number, (size, _district) in enumerate(schools)}
    districts = {number: district for number, (_size, district) in enumerate(schools)}
    parts = [set(part) for count in range(1, len(sizes) + 1) for part in combinations(sizes, count)]
    hidden = hidden_among(sizes, districts)
    shown = [part for part in parts if not hides_total(sizes, districts, part)]
    shown += [{pk} for pk in sizes if pk not in hidden]
    few = [part for part in parts if sum(sizes[pk] for pk in part) < LEAST_ANSWERS]
    rank = matrix_rank(shown, len(sizes))

    assert all(matrix_rank([*shown, part], len(sizes)) > rank for part in few), (schools, shown)


def matrix_rank(parts: list[set[int]], width: int) -> int:
    """How many of the sums over the parts do not follow from the others."""
    rows = [[Fraction(int(place in part)) for place in range(width)] for part in parts]
    rank = 0
    for place in range(width):
        pivot = next((row for row in rows[rank:] if row[place]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(rank, pivot)
        for row in rows:
            if row is not pivot and row[place]:
                factor = row[place] / pivot[place]
                row[:] = [cell - factor * own for cell, own in zip(row, pivot, strict=True)]
        rank += 1
    return rank
