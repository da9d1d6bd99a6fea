"""The number of queries does not grow with organizations, people or indicators."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.compute import Level, compute
from monitoring.definitions import definitions
from monitoring.period import ReportingPeriod
from monitoring.queries import overview
from monitoring.sources import Context
from monitoring.tests.worlds import Bond, Human, Numbers, Reply, School, World, build
from orgs.models import Organization
from orgs.scope import Scope

pytestmark = pytest.mark.django_db

BENCHMARKED = [
    "pupil_mentees",
    "pupil_mentees_of_all",
    "pupil_mentors",
    "pupil_mentors_of_all",
    "teacher_mentees",
    "mentee_satisfaction",
    "mentor_satisfaction",
    "organizations_with_registers",
    "organizations_with_page",
    "organizations_with_reverse_mentoring",
    "mentees_with_program",
    "young_teachers_supported",
]


def town_of(count: int):
    began = date(2021, 9, 1)
    return build(
        World(
            2021,
            date(2021, 12, 31),
            (School(),) * count,
            tuple(Numbers(school, date(2021, 9, 20)) for school in range(0, count, 2)),
            tuple(Human(born=2008) for _ in range(2 * count)),
            tuple(Bond(school, 2 * school, 2 * school + 1, start=began) for school in range(count)),
            tuple(Reply(school, "mentee", date(2021, 5, 20)) for school in range(count)),
        )
    ).municipality


def queries_of(job) -> int:
    with CaptureQueriesContext(connection) as captured:
        job()
    return len(captured)


@pytest.mark.parametrize("level", list(Level))
def test_twelve_indicators_take_four_queries_for_2_and_for_40_organizations(level):
    found = []
    for count in (2, 40):
        town = town_of(count)
        chosen = definitions(town, 2021, BENCHMARKED)
        places = Organization.objects.filter(municipality=town)
        period = ReportingPeriod.of(2021)
        found.append(queries_of(lambda c=chosen, p=places, on=period: compute(c, p, on, level)))

    assert found == [4, 4]


def test_the_data_of_a_dashboard_take_five_queries():
    for count in (2, 40):
        town = town_of(count)
        assert (
            queries_of(
                lambda place=town: overview(
                    place, ReportingPeriod.of(2021), scope=Scope.everything(), codes=BENCHMARKED
                )
            )
            == 5
        )


def test_all_indicators_take_one_query_a_source():
    town = town_of(3)

    assert queries_of(lambda: overview(town, ReportingPeriod.of(2021), scope=Scope.everything())) == 7


def test_figures_of_all_organizations_need_no_list_of_them_and_a_part_is_still_a_part():
    period = ReportingPeriod.of(2025)
    everything = Context(period, Organization.objects.all())
    part = Context(period, Organization.objects.filter(municipality=1))
    first = Context(period, Organization.objects.order_by("pk")[:1])

    assert not everything.holds()
    assert part.holds() and first.holds()
    assert Context(period, Organization.objects.none()).holds()
