"""Reports on a district and on chosen organizations, live and out of a closed round, against plain sums."""

from datetime import date
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from common.reporting import ReportContext
from monitoring.reports.material import gather
from monitoring.reports.wording import FEW
from monitoring.services import close_round
from monitoring.tests.reportfiles import build_report, read_letter, read_sheet
from monitoring.tests.test_against_loops import SHARED, worlds
from monitoring.tests.worlds import (
    Bond,
    Human,
    Numbers,
    Reply,
    School,
    World,
    build,
    expected,
    participants,
)
from orgs.models import District, Organization
from orgs.scope import Scope

pytestmark = pytest.mark.django_db


def facts(built, year=2021, as_of=None, **part):
    return gather(
        ReportContext(
            scope=Scope.everything(),
            municipality=built.municipality,
            organization=None,
            year=year,
            as_of=as_of or date(year, 12, 31),
            format="xlsx",
            **part,
        )
    )


def counts(material) -> dict[str, tuple]:
    return {
        line.definition.code: (line.total.figure.numerator, line.total.figure.denominator)
        for line in material.lines
        if line.total.figure.has_base
    }


def in_districts(built, *split: int) -> list[District]:
    """The schools handed out to districts in their order, so many to each."""
    edges = [0, *(sum(split[: number + 1]) for number in range(len(split)))]
    found = []
    for number, (first, last) in enumerate(pairwise(edges)):
        district = District.objects.create(municipality=built.municipality, name=f"Район {number + 1}")
        own = [school.pk for school in built.schools[first:last]]
        Organization.objects.filter(pk__in=own).update(district=district)
        found.append(district)
    return found


def summed(by_loops: dict, wanted: set[int]) -> dict[str, tuple]:
    """Sums of the schools' own figures, as a closed round keeps them."""
    found = {}
    for code, own in by_loops.items():
        inside = [figure for school, figure in own.items() if school in wanted]
        if inside:
            found[code] = tuple(sum(figure[part] for figure in inside) for part in (0, 1))
    return found


parts = st.sets(st.integers(0, 3), min_size=1)
# Each world takes a second, so a failing one is shown as it was found.
UNSHRUNK = settings(SHARED, phases=[Phase.explicit, Phase.reuse, Phase.generate])


@given(world=worlds(), picked=parts)
@settings(UNSHRUNK, max_examples=8)
def test_part_of_a_closed_round_is_the_sum_of_its_schools_in_any_world(world, picked):
    check_frozen_part(world, picked)


@given(world=worlds(), picked=parts)
@settings(UNSHRUNK, max_examples=8)
def test_live_figures_of_a_part_count_each_person_once_in_any_world(world, picked):
    check_live_part(world, picked)


@pytest.mark.long
@given(world=worlds(), picked=parts)
@settings(UNSHRUNK, max_examples=200)
def test_parts_are_right_in_two_hundred_worlds(world, picked):
    check_frozen_part(world, picked)
    check_live_part(world, picked)


def check_frozen_part(world: World, picked: set[int]) -> None:
    with transaction.atomic():
        built = build(world)
        inside = {number for number in picked if number < len(world.schools)}
        home = {number for number in inside if not world.schools[number].foreign}
        by_loops = expected(world)
        keys = tuple(built.schools[number].pk for number in sorted(inside)) or (0,)
        close_round(None, municipality=built.municipality, year=world.year, as_of=world.as_of)

        material = facts(built, world.year, world.as_of, organizations=keys)

        found = {code: figure for code, figure in counts(material).items() if code in by_loops}
        assert found == summed(by_loops, home), world
        for side in ("mentee", "mentor"):
            told = material.line(f"{side}_satisfaction").total.figure.participants
            silent = home - by_loops[f"{side}_satisfaction"].keys()
            in_all = sum(participants(world, side, number) for number in home)
            assert told == (in_all if home and not silent else None), world
        transaction.set_rollback(True)


