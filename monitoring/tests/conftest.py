"""Fixtures of the monitoring app."""

from datetime import date

import pytest

from mentors.tests.factories import MenteeFactory, PairFactory, PersonFactory
from monitoring.tests.factories import TargetFactory
from monitoring.tests.worlds import load_indicators
from orgs.tests.factories import HeadcountFactory

YEAR = 2026


@pytest.fixture
def indicators(db):
    """The shipped definitions of indicators."""
    load_indicators()


@pytest.fixture
def pupil_pair():
    """A function: a pair of the year at a school whose mentee is twelve years old."""

    def make(school, name="Абрамов", birth_year=YEAR - 12, **more):
        person = PersonFactory(
            last_name=name, first_name="Антон", patronymic="Сергеевич", birth_year=birth_year
        )
        mentee = MenteeFactory(organization=school, person=person, class_name="7А")
        return PairFactory(organization=school, mentee=mentee, **{"started_on": date(YEAR, 9, 1), **more})

    return make


@pytest.fixture
def figures(cast, indicators, pupil_pair):
    """Two of 500 at the school, one of 400 at its sibling; the third school gave no numbers."""
    HeadcountFactory(organization=cast.school, on_date=date(YEAR, 9, 5))
    HeadcountFactory(organization=cast.sibling_school, on_date=date(YEAR, 9, 5), pupils_10_18=400)
    for school, name in (
        (cast.school, "Абрамов"),
        (cast.school, "Белов"),
        (cast.sibling_school, "Волков"),
        (cast.district_school, "Громов"),
    ):
        pupil_pair(school, name)
    TargetFactory(municipality=cast.municipality, indicator__code="pupil_mentees", year=YEAR, value=20)
    return cast


@pytest.fixture
def texts():
    """A function: the page as one line with plain spaces."""

    def read(response) -> str:
        return " ".join(response.content.decode().replace("\u00a0", " ").split())

    return read
