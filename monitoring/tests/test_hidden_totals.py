"""What a page shows of a part of the municipality: no total that would tell of a small group beside it."""

from datetime import date

import pytest

from monitoring import showing
from monitoring.period import ReportingPeriod
from monitoring.services import close_round
from monitoring.tests.worlds import Reply, School, World, build
from orgs.models import District, Organization
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
PERIOD = ReportingPeriod.of(2021)
CODE = "mentee_satisfaction"


@pytest.fixture
def city():
    """Three districts of one school each, with 3, 9 and 30 answers."""
    replies = []
    for school, count in enumerate((3, 9, 30)):
        replies += [Reply(school, "mentee", date(2021, 5, 20))] * count
    built = build(World(2021, PERIOD.as_of, (School(),) * 3, replies=tuple(replies)))
    for school in built.schools:
        district = District.objects.create(municipality=built.municipality, name=f"Район {school}")
        Organization.objects.filter(pk=school.pk).update(district=district)
    return built


def is_hidden(shown) -> bool:
    return shown.total(shown.definition(CODE)).few


def of_schools(city, *numbers):
    return Organization.objects.filter(pk__in=[city.schools[number].pk for number in numbers])


def test_the_methodologist_sees_no_district_that_leaves_the_smallest_one(city):
    scope = Scope.for_user(MembershipFactory(role="methodologist", municipality=city.municipality).user)

    def live(*numbers):
        return showing.live(
            city.municipality, PERIOD, scope, organizations=of_schools(city, *numbers), narrowed=True
        )

    assert [is_hidden(live(number)) for number in range(3)] == [True, True, False]
    assert not is_hidden(showing.live(city.municipality, PERIOD, scope))


def test_a_closed_round_hides_the_same(city):
    snapshot = close_round(None, municipality=city.municipality, year=2021)
    scope = Scope.everything()

    def frozen(*numbers):
        return showing.frozen(snapshot, scope, organizations=of_schools(city, *numbers))

    assert [is_hidden(frozen(number)) for number in range(3)] == [True, True, False]
    assert not is_hidden(frozen(0, 1, 2))


def test_the_curator_of_a_school_sees_its_own_nine_answers(city):
    scope = Scope.for_user(MembershipFactory(organization=city.schools[1]).user)

    assert not is_hidden(showing.live(city.municipality, PERIOD, scope))
