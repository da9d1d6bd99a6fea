"""The pages of indicators and of the roadmap."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mentors.tests.factories import MenteeFactory, PairFactory, PersonFactory
from monitoring.tests.factories import (
    RoadmapActivityFactory,
    RoadmapFactory,
    RoadmapSectionFactory,
    TargetFactory,
)
from orgs.tests.factories import HeadcountFactory
from surveys.tests.factories import AnswerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]

YEAR = 2026
PAGE = f"/indicators/?year={YEAR}"
DETAIL = f"/indicators/pupil_mentees/?year={YEAR}"


@pytest.fixture
def figures(cast):
    """Two of 500 at the school, one of 400 at its sibling; the third school gave no numbers."""
    HeadcountFactory(organization=cast.school, on_date=date(YEAR, 9, 5))
    HeadcountFactory(organization=cast.sibling_school, on_date=date(YEAR, 9, 5), pupils_10_18=400)
    for school, name in (
        (cast.school, "Абрамов"),
        (cast.school, "Белов"),
        (cast.sibling_school, "Волков"),
        (cast.district_school, "Громов"),
    ):
        person = PersonFactory(
            last_name=name, first_name="Антон", patronymic="Сергеевич", birth_year=YEAR - 12
        )
        PairFactory(
            organization=school,
            mentee=MenteeFactory(organization=school, person=person),
            started_on=date(YEAR, 9, 1),
        )
    TargetFactory(municipality=cast.municipality, indicator__code="pupil_mentees", year=YEAR, value=20)
    return cast


def texts(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_the_methodologist_sees_the_municipality(figures, signed_in):
    page = texts(signed_in(figures.methodologist).get(PAGE))

    row = page[page.index("pupil_mentees") : page.index("pupil_mentees_of_all")]
    assert "0,3 %" in row
    assert "СОШ № 30" in row


def test_a_curator_sees_the_school_alone(figures, signed_in):
    page = texts(signed_in(figures.curator).get(PAGE))

    row = page[page.index("pupil_mentees") : page.index("pupil_mentees_of_all")]
    assert "0,4 %" in row
    assert "СОШ № 30" not in page


def test_schools_stand_by_what_they_lack(figures, signed_in):
    response = signed_in(figures.methodologist).get(DETAIL)

    assert [(row.place.name, row.missing, row.value) for row in response.context["rows"]] == [
        ("СОШ № 17", 98, "0,4\u00a0%"),
        ("СОШ № 18", 79, "0,3\u00a0%"),
    ]
    assert [place.name for place in response.context["without_data"]] == ["СОШ № 30"]


def test_names_are_shortened_above_the_school_and_full_inside_it(figures, signed_in):
    above = texts(signed_in(figures.methodologist).get(DETAIL))
    inside = texts(signed_in(figures.curator).get(DETAIL))

    assert "Абрамов А. С." in above
    assert "Антон" not in above
    assert "Абрамов Антон Сергеевич" in inside
    assert "Волков" not in inside


def test_the_people_of_a_school_without_numbers_are_listed_with_the_reason(figures, signed_in):
    response = signed_in(figures.methodologist).get(f"{DETAIL}&tab=not_counted")

    (row,) = response.context["people"]
    assert (row.name, row.organizations) == ("Громов А. С.", "СОШ № 30")
    assert row.note


def test_a_page_is_narrowed_to_one_school(figures, signed_in):
    response = signed_in(figures.methodologist).get(f"{DETAIL}&organization={figures.sibling_school.pk}")

    assert response.context["total"].counts.startswith("1")
    assert [row.name for row in response.context["people"]] == ["Волков А. С."]


@pytest.mark.parametrize(
    "query",
    [
        "year=двадцать",
        "year=1800",
        "year=2026&as_of=2025-01-01",
        "year=2026&as_of=вчера",
        "year=2026&municipality=999999",
        "year=2026&organization=999999",
        "year=2026&organization=школа",
        "year=2026&tab=secret",
    ],
)
def test_a_malformed_address_is_not_found(figures, signed_in, query):
    assert signed_in(figures.methodologist).get(f"/indicators/pupil_mentees/?{query}").status_code == 404


def test_a_school_of_another_curator_is_not_found(figures, signed_in):
    client = signed_in(figures.curator)

    assert client.get(f"{DETAIL}&organization={figures.school.pk}").status_code == 200
    assert client.get(f"{DETAIL}&organization={figures.sibling_school.pk}").status_code == 404
    assert client.get(f"{DETAIL}&municipality={figures.foreign_municipality.pk}").status_code == 404
    assert client.get(f"/indicators/unknown_code/?year={YEAR}").status_code == 404


def test_few_answers_are_hidden_from_the_page(figures, signed_in):
    AnswerFactory.create_batch(4, organization=figures.school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(6, organization=figures.sibling_school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(7, organization=figures.district_school, answered_on=date(YEAR, 5, 20))

    response = signed_in(figures.methodologist).get(f"/indicators/mentee_satisfaction/?year={YEAR}")

    shown = {row.place.name: row.counts for row in response.context["rows"]}
    assert {name for name, counts in shown.items() if not counts} == {"СОШ № 17", "СОШ № 18"}
    assert response.context["total"].counts
    assert response.context["nameless"]
    alone = signed_in(figures.curator).get(f"/indicators/mentee_satisfaction/?year={YEAR}")
    assert alone.context["total"].counts == ""


def test_an_indicator_of_organizations_lists_them(figures, signed_in):
    response = signed_in(figures.methodologist).get(f"/indicators/organizations_with_page/?year={YEAR}")

    assert {row.place.name: row.counted for row in response.context["behind"]} == {
        "СОШ № 17": False,
        "СОШ № 18": False,
        "СОШ № 30": False,
    }


def test_the_number_of_queries_does_not_grow_with_people(figures, signed_in):
    client, counts = signed_in(figures.methodologist), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(DETAIL).status_code == 200
        counts.append(len(captured))
        for _ in range(5):
            person = PersonFactory(birth_year=YEAR - 12)
            PairFactory(
                organization=figures.school,
                mentee=MenteeFactory(organization=figures.school, person=person),
                started_on=date(YEAR, 9, 1),
            )

    assert counts[0] == counts[1]


def test_every_indicator_has_its_page(figures, signed_in):
    client = signed_in(figures.methodologist)
    rows = client.get(PAGE).context["rows"]

    assert len(rows) == 20
    for entry in rows:
        code = entry["row"].definition.code
        assert client.get(f"/indicators/{code}/?year={YEAR}").status_code == 200, code


def test_people_without_a_role_of_readers_get_a_sentence(figures, signed_in):
    for user in (figures.mentor, figures.mentee, figures.stranger, figures.administrator):
        assert signed_in(user).get(PAGE).status_code == 403


def test_the_roadmap_shows_the_order_s_rows_and_targets(cast, signed_in):
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
