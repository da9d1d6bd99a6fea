"""A file of a register says exactly what the screen says."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessAction, AccessRecord
from mentors.tests.factories import (
    MenteeFactory,
    MentorFactory,
    MentoringFormFactory,
    PairFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db
DASH = "—"


@pytest.fixture
def school(cast):
    """The school of the cast, with a pair, somebody who waits, and a text that a spreadsheet would run."""
    pair = PairFactory(organization=cast.school, mentee__person=PersonFactory(last_name="Абрамова"))
    pair.mentee.main_request = "=HYPERLINK(1)"
    pair.mentee.save()
    MenteeFactory(organization=cast.school, person=PersonFactory(last_name="Ждёт"), class_name="10А")
    return cast.school


def sheet_of(response):
    """Cells of the only sheet of an answer."""
    content = b"".join(response.streaming_content)
    return load_workbook(io.BytesIO(content)).active


def table_of(sheet) -> list[list]:
    """The rows below the heading lines, the headings first."""
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    start = next(place for place, row in enumerate(rows) if len([cell for cell in row if cell]) > 1)
    return rows[start:]


def screen_of(response) -> list[list[str]]:
    """The words of the page's table."""
    register = response.context["register"]
    return [
        [column.text(row, register.drawing) for column in register.shown] for row in response.context["rows"]
    ]


def as_on_screen(value) -> str:
    """A typed cell in the words of the screen."""
    if value is None:
        return ""
    if hasattr(value, "strftime"):
        return f"{value:%d.%m}"
    return f"{int(value * 100)}\N{NO-BREAK SPACE}%" if isinstance(value, float) else str(value)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"sort": "-name"},
        {"only": "no_pair"},
        {"cols": "class,status,request", "size": "100"},
        {"class": "10А", "state": "all"},
    ],
)
def test_a_workbook_has_the_rows_columns_order_and_words_of_the_page(signed_in, curator, school, query):
    client = signed_in(curator)
    page = client.get("/mentees/", query)
    heads, *rows = table_of(sheet_of(client.get("/mentees/export/", query)))
    assert heads == [head.label for head in page.context["heads"]]
    screen = screen_of(page)
    percents = [
        place for place, column in enumerate(page.context["register"].shown) if column.kind == "percent"
    ]
    words = [
        [as_on_screen(float(value) if place in percents else value) for place, value in enumerate(row)]
        for row in rows
    ]
    assert words == screen


def test_numbers_and_dates_are_real_ones_and_text_is_never_a_formula(signed_in, curator, school):
    client = signed_in(curator)
    query = {"cols": "request,meetings,started"}
    heads, *rows = table_of(sheet_of(client.get("/mentees/export/", query)))
    first = dict(zip(heads, rows[0], strict=True))
    assert first["Запрос"] == "=HYPERLINK(1)"
    assert first["Встреч"] == 0
    assert f"{first['Дата вхождения']:%d.%m.%Y}" == "15.09.2025"
    sheet = sheet_of(client.get("/mentees/export/", query))
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes and sheet.auto_filter.ref


def test_the_lines_above_say_what_was_filtered_and_who_made_the_file(signed_in, curator, school):
    client = signed_in(curator)
    sheet = sheet_of(client.get("/mentees/export/", {"class": "10А"}))
    lines = [sheet.cell(row, 1).value for row in range(1, 5)]
    assert lines[0] == "Наставляемые"
    assert school.short_name in lines[1]
    assert "Класс: 10А" in lines[2]
    assert curator.full_name in lines[3]


def test_csv_opens_in_excel_and_runs_nothing(signed_in, curator, school):
    response = signed_in(curator).get("/mentees/export/", {"format": "csv", "cols": "request"})
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeffФИО;Запрос\r\n")
    assert "'=HYPERLINK(1)" in text


def test_a_file_leaves_a_line_in_the_journal_without_the_search(signed_in, curator, school):
    signed_in(curator).get("/mentees/export/", {"q": "абрам", "class": "9Б"})
    line = AccessRecord.objects.get(action=AccessAction.EXPORT)
    assert (line.user, line.object_type) == (curator, "mentors.participation")
    assert line.details["rows"] == 1
    assert "9Б" in line.details["filters"]
    assert "абрам" not in str(line.details)


