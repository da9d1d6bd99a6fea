"""Files of the pages of figures hold what the page shows, and taking one is noted."""

import csv
import io
from datetime import date

import pytest
from openpyxl import load_workbook

from accounts.models import AccessAction, AccessRecord
from monitoring.tests.conftest import YEAR
from surveys.tests.factories import AnswerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("indicators")]


def sheet_of(response, *, formulas: bool = False):
    return load_workbook(io.BytesIO(response.content), data_only=not formulas).active


def table_of(response) -> list[dict]:
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_list_of_schools_is_that_of_the_page(figures, signed_in):
    client = signed_in(figures.methodologist)

    rows = table_of(client.get(f"/indicators/files/schools.csv?year={YEAR}&code=pupil_mentees"))

    assert [(row["Организация"], row["Сколько"], row["Из скольких"]) for row in rows] == [
        ("СОШ № 17", "2", "500"),
        ("СОШ № 18", "1", "400"),
    ]
    assert [row["Не\u00a0хватает"] for row in rows] == ["98", "79"]


def test_shares_of_the_workbook_are_live_formulas(figures, signed_in):
    client = signed_in(figures.methodologist)
    address = f"/indicators/files/schools.xlsx?year={YEAR}&code=pupil_mentees"

    formulas, values = sheet_of(client.get(address), formulas=True), sheet_of(client.get(address))

    header = next(row for row in formulas.iter_rows() if row[0].value == "№")
    first, column = header[0].row + 1, next(cell.column for cell in header if cell.value == "Значение")
    assert formulas.cell(first, column).value == f"=C{first}/D{first}"
    assert values.cell(first, column).value == pytest.approx(0.004)


def test_the_map_comes_sorted_and_filtered_as_on_the_screen(figures, signed_in):
    client = signed_in(figures.methodologist)

    sheet = sheet_of(client.get(f"/indicators/files/map.xlsx?year={YEAR}&sort=name&q=17"))

    names = [row[0].value for row in sheet.iter_rows()]
    assert names[-3:] == ["Цель", "Приозёрск", "СОШ № 17"]
    assert any("17" in str(name) and "Фильтры" in str(name) for name in names)


def test_a_hidden_group_is_in_no_file(figures, signed_in):
    AnswerFactory.create_batch(4, organization=figures.school, answered_on=date(YEAR, 5, 20))
    AnswerFactory.create_batch(6, organization=figures.sibling_school, answered_on=date(YEAR, 5, 20))
    client = signed_in(figures.methodologist)

    rows = table_of(client.get(f"/indicators/files/schools.csv?year={YEAR}&code=mentee_satisfaction"))

    assert {(row["Сколько"], row["Из скольких"]) for row in rows} == {("", "")}


def test_every_indicator_stands_in_the_overview_with_its_rule(figures, signed_in):
    rows = table_of(signed_in(figures.curator).get(f"/indicators/files/list.csv?year={YEAR}"))

    assert len(rows) == 20
    assert rows[0]["Сколько"] == "2"
    assert all(row["Как считается"] for row in rows)


def test_taking_a_file_is_noted(figures, signed_in):
    signed_in(figures.methodologist).get(f"/indicators/files/map.csv?year={YEAR}")

    record = AccessRecord.objects.get(action=AccessAction.EXPORT)
    assert (record.user, record.object_id) == (figures.methodologist, "map")


@pytest.mark.parametrize("name", ["map.pdf", "people.xlsx", "schools.xlsx"])
def test_an_unknown_file_is_not_found(figures, signed_in, name):
    assert signed_in(figures.methodologist).get(f"/indicators/files/{name}").status_code == 404
