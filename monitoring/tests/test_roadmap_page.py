"""The page of the roadmap."""

import pytest

from common.dates import today
from monitoring.tests.factories import (
    RoadmapActivityFactory,
    RoadmapFactory,
    RoadmapSectionFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]


def test_the_roadmap_shows_the_order_s_rows_and_targets(cast, signed_in, texts):
    roadmap = RoadmapFactory(
        municipality=cast.municipality, title="План мероприятий", first_year=2025, last_year=2026
    )
    section = RoadmapSectionFactory(roadmap=roadmap, number=1, title="Нормативное обеспечение")
    RoadmapActivityFactory(section=section, number="1.1", title="Разработка положения", term_text="2025")
    TargetFactory(municipality=cast.municipality, indicator__code="pupil_mentees", year=2026, value="12.5")
    RoadmapFactory(municipality=cast.foreign_municipality, title="Чужой план")

    page = texts(signed_in(cast.analyst).get("/roadmap/"))

    assert "План мероприятий" in page
    assert "1.1" in page and "Разработка положения" in page
    assert "12,5 %" in page
    assert "Чужой план" not in page


def test_targets_of_the_next_year_are_set_before_a_roadmap_of_it_is_adopted(signed_in, methodologist):
    year = today().year
    RoadmapFactory(
        municipality=methodologist.memberships.get().municipality, first_year=year - 2, last_year=year
    )
    assert signed_in(methodologist).get("/targets/").context["years"] == [year - 2, year - 1, year, year + 1]
