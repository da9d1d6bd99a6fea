"""Russian numbers, dates and endings of the generated documents."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from monitoring.enums import Unit
from monitoring.reports import wording


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1 школа"),
        (2, "2 школы"),
        (5, "5 школ"),
        (11, "11 школ"),
        (14, "14 школ"),
        (21, "21 школа"),
        (112, "112 школ"),
        (1_203, "1 203 школы"),
    ],
)
def test_noun_after_a_number_has_its_ending(number, text):
    assert wording.counted(number, "школа", "школы", "школ").replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1 человека"), (2, "2 человек"), (21, "21 человека"), (11, "11 человек")]
)
def test_genitive_has_two_endings(number, text):
    assert wording.of_counted(number, "человека", "человек") == text.replace(" ", "\u00a0")


def test_values_have_a_comma_and_keep_their_unit_on_the_line():
    assert wording.amount(Fraction(252 * 100, 1370), Unit.PERCENT) == "18,4\u00a0%"
    assert wording.amount(Fraction(1234), Unit.COUNT) == "1\u00a0234"


@pytest.mark.parametrize(
    ("target", "text"),
    [(Decimal("20"), "20\u00a0%"), (Decimal("12.50"), "12,5\u00a0%"), (Decimal("2.25"), "2,25\u00a0%")],
)
def test_targets_are_written_without_needless_zeros(target, text):
    assert wording.amount(Fraction(target), Unit.PERCENT, exact=True) == text


def test_changes_carry_a_typographic_sign():
    assert [wording.signed(Fraction(value)) for value in ("10.84", "-1.1", "0.04")] == [
        "+10,8",
        "−1,1",
        "0,0",
    ]
    assert wording.points(Fraction("-1.1")) == "1,1\u00a0п.\u00a0п."


def test_dates_are_written_out():
    assert wording.long_date(date(2026, 12, 31)) == "31\u00a0декабря 2026\u00a0г."


def test_sentence_ends_with_one_full_stop():
    assert wording.sentence("приказ от 1 мая 2021 г.") == "Приказ от 1 мая 2021 г."
    assert wording.sentence("цель не установлена") == "Цель не установлена."


def test_number_of_a_school_stays_on_its_line():
    assert wording.name("СОШ № 17 ") == "СОШ №\u00a017"
    assert wording.name("СОШ №17") == "СОШ №\u00a017"


def test_lists_end_with_and():
    assert wording.joined(["3", "7", "11"]) == "3, 7 и 11"
    assert wording.joined(["3"]) == "3"
