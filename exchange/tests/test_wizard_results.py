"""After an upload: undoing it, its report, what changed, what is next, the history."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessAction, AccessRecord
from exchange.enums import RunState
from exchange.tests.books import PUPILS, page, pupils, upload, workbook
from exchange.tests.factories import ImportRunFactory
from mentors.models import Person
from mentors.tests.factories import MentoringFormFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def client(signed_in, curator, school):
    MentoringFormFactory()
    return signed_in(curator)


class TestAfterwards:
    @pytest.fixture
    def done(self, client):
        run = upload(client, workbook(pupils(PUPILS[0])))
        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "all"})
        run.refresh_from_db()
        return run

    def test_the_upload_is_undone_from_its_page(self, client, done):
        assert "Отменить загрузку…" in page(client, done).content.decode()
        assert "Будут убраны: наставники" in page(client, done, "import-undo").content.decode()
        client.post(reverse("import-undo", args=[done.pk]))
        assert not Person.objects.exists()
        assert "Загрузка отменена" in page(client, done).content.decode()

    def test_a_record_in_use_is_named_and_nothing_is_undone(self, client, done):
        person = Person.objects.get(last_name="Белов")
        person.contact = "+7 900 000-00-00"
        person.save()
        response = client.post(reverse("import-undo", args=[done.pk]))
        assert response.status_code == 422
        assert "«Белов Артём Сергеевич» изменили после загрузки." in response.content.decode()
        assert Person.objects.count() == 2

    def test_the_report_tells_figures_remarks_and_corrections(self, client, done):
        response = client.get(reverse("import-report", args=[done.pk]))
        book = load_workbook(io.BytesIO(response.content))
        assert book.sheetnames == ["Результат", "Замечания", "Исправления на странице"]
        figures = {row[0].value: row[1].value for row in book.worksheets[0].iter_rows()}
        assert figures["Наставляемые"] in (1, "1")
        assert AccessRecord.objects.filter(action=AccessAction.EXPORT, object_id=str(done.pk)).exists()

    def test_what_changed_is_shown_field_by_field(self, client, done):
        row = [*PUPILS[0][:2], "11А", *PUPILS[0][3:]]
        run = upload(client, workbook(pupils(row)))
        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "all"})
        [record] = page(client, run, "import-changes").context["records"]
        assert [(was, became) for _label, was, became in record.changes] == [("10Б", "11А")]

    def test_next_tasks_lead_to_the_filtered_pages(self, client, done):
        titles = [step.title for step, _url in page(client, done).context["next_steps"]]
        urls = [url for _step, url in page(client, done).context["next_steps"]]
        assert any("программ" in title for title in titles)
        assert all(client.get(url).status_code == 200 for url in urls)

    def test_incomplete_rows_come_as_a_template_that_is_filled_in_and_uploaded(self, client, done):
        response = client.get(reverse("import-incomplete", args=["mentees"]))
        book = load_workbook(io.BytesIO(response.content))
        sheet = book.active
        headings = [cell.value for cell in sheet[1]]
        assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["Белов Артём Сергеевич"]
        sheet.cell(2, headings.index("Дата вхождения в программу") + 1).value = "01.09.2025"
        target = io.BytesIO()
        book.save(target)
        run = upload(client, SimpleUploadedFile("Исправлено.xlsx", target.getvalue()))
        assert (run.kind, run.outcome["updated"], run.outcome["refused"]) == ("mentees", 1, 0)
        assert AccessRecord.objects.filter(action=AccessAction.EXPORT, details__rows=1).exists()

    def test_the_history_is_filtered_and_says_what_came_of_each(self, client, done, curator, school):
        ImportRunFactory(organization=school, owner=curator, file_name="Чужой.xlsx", state=RunState.CANCELLED)
        listed = client.get(reverse("imports"), {"state": "done", "who": "mine"}).context["rows"]
        assert [run.pk for run in listed] == [done.pk]
        assert listed[0].brought == "1 наставник, 1 наставляемый, 1 пара"
        assert listed[0].undo_until is not None
        empty = client.get(reverse("imports"), {"state": "undone"}).content.decode()
        assert "Таких загрузок нет" in empty

    def test_a_page_that_polls_is_sent_to_the_step_that_has_come(self, client, done):
        response = client.get(reverse("import", args=[done.pk]), headers={"HX-Request": "true"})
        assert response["HX-Redirect"].startswith(reverse("import", args=[done.pk]))