def test_above_the_school_a_purpose_is_asked_and_names_stay_short(signed_in, methodologist, school):
    client = signed_in(methodologist)
    asked = client.get("/mentees/export/")
    assert asked.status_code == 422
    assert not AccessRecord.objects.filter(action=AccessAction.EXPORT).exists()
    heads, *rows = table_of(
        sheet_of(client.get("/mentees/export/", {"purpose": "Сверка списков", "format": "all"}))
    )
    assert rows[0][0] == "Абрамова А. С."
    assert "Год рождения" not in heads
    assert AccessRecord.objects.get(action=AccessAction.EXPORT).details["purpose"] == "Сверка списков"


def test_the_school_may_take_all_columns_with_its_own_private_ones(signed_in, curator, school):
    heads, *rows = table_of(sheet_of(signed_in(curator).get("/mentees/export/", {"format": "all"})))
    assert dict(zip(heads, rows[0], strict=True))["Год рождения"] == "2011"


def test_what_is_printed_is_the_whole_filter_on_one_page(signed_in, curator, school):
    for number in range(60):
        MenteeFactory(organization=school, person=PersonFactory(last_name=f"Ученик-{number}"))
    response = signed_in(curator).get("/mentees/", {"print": "1"})
    assert len(response.context["rows"]) == 62
    assert "Фильтр" in response.content.decode()


@pytest.mark.parametrize("route", ["mentees", "mentors"])
def test_the_curator_takes_a_template_of_the_incomplete_rows_from_the_list(signed_in, curator, school, route):
    factory = {"mentees": MenteeFactory, "mentors": MentorFactory}[route]
    factory(organization=school)
    page = signed_in(curator).get(f"/{route}/").content.decode()
    assert f'href="{reverse("import-incomplete", args=[route])}' in page
    assert "только неполные строки; заполните и загрузите обратно" in page


@pytest.mark.parametrize("lacking", ["", "contact", "main_request", "birth"])
def test_the_template_holds_whoever_lacks_what_the_workbook_can_say(signed_in, curator, cast, lacking):
    person = PersonFactory(
        last_name="Лыкова",
        contact="" if lacking == "contact" else "+7 900 555-12-34",
        birth_year=None if lacking == "birth" else 2012,
    )
    MenteeFactory(
        organization=cast.school,
        person=person,
        main_request="" if lacking == "main_request" else "подготовка к ОГЭ",
        form=MentoringFormFactory(),
        started_on=datetime.date(2026, 9, 1),
    )
    response = signed_in(curator).get(reverse("import-incomplete", args=["mentees"]))
    if not lacking:
        assert response.status_code == 302
        return
    (row,) = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(min_row=2, values_only=True))
    assert person.full_name in row


@pytest.mark.parametrize("user", ["head", "methodologist"])
def test_nobody_else_is_offered_a_template_with_full_names(signed_in, cast, school, user):
    MenteeFactory(organization=school)
    page = signed_in(getattr(cast, user)).get("/mentees/").content.decode()
    assert "/imports/incomplete/" not in page


def test_phones_and_addresses_are_columns_of_their_own_inside_the_school(signed_in, cast, school):
    person = PersonFactory(contact="мама +7 900 555-12-34, папа 89005555678, anna@school17.example")
    row = MenteeFactory(organization=school, person=person)
    query = {"cols": "name,phone,email", "state": "all"}
    shown = signed_in(cast.curator).get("/mentees/", query)
    register = shown.context["register"]
    found = next(item for item in shown.context["rows"] if item.pk == row.pk)
    assert [column.text(found, register.drawing) for column in register.shown[1:]] == [
        "+7 900 555-12-34; 89005555678",
        "anna@school17.example",
    ]
    above = signed_in(cast.methodologist).get("/mentees/", query).content.decode()
    assert "555-12-34" not in above and "anna@" not in above
