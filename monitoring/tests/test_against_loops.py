"""Every figure equals plain loops over the rows, in random small municipalities."""

import calendar
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring.compute import Level, compute
from monitoring.definitions import definitions
from monitoring.people import MANY, People, has_people
from monitoring.period import ReportingPeriod
from monitoring.reasons import OUTSIDE, Standing
from monitoring.tests.worlds import (
    FORMS,
    LACKING,
    Bond,
    Built,
    Human,
    Numbers,
    Reply,
    School,
    World,
    build,
    expected,
    lacking,
    participants,
)
from orgs.models import Organization
from orgs.scope import Scope

pytestmark = pytest.mark.django_db

SHARED = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def birth_dates(as_of: date) -> st.SearchStrategy:
    """Days around the birthdays that decide: 10, 15, 18 and 19 years, and 29 February."""

    def day(age: int, shift: int) -> date:
        year = as_of.year - age
        last = calendar.monthrange(year, as_of.month)[1]
        return date(year, as_of.month, min(as_of.day, last)) + timedelta(days=shift)

    around = st.builds(day, st.sampled_from([9, 10, 11, 14, 15, 16, 18, 19, 20]), st.integers(-1, 1))
    leap = st.sampled_from([date(2000, 2, 29), date(2004, 2, 29), date(2008, 2, 29), date(2012, 2, 29)])
    return st.one_of(around, leap)


@st.composite
def worlds(draw) -> World:
    year = draw(st.sampled_from([2020, 2021]))
    as_of = draw(
        st.sampled_from(
            [
                date(year, 12, 31),
                date(year, 3, 1) - timedelta(days=1),
                date(year, 3, 1),
                date(year, 6, 30),
                date(year + 1, 1, 15),
            ]
        )
    )
    edges = [
        date(year - 1, 12, 31),
        date(year, 1, 1),
        date(year, 5, 25),
        as_of,
        as_of + timedelta(days=1),
        date(year, 12, 31),
        date(year + 1, 1, 1),
    ]
    schools = draw(
        st.lists(
            st.builds(
                School,
                status=st.sampled_from(["active", "active", "active", "closed"]),
                closed_on=st.sampled_from([None, None, None, *edges]),
                foreign=st.sampled_from([False, False, False, True]),
            ),
            min_size=1,
            max_size=4,
        )
    )
    places = st.integers(0, len(schools) - 1)
    numbers = draw(
        st.lists(
            st.builds(
                _numbers,
                places,
                st.sampled_from(edges),
                st.sampled_from([None, 0, 1, 2, 5]),
                st.sampled_from([None, 0, 1, 3]),
            ),
            max_size=6,
            unique_by=lambda row: (row.school, row.on),
        )
    )
    born = st.one_of(st.none(), st.integers(year - 20, year - 8), birth_dates(as_of))
    # Few names, so that namesakes are common.
    humans = draw(
        st.lists(
            st.builds(Human, born=born, name=st.sampled_from(["Белов", "Иванов"])), min_size=2, max_size=7
        )
    )
    people = st.integers(0, len(humans) - 1)
    bonds = draw(
        st.lists(
            st.builds(
                Bond,
                school=places,
                mentor=people,
                mentee=people,
                form=st.sampled_from(sorted(FORMS)),
                start=st.sampled_from([None, *edges]),
                end=st.sampled_from([None, *edges]),
                program=st.sampled_from(["", "draft", "running"]),
            ).filter(_possible),
            max_size=10,
            unique_by=lambda bond: (bond.school, bond.mentor, bond.mentee),
        )
    )
    replies = draw(
        st.lists(
            st.builds(
                Reply,
                school=places,
                role=st.sampled_from(["mentor", "mentee"]),
                on=st.sampled_from(edges),
                joint=st.integers(5, 9),
                result=st.integers(5, 9),
                enjoyed=st.booleans(),
                wave=st.sampled_from([1, 2, 2]),
            ),
            max_size=8,
        )
    )
    return World(year, as_of, tuple(schools), tuple(numbers), tuple(humans), tuple(bonds), tuple(replies))


def _numbers(school: int, on: date, base: int | None, teachers: int | None) -> Numbers:
    """All pupils are at least those of an age, as the database demands."""
    return Numbers(school, on, total=base and base + 1, aged=base, older=base and base - 1, teachers=teachers)


def _possible(bond: Bond) -> bool:
    in_order = bond.start is None or bond.end is None or bond.start <= bond.end
    return bond.mentor != bond.mentee and in_order


def check_figures(world: World) -> None:
    with transaction.atomic():
        built = build(world)
        period = ReportingPeriod.of(world.year, world.as_of)
        places = Organization.objects.filter(municipality=built.municipality)
        by_loops = expected(world)
        chosen = definitions(built.municipality, world.year, by_loops)
        figures = compute(chosen, places, period)
        numbers = {school.pk: number for number, school in enumerate(built.schools)}
        for definition in chosen:
            code = definition.code
            computed = {
                numbers[place.id]: (figure.numerator, figure.denominator)
                for place, figure in figures.with_base(code)
            }
            total = figures.totals[code]
            if total.has_base and places.exists():
                computed[None] = (total.numerator, total.denominator)
            assert computed == by_loops[code], (code, world)
            if has_people(definition):
                people = People(definition, places, period, Scope.everything())
                assert people.counted().count() == (total.numerator or 0), (code, world)
                listed = set(people.counted().values_list("pk", flat=True))
                assert not listed & set(people.not_counted().values_list("pk", flat=True))
                check_reasons(world, built, people)
        for side in ("mentee", "mentor"):
            code = f"{side}_satisfaction"
            assert figures.totals[code].participants == participants(world, side, None), world
            for place in figures.places:
                own = figures.by_organization[code][place.id].participants
                assert own == participants(world, side, numbers[place.id]), world
        only_totals = compute(chosen, places, period, Level.TOTAL)
        assert only_totals.totals == figures.totals
        transaction.set_rollback(True)


def check_reasons(world: World, built: Built, people: People) -> None:
    """Each person has the reason of the loops: one by one, counted at once, listed either way."""
    if people.definition.code not in LACKING:
        return
    by_loops = {
        built.people[human].pk: lack
        for human, lack in lacking(world, *LACKING[people.definition.code]).items()
    }
    read = dict(people.counted().values_list("pk", "reason"))
    read |= dict(people.not_counted().values_list("pk", "reason"))
    assert read == by_loops, world
    assert people.standings() == dict(Counter(by_loops.values())), world
    for standing in (Standing.NOT_COUNTED, Standing.OUTSIDE):
        for number in (1, MANY):
            listed = set(people.listed(standing, "", number).values_list("pk", flat=True))
            assert listed == {
                pk
                for pk, lack in by_loops.items()
                if lack != Standing.COUNTED and (lack in OUTSIDE) == (standing == Standing.OUTSIDE)
            }, world


@given(world=worlds())
@settings(SHARED, max_examples=50)
def test_every_figure_equals_plain_loops(world):
    check_figures(world)


@pytest.mark.long
@given(world=worlds())
@settings(SHARED, max_examples=1000)
def test_every_figure_equals_plain_loops_in_a_thousand_worlds(world):
    check_figures(world)
