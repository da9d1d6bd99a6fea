"""The map of organizations and indicators."""

from datetime import date

import pytest

from monitoring.tests.conftest import YEAR
from monitoring.tests.factories import TargetFactory
from orgs.tests.factories import HeadcountFactory, OrganizationFactory, OrganizationTypeFactory
from surveys.tests.factories import AnswerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]

MAP = f"/indicators/map/?year={YEAR}"


def names(response) -> list[str]:
    return [row.place.name for row in response.context["rows"]]


@pytest.fixture
def client(figures, signed_in):
    return signed_in(figures.methodologist)


@pytest.mark.parametrize(
    ("share", "step"), [(20, 5), (19, 4), (18, 4), (15, 3), (14, 2), (10, 2), (9, 1), (0, 1)]
)
def test_the_colour_is_the_share_of_the_target_in_five_steps(figures, client, pupil_pair, share, step):
    school = OrganizationFactory(
        municipality=figures.municipality, short_name="Мерная", type=figures.school.type
    )
    HeadcountFactory(organization=school, on_date=date(YEAR, 9, 5), pupils_10_18=100, pupils_15_18=5)
    for number in range(share):
        pupil_pair(school, f"Мерный{number}")

    row = next(row for row in client.get(MAP).context["rows"] if row.place.name == "Мерная")

    assert row.cells[0].step == step


def test_a_number_stands_in_every_cell_and_a_dash_where_there_are_no_data(client):
    rows = {row.place.name: row for row in client.get(MAP).context["rows"]}

    assert (rows["СОШ № 17"].cells[0].text, rows["СОШ № 17"].missing) == ("0,4", 98)
    assert (rows["СОШ № 30"].cells[0].text, rows["СОШ № 30"].cells[0].step) == ("–", 0)
    assert rows["СОШ № 30"].missing is None


def test_an_organization_that_gave_other_numbers_is_not_meant_by_the_indicator(figures, client):
    HeadcountFactory(
        organization=figures.district_school, on_date=date(YEAR, 9, 5), pupils_10_18=None, pupils_15_18=None
    )

    row = next(row for row in client.get(MAP).context["rows"] if row.place.name == "СОШ № 30")

    assert row.cells[0].absent


def test_schools_stand_by_missing_people_and_by_the_numbers_in_their_names(figures, client):
    for number in (2, 10, 1):
        OrganizationFactory(
            municipality=figures.municipality, short_name=f"СОШ № {number}", type=figures.school.type
        )

    assert names(client.get(MAP))[:2] == ["СОШ № 17", "СОШ № 18"]
    by_name = ["СОШ № 1", "СОШ № 2", "СОШ № 10", "СОШ № 17", "СОШ № 18", "СОШ № 30"]
    assert names(client.get(f"{MAP}&sort=name")) == by_name
    assert names(client.get(f"{MAP}&sort=-name")) == by_name[::-1]
    assert names(client.get(f"{MAP}&sort=pupil_mentees"))[-1] == "СОШ № 17"
    assert names(client.get(f"{MAP}&sort=person__contact")) == names(client.get(MAP))


def test_the_map_is_searched_and_filtered(figures, client):
    kind = OrganizationTypeFactory(code="garden", title="детский сад")
    OrganizationFactory(municipality=figures.municipality, short_name="Сад «Ёлочка»", type=kind)

    assert names(client.get(f"{MAP}&q=елочка")) == ["Сад «Ёлочка»"]
    assert names(client.get(f"{MAP}&kind={kind.pk}")) == ["Сад «Ёлочка»"]
    assert names(client.get(f"{MAP}&area={figures.other_district.pk}")) == ["СОШ № 30"]
    nothing = client.get(f"{MAP}&q=ничего")
    assert names(nothing) == [] and nothing.status_code == 200


def test_columns_can_be_chosen(client):
    response = client.get(f"{MAP}&show=teacher_mentees&show=mentors_trained&show=unknown")

    chosen = [definition.code for definition, _head in response.context["columns"]]
    assert chosen == ["teacher_mentees", "mentors_trained"]


def test_small_groups_are_hidden_on_the_map_too(figures, client):
    TargetFactory(
        municipality=figures.municipality, indicator__code="mentee_satisfaction", year=YEAR, value=50
    )
    AnswerFactory.create_batch(4, organization=figures.school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(6, organization=figures.sibling_school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(7, organization=figures.district_school, answered_on=date(YEAR, 5, 20))

    rows = {row.place.name: row for row in client.get(MAP).context["rows"]}

    assert [rows[name].cells[1].text for name in ("СОШ № 17", "СОШ № 18")] == ["–", "–"]
    assert rows["СОШ № 30"].cells[1].text != "–"


def test_a_cell_leads_to_the_people_of_the_school(figures, client):
    cell = client.get(MAP).context["rows"][0].cells[0]

    response = client.get(cell.url)

    assert response.status_code == 200
    assert response.context["organization"] == figures.school


def test_a_curator_s_own_school_stands_in_the_map_once(figures, client):
    assert "is-sum" in client.get(MAP).content.decode()

    client.force_login(figures.curator)
    page = client.get(MAP)

    assert names(page) == ["СОШ № 17"]
    assert "is-sum" not in page.content.decode()
