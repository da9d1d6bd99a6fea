"""The wizard of uploads and the pages of reports, as people click through them."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from accounts.models import AccessAction, AccessRecord
from exchange.enums import ImportStep, RunState
from exchange.forms import kind_title
from exchange.models import ImportRun, ReportRun
from exchange.tests.factories import ImportRunFactory, ReportRunFactory
from mentors.models import Pair, Participation
from mentors.tests.factories import MentoringFormFactory
from orgs.tests.factories import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db(transaction=True)
HEADINGS = [
    "ФИО наставляемого",
    "Год рождения наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма",
]
GOOD = ["Белов Артём Сергеевич", 2011, "01.09.2025", "Орлова Елена Викторовна", "ученик – ученик"]
BAD = ["Гусев Максим Олегович", 2101, "01.09.2025", "Орлова Елена Викторовна", "ученик – ученик"]


@pytest.fixture
def forms(db):
    return MentoringFormFactory()


@pytest.fixture
def school(cast):
    return cast.school


def workbook(*rows, headings=HEADINGS, name="База.xlsx"):
    book = Workbook()
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def upload(client, school, file, kind="mentees"):
    return client.post(reverse("import-new"), {"kind": kind, "place": f"school:{school.pk}", "file": file})


def confirm(client, run, rows="all"):
    return client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": rows})


def test_a_clean_workbook_goes_from_the_file_to_the_register(signed_in, curator, school, forms):
    client = signed_in(curator)
    response = upload(client, school, workbook(GOOD))
    run = ImportRun.objects.get()
    assert response["Location"].startswith(reverse("import", args=[run.pk]))
    page = client.get(response["Location"]).content.decode()
    assert "Прочитали <b>1 строку</b>" in page
    assert "Будет добавлено: 1 наставник, 1 наставляемый, 1 пара. Обновлено: 0." in page
    assert "Загрузить 1 запись" in page
    assert not Pair.objects.exists()
    confirm(client, run)
    done = client.get(response["Location"]).content.decode()
    assert "Готово. Добавлено: 1 наставник, 1 наставляемый и 1 пара" in done
    assert "Загрузку можно отменить до" in done
    assert [str(pair.mentee.person) for pair in Pair.objects.all()] == ["Белов Артём Сергеевич"]
    assert "Белов Артём Сергеевич" in client.get("/mentees/").content.decode()


def test_a_problem_names_its_place_and_the_good_rows_can_go_first(signed_in, curator, school, forms):
    client = signed_in(curator)
    upload(client, school, workbook(GOOD, BAD))
    run = ImportRun.objects.get()
    [row] = client.get(reverse("import", args=[run.pk])).context["grid"].rows
    [issue] = row.issues
    assert (issue.level, issue.row, issue.column, issue.value) == ("error", 3, "B", "2101")
    assert [cell.text for cell in row.cells] == [str(value) for value in BAD]
    confirm(client, run)
    assert not Participation.objects.exists()
    confirm(client, run, rows="good")
    run.refresh_from_db()
    assert (run.step, run.outcome["added"], run.outcome["refused"]) == (ImportStep.DONE, 1, 1)
    returned = client.get(reverse("import-returned", args=[run.pk]))
    assert "attachment" in returned["Content-Disposition"]
    assert (returned["X-Content-Type-Options"], returned["Cache-Control"]) == ("nosniff", "no-store")
    sheet = load_workbook(io.BytesIO(b"".join(returned.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][-1] == "Что исправить"
    assert [row[0] for row in rows[1:]] == ["Гусев Максим Олегович"]
    assert AccessRecord.objects.filter(action=AccessAction.EXPORT, object_id=str(run.pk)).count() == 1


def test_a_file_that_is_no_table_is_refused_with_what_to_do(signed_in, curator, school):
    client = signed_in(curator)
    upload(client, school, SimpleUploadedFile("список.pdf", b"%PDF-1.4 not a table"))
    page = client.get(reverse("import", args=[ImportRun.objects.get().pk]))
    assert page.context["is_refused"]
    assert "Загрузить исправленный файл" in page.content.decode()


def test_an_upload_without_a_file_says_so_beside_the_field(signed_in, curator, school):
    response = signed_in(curator).post(
        reverse("import-new"), {"kind": "mentees", "place": f"school:{school.pk}"}
    )
    assert response.status_code == 422
    assert response.context["form"].errors["file"] == ["Выберите файл."]


def test_a_curator_of_two_schools_chooses_and_a_foreign_school_cannot_be_chosen(
    signed_in, curator, school, foreign_school
):
    second = OrganizationFactory(municipality=school.municipality)
    MembershipFactory(user=curator, organization=second)
    client = signed_in(curator)
    choices = [code for code, _ in client.get(reverse("import-new")).context["form"].fields["place"].choices]
    assert sorted(choices) == sorted(["", f"school:{school.pk}", f"school:{second.pk}"])
    assert upload(client, foreign_school, workbook(GOOD)).status_code == 422
    assert not ImportRun.objects.exists()


def test_a_school_is_not_offered_the_workbooks_of_the_municipality(signed_in, curator, methodologist):
    def kinds(user):
        form = signed_in(user).get(reverse("import-new")).context["form"]
        return {code for code, _ in form.fields["kind"].choices}

    assert kinds(methodologist) - kinds(curator) == {"organizations", "targets"}


def test_an_upload_can_be_cancelled_and_nothing_is_written(signed_in, curator, school, forms):
    client = signed_in(curator)
    upload(client, school, workbook(GOOD))
    run = ImportRun.objects.get()
    client.post(reverse("import-cancel", args=[run.pk]))
    confirm(client, run)
    assert ImportRun.objects.get().state == RunState.CANCELLED
    assert not Participation.objects.exists()


def test_a_running_import_shows_its_progress_and_refreshes_itself(signed_in, curator, school):
    run = ImportRunFactory(
        organization=school,
        owner=curator,
        state=RunState.RUNNING,
        step=ImportStep.CHECK,
        progress_done=1200,
        progress_total=4800,
        progress_text="Проверяем строки",
    )
    page = signed_in(curator).get(reverse("import", args=[run.pk])).content.decode()
    assert '<meta http-equiv="refresh"' in page
    assert 'aria-valuenow="25"' in page
    assert "Проверяем строки" in page


def test_rows_of_a_schools_workbook_are_not_shown_above_the_school(
    signed_in, curator, methodologist, school, forms
):
    upload(signed_in(curator), school, workbook(GOOD, BAD))
    run = ImportRun.objects.get()
    page = signed_in(methodologist).get(reverse("import", args=[run.pk])).content.decode()
    assert "Прочитали <b>2 строки</b>" in page
    assert "2101" not in page


def test_the_empty_form_has_the_official_headings(signed_in, curator):
    response = signed_in(curator).get(reverse("import-template", args=["mentees"]))
    headings = [cell.value for cell in load_workbook(io.BytesIO(response.content)).active[1]]
    assert headings[1] == "ФИО наставляемого"
    assert "Отметка о прохождении программы" in headings


@pytest.mark.parametrize("address", ["imports", "reports"])
def test_a_list_of_runs_costs_the_same_queries_for_one_and_three(
    signed_in, methodologist, school, address, django_assert_max_num_queries
):
    client = signed_in(methodologist)
    for more in (1, 2):
        for _ in range(more):
            ImportRunFactory(organization=school)
            ReportRunFactory(organization=school)
        with django_assert_max_num_queries(10):
            assert client.get(reverse(address)).status_code == 200


def test_a_schools_report_stays_at_the_school(signed_in, curator, head, methodologist, school):
    run = ReportRunFactory(organization=school, owner=curator)
    address = reverse("report-file", args=[run.pk])
    for user in (curator, head):
        response = signed_in(user).get(address)
        assert b"".join(response.streaming_content) == "свод".encode()
    assert signed_in(methodologist).get(address).status_code == 403
    assert AccessRecord.objects.filter(action=AccessAction.EXPORT).count() == 2


def asked(school, /, **more) -> dict:
    return {"kind": "spravka", "place": f"school:{school.pk}", "period": "year", "year": "2026"} | more


def test_a_report_of_one_click_has_a_run_for_each_file(signed_in, curator, school, rings):
    client = signed_in(curator)
    response = client.post(reverse("reports"), asked(school, formats=["docx", "xlsx"]))
    runs = ReportRun.objects.order_by("format")
    assert [(run.kind, run.format) for run in runs] == [("spravka", "docx"), ("summary", "xlsx")]
    assert len({run.batch for run in runs}) == 1
    page = client.get(response["Location"]).content.decode()
    assert "DOCX: Аналитическая справка" in page
    assert "XLSX: Сводная таблица показателей" in page


def test_a_day_decides_the_year_of_a_report(signed_in, curator, school, rings):
    data = asked(school, period="date", as_of="25.05.2025", formats=["docx"])
    signed_in(curator).post(reverse("reports"), data)
    run = ReportRun.objects.get()
    assert (run.year, run.as_of) == (2025, datetime.date(2025, 5, 25))


def test_a_school_year_ends_on_the_last_day_of_august(signed_in, curator, school, rings):
    client = signed_in(curator)
    response = client.post(
        reverse("reports"), asked(school, period="school", school="2025", formats=["docx", "xlsx"])
    )
    runs = ReportRun.objects.all()
    assert {(run.year, run.as_of, run.school_year) for run in runs} == {
        (2026, datetime.date(2026, 8, 31), True)
    }
    page = client.get(response["Location"])
    assert "2025/26 учебный год" in page.content.decode()
    again = client.get(page.context["preset"]).context["form"]
    assert (again["period"].value(), str(again["school"].value())) == ("school", "2025")


def test_the_calendar_year_and_the_school_year_are_two_questions(signed_in, curator, school, rings):
    client = signed_in(curator)
    client.post(reverse("reports"), asked(school, period="school", school="2025", formats=["xlsx"]))
    client.post(reverse("reports"), asked(school, period="date", as_of="31.08.2026", formats=["xlsx"]))
    assert sorted(ReportRun.objects.values_list("school_year", flat=True)) == [False, True]


def test_a_report_of_calendar_years_says_so_beside_the_period(signed_in, methodologist, municipality):
    data = {"kind": "roadmap", "place": f"municipality:{municipality.pk}", "formats": ["docx"]}
    response = signed_in(methodologist).post(
        reverse("reports"), data | {"period": "school", "school": "2025"}
    )
    assert response.status_code == 422
    assert response.context["form"].errors["period"] == [
        "Этот отчёт делают за календарный год. Выберите его."
    ]
    assert not ReportRun.objects.exists()


def test_a_report_about_the_municipality_is_not_narrowed_to_a_school(signed_in, curator, school):
    response = signed_in(curator).post(reverse("reports"), asked(school, kind="roadmap", formats=["docx"]))
    assert response.status_code == 422
    assert not ReportRun.objects.exists()


def test_the_address_fills_in_the_builder(signed_in, methodologist):
    page = signed_in(methodologist).get(reverse("reports"), {"kind": "checklists", "formats": "xlsx"})
    assert page.context["form"]["kind"].value() == "checklists"
    assert page.context["form"]["formats"].value() == ["xlsx"]


def test_a_district_report_is_for_those_who_hold_the_district(
    signed_in, district_methodologist, methodologist, analyst, district, rings
):
    data = {"kind": "summary", "place": f"district:{district.pk}", "period": "year", "year": "2026"}
    signed_in(district_methodologist).post(reverse("reports"), data | {"formats": ["xlsx"]})
    run = ReportRun.objects.get()
    assert run.district == district
    for user in (district_methodologist, methodologist, analyst):
        assert signed_in(user).get(reverse("report", args=[run.pk])).status_code == 200


@pytest.mark.parametrize(("language", "title"), [("ru", "База наставляемых"), ("en", "Base of mentees")])
def test_kinds_of_workbooks_are_called_in_the_language_of_the_page(language, title):
    with translation.override(language):
        assert kind_title("mentees") == title


def test_an_administrator_loads_organizations_and_headcounts_of_the_whole_municipality(client, cast):
    client.force_login(cast.administrator)

    response = client.get(reverse("import-new"))

    form = response.context["form"]
    assert [code for code, _title in form.fields["kind"].choices] == ["", "organizations", "headcounts"]
    assert [code.partition(":")[0] for code in form.fields["place"].places] == ["municipality"]
    html = response.content.decode()
    assert "Достаточно ИНН и ещё одного столбца." in html
    assert "Достаточно ФИО" not in html