def check_live_part(world: World, picked: set[int]) -> None:
    with transaction.atomic():
        built = build(world)
        inside = {number for number in picked if number < len(world.schools)}
        keys = tuple(built.schools[number].pk for number in sorted(inside)) or (0,)
        # A world in which the other schools are another municipality's.
        part = World(
            world.year,
            world.as_of,
            tuple(
                school if number in inside else School(school.status, school.closed_on, foreign=True)
                for number, school in enumerate(world.schools)
            ),
            world.numbers,
            world.humans,
            world.bonds,
            world.replies,
        )

        found = counts(facts(built, world.year, world.as_of, organizations=keys))

        by_loops = {code: own[None] for code, own in expected(part).items() if None in own}
        assert {code: figure for code, figure in found.items() if code in by_loops} == by_loops, world
        transaction.set_rollback(True)


def city() -> World:
    """Four schools; one pupil has mentors at the first and at the second."""
    humans = [Human(born=2005), *[Human(born=2009)] * 5]
    start = date(2021, 3, 1)
    bonds = [
        Bond(school, 0, mentee, start=start) for school, mentee in ((0, 1), (0, 2), (1, 1), (2, 3), (3, 4))
    ]
    numbers = [Numbers(school, date(2021, 9, 20), aged=10 * (school + 1), older=5) for school in range(4)]
    replies = []
    for school, count in enumerate((9, 12, 20, 3)):
        replies += [Reply(school, "mentee", date(2021, 5, 20))] * count
    return World(
        2021,
        date(2021, 12, 31),
        (School(),) * 4,
        tuple(numbers),
        tuple(humans),
        tuple(bonds),
        tuple(replies),
    )


def test_frozen_district_counts_twice_who_takes_part_at_two_schools_and_says_so():
    built = build(city())
    north, _south = in_districts(built, 2, 2)
    live = counts(facts(built, district=north))["pupil_mentees"]
    close_round(None, municipality=built.municipality, year=2021)

    frozen = counts(facts(built, district=north))["pupil_mentees"]
    letter = read_letter(build_report("spravka", built.municipality, district=north))

    assert (live, frozen) == ((2, 30), (3, 30))
    assert "участник программ двух организаций учтён дважды" in letter.text
    assert "Район 1\n(муниципалитет:" in letter.text
    assert "СОШ № 3" not in letter.text


def test_frozen_district_stays_as_it_was_published():
    built = build(city())
    north, _south = in_districts(built, 2, 2)
    close_round(None, municipality=built.municipality, year=2021)
    before = counts(facts(built, district=north))
    Organization.objects.filter(pk=built.schools[0].pk).first().headcounts.update(pupils_10_18=90)

    assert counts(facts(built, district=north)) == before


@pytest.mark.parametrize("closed", [False, True])
def test_district_whose_total_would_tell_of_the_smallest_one_hides_its_answers(closed):
    built = build(city())
    north, middle, south = in_districts(built, 2, 1, 1)
    if closed:
        close_round(None, municipality=built.municipality, year=2021)

    few = {
        district: facts(built, district=district).line("mentee_satisfaction").total.few
        for district in (north, middle, south)
    }

    # Three answers in the south; the whole less the north and the middle would be exactly those.
    assert few == {north: False, middle: True, south: True}


@pytest.mark.parametrize("closed", [False, True])
def test_chosen_organizations_share_no_figure_that_tells_of_a_hidden_one(closed):
    built = build(city())
    if closed:
        close_round(None, municipality=built.municipality, year=2021)
    first, second, third, fourth = [school.pk for school in built.schools]

    def few(*keys):
        return facts(built, organizations=keys).line("mentee_satisfaction").total.few

    assert [few(second, third), few(first, second, third), few(first, second, third, fourth)] == [
        False,
        True,
        False,
    ]


def test_workbook_on_chosen_organizations_lists_them_only():
    built = build(city())
    keys = tuple(school.pk for school in built.schools[:2])
    close_round(None, municipality=built.municipality, year=2021)

    content = build_report("summary", built.municipality, organizations=keys)

    rows = read_sheet(content, "По организациям")
    assert [row["Организация"].replace("\u00a0", " ") for row in rows] == ["СОШ № 1", "СОШ № 2", "Итого"]
    total = {row["Код"]: row for row in read_sheet(content, "Свод")}
    assert (total["pupil_mentees"]["Числитель"], total["pupil_mentees"]["Знаменатель"]) == (3, 30)
    assert total["mentee_satisfaction"]["Значение"] == FEW
