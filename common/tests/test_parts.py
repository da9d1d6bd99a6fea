"""The beginning of a list that is read whole."""

import pytest

from common.parts import beginning


@pytest.mark.parametrize("asked", ["", "x", "-5", "3", "9999999"])
def test_a_list_begins_with_one_step_when_no_more_is_asked_for(asked):
    part = beginning(range(45), asked)

    assert (len(part.rows), part.more, part.left) == (20, 20, 25)


def test_the_next_address_adds_a_step_and_the_last_one_the_rest():
    part = beginning(range(45), "40")

    assert (len(part.rows), part.more, part.next_size, part.next_number) == (40, 5, 45, 41)
    assert beginning(range(45), "45").left == 0
