"""Figures of fewer than five answers are not shown, and cannot be worked out from the others."""

import pytest

from monitoring.definitions import definitions
from monitoring.enums import FigureState
from monitoring.figures import Figure
from monitoring.suppression import is_few, suppressed
from orgs.tests.factories import MunicipalityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]


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
def test_small_groups_are_hidden_together(sizes, hidden):
    (satisfaction,) = definitions(MunicipalityFactory(), 2026, ["mentee_satisfaction"])

    assert suppressed(satisfaction, figures(*sizes)) == hidden


def test_a_district_by_itself_gives_no_hidden_school_away():
    (satisfaction,) = definitions(MunicipalityFactory(), 2026, ["mentee_satisfaction"])
    districts = {0: "north", 1: "south", 2: "south", 3: "north"}

    # Together the smallest school would do; in the north its total less the other school would tell.
    assert suppressed(satisfaction, figures(4, 5, 9, 20), districts) == {0, 3}
    assert suppressed(satisfaction, figures(4, 5, 9, 20)) == {0, 1}


def test_figures_that_count_no_answers_are_never_hidden():
    (mentees,) = definitions(MunicipalityFactory(), 2026, ["pupil_mentees"])

    assert suppressed(mentees, figures(1, 2)) == set()
    assert not is_few(mentees, figures(1)[0])
