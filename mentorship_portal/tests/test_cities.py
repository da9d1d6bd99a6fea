"""Cities that nobody has seen: their workbooks go in, and every figure equals plain loops over the people."""

import pytest
from django.core.management import call_command

from mentorship_portal.tests.cities import expected, make_city, write_city
from mentorship_portal.tests.cities.portal import (
    TakenBack,
    assert_nothing_new,
    close_schools,
    differences,
    document_of,
    figures_of,
    pair_counts,
    pairs_sent,
    take_in,
)
from mentorship_portal.tests.cities.vectors import TARGETS, roadmap_city, satisfaction_city

pytestmark = pytest.mark.django_db
FEW, MANY = (1, 2), range(100, 300)


@pytest.fixture(autouse=True)
def reference(db):
    call_command("load_reference", verbosity=0)


def assert_as_expected(city) -> None:
    """Pairs and figures of the city are those of the plain loops."""
    sent = {school.inn: pairs_sent(school) for school in city.schools}
    found = differences(pair_counts(city), sent, "pairs")
    close_schools(city)
    wanted, figures = expected(city), figures_of(city)
    found += differences({code: figures[code] for code in wanted}, wanted)
    assert not found, found


def check_city(folder, seed: int, *, messy: bool) -> None:
    """Imports the city in the given order and with the mentors first, each twice."""
    city = make_city(seed)
    written = write_city(city, folder / "all", messy=messy, seed=seed)
    with TakenBack():
        take_in(folder / "all")
        assert_nothing_new(take_in(folder / "all"))
        assert_as_expected(city)
    later = folder / "later"
    later.mkdir()
    for path in written.get("mentees", []):
        path.rename(later / path.name)
    with TakenBack():
        take_in(folder / "all")
        take_in(later)
        assert_nothing_new(take_in(folder))
        assert_as_expected(city)


@pytest.mark.parametrize("messy", [False, True], ids=["clean", "messy"])
@pytest.mark.parametrize("seed", FEW)
def test_an_unseen_city_comes_out_exactly_in_either_order(tmp_path, seed, messy):
    check_city(tmp_path, seed, messy=messy)


@pytest.mark.long
@pytest.mark.parametrize("seed", MANY)
def test_many_unseen_cities_come_out_exactly_in_either_order(tmp_path, seed):
    check_city(tmp_path, seed, messy=seed % 4 != 0)


@pytest.fixture(params=[False, True], ids=["clean", "messy"])
def roadmap(request, tmp_path):
    """The figures of the constructed roadmap municipality, imported from its workbooks."""
    city = roadmap_city()
    write_city(city, tmp_path / "roadmap", messy=request.param, seed=44)
    take_in(tmp_path / "roadmap")
    return figures_of(city)


def test_the_roadmap_of_the_domain_notes_comes_out_of_its_workbooks(roadmap):
    names = ("numerator", "denominator", "value", "status", "missing_people")
    totals = {code: tuple(roadmap[code][name] for name in names) for code in TARGETS}
    by_school = {
        code: [(school["numerator"], school["value"]) for school in roadmap[code]["organizations"].values()]
        for code in TARGETS
    }

    # The mean of the schools' percentages would be 21.3 and «reached».
    assert totals["pupil_mentees"] == (252, 1370, "18.4", "close", 22)
    assert totals["pupil_mentors"] == (13, 490, "2.7", "reached", 0)
    assert totals["teacher_mentees"] == (54, 121, "44.6", "reached", 0)
    assert by_school["pupil_mentees"] == [(83, "20.1"), (48, "50.0"), (121, "15.0"), (0, "0.0")]
    assert by_school["pupil_mentors"] == [(3, "2.0"), (1, "3.3"), (9, "2.9"), (0, None)]
    assert by_school["teacher_mentees"] == [(16, "40.0"), (3, "25.0"), (31, "50.8"), (4, "50.0")]
    assert totals["mentee_satisfaction"] == (0, 0, None, "no_data", None)


def test_satisfaction_of_the_domain_notes_comes_out_with_both_bases(tmp_path):
    city = satisfaction_city()
    write_city(city, tmp_path / "answers", messy=True, seed=44)
    take_in(tmp_path / "answers")

    found = document_of(city)["mentee_satisfaction"]

    assert (found["numerator"], found["denominator"], found["value"]) == (26, 32, "81.3")
    assert (found["participants"], found["response_rate"], found["value_of_participants"]) == (
        40,
        "80.0",
        "65.0",
    )
    assert found["status"] == "reached"
