"""The constructed vectors: four schools of 2021, a survey of forty, targets of the roadmap."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from common.rounding import percent_text, points_text, share
from monitoring.compute import compute
from monitoring.definitions import definitions
from monitoring.enums import FigureState, TargetStatus, Unit
from monitoring.figures import Figure, missing_of, status_of
from monitoring.period import ReportingPeriod
from monitoring.tests.factories import TargetFactory
from monitoring.tests.worlds import Bond, Human, Numbers, Reply, School, World, build
from orgs.models import Organization

pytestmark = pytest.mark.django_db

# Children 10–18, mentees of them, children 15–18, mentors of them, teachers, mentees of them.
SCHOOLS = (
    (412, 83, 150, 3, 40, 16),
    (96, 48, 30, 1, 12, 3),
    (805, 121, 310, 9, 61, 31),
    (57, 0, 0, 0, 8, 4),
)
BEGAN = date(2021, 9, 1)


def four_schools() -> World:
    humans, bonds, numbers = [], [], []
    for school, (aged, mentees, older, mentors, teachers, taught) in enumerate(SCHOOLS):
        numbers.append(
            Numbers(school, date(2021, 9, 20), total=aged * 2, aged=aged, older=older, teachers=teachers)
        )
        leaders = [len(humans) + number for number in range(max(mentors, 1))]
        humans += [Human(born=2005)] * len(leaders)
        for number in range(mentees):
            # Where no pupil is a mentor, and for the rest, an adult of the school leads.
            leader, form = (
                (leaders[number % mentors], "pupil_pupil") if mentors else (leaders[0], "teacher_pupil")
            )
            bonds.append(Bond(school, leader, len(humans), form, BEGAN))
            humans.append(Human(born=2009))
        for _ in range(taught):
            bonds.append(Bond(school, leaders[0], len(humans), "teacher_teacher", BEGAN))
            humans.append(Human(born=1990))
    return World(2021, date(2021, 12, 31), (School(),) * 4, tuple(numbers), tuple(humans), tuple(bonds))


@pytest.fixture
def computed():
    built = build(four_schools())
    for code, target in (("pupil_mentees", 20), ("pupil_mentors", 2), ("teacher_mentees", 40)):
        TargetFactory(municipality=built.municipality, indicator__code=code, year=2021, value=Decimal(target))
    chosen = definitions(built.municipality, 2021)
    places = Organization.objects.filter(municipality=built.municipality)
    return chosen, compute(chosen, places, ReportingPeriod.of(2021))


def test_the_municipality_is_the_sum_over_schools_and_no_mean_of_percents(computed):
    chosen, figures = computed
    by_code = {definition.code: definition for definition in chosen}
    found = {
        code: (
            figures.totals[code].numerator,
            figures.totals[code].denominator,
            figures.totals[code].value,
            status_of(figures.totals[code].amount, by_code[code].target),
        )
        for code in ("pupil_mentees", "pupil_mentors", "teacher_mentees")
    }

    assert found == {
        # The mean of the schools' percents is 21.3 and would be «reached».
        "pupil_mentees": (252, 1370, "18.4", TargetStatus.CLOSE),
        "pupil_mentors": (13, 490, "2.7", TargetStatus.REACHED),
        "teacher_mentees": (54, 121, "44.6", TargetStatus.REACHED),
    }
    assert missing_of(figures.totals["pupil_mentees"], Decimal(20)) == 22


def test_each_school_has_its_own_percent_and_a_dash_for_an_empty_base(computed):
    _chosen, figures = computed
    values = {
        code: [figure.value for _place, figure in figures.with_base(code)]
        for code in ("pupil_mentees", "pupil_mentors", "teacher_mentees")
    }

    assert values == {
        "pupil_mentees": ["20.1", "50.0", "15.0", "0.0"],
        "pupil_mentors": ["2.0", "3.3", "2.9", None],
        "teacher_mentees": ["40.0", "25.0", "50.8", "50.0"],
    }
    last = figures.with_base("pupil_mentors")[-1][1]
    assert (last.numerator, last.denominator, last.state) == (0, 0, FigureState.EMPTY_BASE)


def test_satisfaction_has_respondents_participants_and_the_response_rate():
    # Given 40 mentees of whom 32 answered: sums of the two scores from 20 down to 2.
    scores = [10] * 8 + [9] * 6 + [8] * 7 + [7] * 5 + [6] * 3 + [5] * 2 + [1]
    humans = tuple(Human(born=2009) for _ in range(41))
    bonds = tuple(Bond(0, 40, number, start=BEGAN) for number in range(40))
    replies = tuple(Reply(0, "mentee", date(2021, 5, 20), score, score) for score in scores)
    built = build(World(2021, date(2021, 12, 31), (School(),), (), humans, bonds, replies))

    chosen = definitions(built.municipality, 2021, ["mentee_satisfaction"])
    places = Organization.objects.filter(municipality=built.municipality)
    total = compute(chosen, places, ReportingPeriod.of(2021)).totals["mentee_satisfaction"]

    assert (total.numerator, total.denominator, total.value) == (26, 32, "81.3")
    assert (total.participants, total.response_rate, total.value_of_participants) == (40, "80.0", "65.0")
    assert status_of(total.amount, Decimal(75)) == TargetStatus.REACHED


def figure(numerator, denominator, unit=Unit.PERCENT, state=FigureState.OK) -> Figure:
    return Figure("pupil_mentees", None, unit, numerator, denominator, state)


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "status"),
    [
        (4996, 10_000, "50", TargetStatus.CLOSE),  # 49,96 prints as 50,0 and is not reached
        (1, 2, "50", TargetStatus.REACHED),
        (45, 100, "50", TargetStatus.CLOSE),
        (4499, 10_000, "50", TargetStatus.BEHIND),
        (375, 1000, "50", TargetStatus.BEHIND),
        (3749, 10_000, "50", TargetStatus.FAR_BEHIND),
        (0, 100, "0", TargetStatus.REACHED),
        (650, 1000, "65.00", TargetStatus.REACHED),
    ],
)
def test_the_unrounded_share_meets_the_target(numerator, denominator, target, status):
    assert status_of(figure(numerator, denominator).amount, Decimal(target)) == status


def test_statuses_without_a_target_and_without_data():
    assert status_of(Fraction(1, 2), None) == TargetStatus.NO_TARGET
    assert status_of(None, Decimal(50)) == TargetStatus.NO_DATA
    assert status_of(Fraction(30), Decimal(20), "down") == TargetStatus.FAR_BEHIND
    assert status_of(Fraction(20), Decimal(20), "down") == TargetStatus.REACHED


@pytest.mark.parametrize(
    ("numerator", "denominator", "target", "missing"),
    [(252, 1370, "20", 22), (20, 100, "20", 0), (30, 100, "20", 0), (0, 3, "33.34", 2), (0, 7, "0", 0)],
)
def test_missing_people_is_the_target_rounded_up(numerator, denominator, target, missing):
    assert missing_of(figure(numerator, denominator), Decimal(target)) == missing


def test_nothing_is_missing_where_nothing_can_be_said():
    no_data = figure(None, None, state=FigureState.NO_DATA)
    assert missing_of(no_data, Decimal(20)) is None
    assert missing_of(figure(1, 10), None) is None
    assert missing_of(figure(3, None, unit=Unit.COUNT), Decimal(5)) == 2


def test_dynamics_are_in_percentage_points():
    assert percent_text(83, 400) == "20.8"
    assert points_text(share(130, 412), share(83, 400)) == "+10,8"
