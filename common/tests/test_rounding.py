"""Percents against hand-made vectors and against brute force."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from common.rounding import (
    decimal_text,
    grouped,
    number_ru,
    number_text,
    percent,
    percent_ru,
    percent_text,
    points_text,
    round_half_up,
    share,
)

# Fictional municipality of four schools, reporting year 2021: (numerator, denominator, printed).
MUNICIPALITY = {
    "children 10-18 as mentees": [
        (83, 412, "20.1"),
        (48, 96, "50.0"),
        (121, 805, "15.0"),
        (0, 57, "0.0"),
        (252, 1370, "18.4"),
    ],
    "children 15-18 as mentors": [
        (3, 150, "2.0"),
        (1, 30, "3.3"),
        (9, 310, "2.9"),
        (0, 0, None),
        (13, 490, "2.7"),
    ],
    "teachers as mentees": [
        (16, 40, "40.0"),
        (3, 12, "25.0"),
        (31, 61, "50.8"),
        (4, 8, "50.0"),
        (54, 121, "44.6"),
    ],
    "young specialists as mentees": [
        (5, 5, "100.0"),
        (0, 0, None),
        (7, 9, "77.8"),
        (0, 1, "0.0"),
        (12, 15, "80.0"),
    ],
}


@pytest.mark.parametrize("rows", MUNICIPALITY.values(), ids=MUNICIPALITY.keys())
def test_each_school_and_the_sum_over_schools_print_as_counted_by_hand(rows):
    assert [percent_text(numerator, denominator) for numerator, denominator, _ in rows] == [
        printed for *_, printed in rows
    ]


@pytest.mark.parametrize("rows", MUNICIPALITY.values(), ids=MUNICIPALITY.keys())
def test_the_last_row_is_the_sum_over_schools_not_the_mean_of_percents(rows):
    *schools, municipality = rows
    assert municipality[0] == sum(row[0] for row in schools)
    assert municipality[1] == sum(row[1] for row in schools)


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"),
    [(1, 8, "13"), (5, 40, "13"), (1, 200, "1"), (199, 200, "100")],
)
def test_a_half_goes_up_where_python_round_goes_to_even(numerator, denominator, whole):
    assert percent_text(numerator, denominator, places=0) == whole


def test_a_value_that_prints_as_the_target_may_still_be_below_it():
    assert percent_text(4996, 10000) == "50.0"
    assert percent(4996, 10000) < 50


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed"),
    [(26, 32, "81,3"), (26, 40, "65,0"), (32, 40, "80,0"), (21, 32, "65,6")],
    ids=["respondents base", "participants base", "response rate", "eight and above"],
)
def test_three_readings_of_one_survey(numerator, denominator, printed):
    assert percent_ru(numerator, denominator) == printed


def test_mean_score_prints_with_two_places():
    assert number_ru(Fraction(254, 32), 2) == "7,94"


def test_thousands_stand_in_groups():
    assert number_ru(3720, 0) == "3\N{NO-BREAK SPACE}720"
    assert number_ru(Fraction(-24_409, 2)) == "−12\N{NO-BREAK SPACE}204,5"
    assert grouped(1_000_000) == "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000"


def test_change_in_points_comes_from_unrounded_shares():
    assert points_text(share(130, 412), share(83, 400)) == "+10,8"
    # 20.75 and 31.55 print as 20.8 and 31.6; the change of the printed ones would hide the next case.
    assert points_text(Fraction(1_049, 10_000), Fraction(951, 10_000)) == "+1,0"
    assert (percent_ru(1_049, 10_000), percent_ru(951, 10_000)) == ("10,5", "9,5")
    assert points_text(Fraction(1_046, 10_000), Fraction(1_054, 10_000)) == "−0,1"
    assert (percent_ru(1_046, 10_000), percent_ru(1_054, 10_000)) == ("10,5", "10,5")


@pytest.mark.parametrize(
    ("current", "previous", "printed"),
    [
        (Fraction(1, 2), Fraction(1, 2), "0,0"),
        (Fraction(10_001, 20_000), Fraction(10_002, 20_000), "0,0"),
        (Fraction(0), Fraction(1), "−100,0"),
        (Fraction(1), Fraction(0), "+100,0"),
        (None, Fraction(1), None),
        (Fraction(1), None, None),
    ],
)
def test_sign_of_a_change(current, previous, printed):
    assert points_text(current, previous) == printed


@pytest.mark.parametrize(("numerator", "denominator"), [(None, 10), (3, None), (None, None), (3, 0), (0, 0)])
def test_no_data_and_empty_base_are_not_zero(numerator, denominator):
    assert share(numerator, denominator) is None
    assert percent_text(numerator, denominator) is None
    assert percent_ru(numerator, denominator) is None


def test_a_float_is_refused_because_its_half_is_not_a_half():
    with pytest.raises(TypeError):
        share(0.1, 3)
    with pytest.raises(ValueError, match="places"):
        round_half_up(Fraction(1, 3), -1)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.integers(0, 6))
def test_rounding_equals_decimal_half_up_of_the_exact_expansion(numerator, denominator, places):
    value = Fraction(numerator, denominator)
    with localcontext() as context:
        context.prec = 60
        # A tie needs a finite expansion of at most places + 1 digits, so 60 digits decide any case.
        expected = (Decimal(numerator) / Decimal(denominator)).quantize(
            Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP
        )
    rounded = round_half_up(value, places)
    assert rounded == expected
    assert abs(Fraction(rounded) - value) * 2 <= Fraction(1, 10**places)
    assert rounded.as_tuple().exponent == -places


@given(st.integers(0, 10**40))
def test_large_numbers_keep_every_digit(number):
    assert f"{round_half_up(number, 2):f}" == f"{number}.00"


def test_pages_in_english_write_every_number_in_one_way():
    numbers = [number_text(Fraction(-24_409, 2)), grouped(9_312), decimal_text("18.4")]
    with override("en"):
        english = [number_text(Fraction(-24_409, 2)), grouped(9_312), decimal_text("18.4")]
        change = points_text(share(130, 412), share(83, 400)), points_text(share(1, 2), share(1, 2))

    assert numbers == ["−12\N{NO-BREAK SPACE}204,5", "9\N{NO-BREAK SPACE}312", "18,4"]
    assert english == ["−12,204.5", "9,312", "18.4"]
    assert change == ("+10.8", "0.0")
