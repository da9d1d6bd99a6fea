"""What a workbook is and which column is which field, as understood and as said by its owner."""

from __future__ import annotations

import pytest
from django.urls import reverse

from exchange.enums import ImportStep
from exchange.models import ColumnMemory, ImportRun
from exchange.tests.books import FORM, HEADINGS, PUPILS, TEACHERS, page, pupils, upload, workbook
from mentors.models import Participation, Person
from mentors.tests.factories import MentoringFormFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def client(signed_in, curator, school):
    MentoringFormFactory()
    return signed_in(curator)


class TestRecognition:
    def test_the_kind_is_known_by_the_headings_and_titles_above_are_passed_over(self, client):
        run = upload(client, workbook(pupils(PUPILS[0], above=(["Приложение 1"], ["Утверждаю"], []))))
        assert (run.kind, run.step) == ("mentees", ImportStep.CONFIRM)
        assert run.outcome["parts"][0]["header_rows"] == [4, 4]

    def test_both_bases_of_one_file_are_one_upload(self, client):
        file = workbook(
            pupils(PUPILS[0]),
            ("Наставники", [["№", "ФИО наставника", "Год рождения", "Должность"], *TEACHERS]),
        )
        run = upload(client, file)
        assert [part["kind"] for part in run.parts] == ["mentees", "mentors"]
        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "all"})
        assert Person.objects.count() == 2
        mentor = Participation.objects.get(role="mentor")
        assert (mentor.position, mentor.person.birth_year) == ("учитель", 1980)

    def test_pasted_cells_go_the_same_way(self, client):
        block = "\r\n".join("\t".join(str(cell or "") for cell in row) for row in [HEADINGS, PUPILS[0]])
        response = client.post(reverse("import-new"), {"cells": block})
        run = ImportRun.objects.get()
        assert response.status_code == 302
        assert (run.file_name, run.kind, run.outcome["added"]) == ("Вставленные ячейки.tsv", "mentees", 1)

    def test_neither_file_nor_cells_is_a_sentence(self, client):
        response = client.post(reverse("import-new"), {})
        assert response.status_code == 422
        assert response.context["form"].errors["file"] == ["Выберите файл."]

    def test_a_likely_heading_is_shown_before_the_rows(self, client):
        run = upload(client, workbook(pupils(PUPILS[0], headings=[*HEADINGS[:5], "Наставник (ФИО)"])))
        assert page(client, run).status_code == 302
        [sheet] = page(client, run, "import-columns").context["choices"]
        [doubtful] = [column for column in sheet.columns if column.doubtful]
        assert (doubtful.letter, doubtful.field) == ("F", "mentor_name")
        assert doubtful.samples == ["Орлова Елена Викторовна"]


class TestColumns:
    def layout(self, **changes):
        fields = dict(
            zip("ABCDEF", ("", "full_name", "class_name", "birth", "form", "mentor_name"), strict=True)
        )
        data = {f"col-0-{letter}": field for letter, field in (fields | changes).items()}
        return {
            "use-0": "on",
            "kind-0": "mentees",
            "header-0": "1",
            "shown-0": "mentees:1",
            "go": "1",
            **data,
        }

    def test_the_owner_says_which_column_is_what_and_next_time_it_is_remembered(self, client):
        headings = ["п", "Кто", "Где учится", "Когда", "Как", "С кем"]
        run = upload(client, workbook(pupils(PUPILS[0], headings=headings)))
        assert run.step == ImportStep.REFUSED
        response = page(client, run)
        assert response["Location"].startswith(reverse("import-columns", args=[run.pk]))
        client.post(reverse("import-columns", args=[run.pk]), self.layout())
        run.refresh_from_db()
        assert (run.step, run.outcome["pairs_added"]) == (ImportStep.CONFIRM, 1)
        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "all"})
        assert ColumnMemory.objects.count() == 1

        again = upload(client, workbook(pupils(PUPILS[3], headings=headings), name="Вторая.xlsx"), kind="")
        assert again.kind == "mentees"

    def test_remembered_columns_are_taken_where_the_headings_tell_the_kind(self, client):
        headings = [*HEADINGS[:2], "Группа обучения", *HEADINGS[3:]]
        run = upload(client, workbook(pupils(PUPILS[0], headings=headings)))
        client.post(reverse("import-columns", args=[run.pk]), self.layout())
        run.refresh_from_db()
        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "all"})

        again = upload(
            client, workbook(pupils([1, "Ким Роман Тимурович", "9А", 2011, FORM, ""], headings=headings))
        )
        assert again.parts[0]["columns"]["class_name"] == "C"
        assert again.step == ImportStep.CONFIRM

    def test_a_field_of_two_columns_is_a_sentence_and_the_choice_stays(self, client):
        run = upload(client, workbook(pupils(PUPILS[0])))
        response = client.post(reverse("import-columns", args=[run.pk]), self.layout(C="birth"))
        assert response.status_code == 422
        assert response.context["errors"] == [
            "Поле «Год рождения наставляемого» выбрано для нескольких столбцов: C, D. Оставьте один."
        ]
        assert {column.letter: column.field for column in response.context["choices"][0].columns}[
            "C"
        ] == "birth"

    def test_without_the_name_no_record_can_be_made(self, client):
        run = upload(client, workbook(pupils(PUPILS[0])))
        response = client.post(reverse("import-columns", args=[run.pk]), self.layout(B=""))
        [error] = response.context["errors"]
        assert "Не видим столбец" in error and "ФИО" in error and "Выберите его в списке ниже" in error

    def test_another_row_of_headings_reads_the_columns_anew(self, client):
        above = (["ФИО", "Класс", "Форма", "Наставник", "Дата начала", "Дата рождения"],)
        run = upload(client, workbook(pupils(PUPILS[0], above=above)))
        data = {"use-0": "on", "kind-0": "mentees", "header-0": "2", "shown-0": "mentees:1", "look": "1"}
        response = client.post(reverse("import-columns", args=[run.pk]), data)
        [sheet] = response.context["choices"]
        assert (sheet.header_row, sheet.columns[1].field) == (2, "full_name")

    def test_only_the_owner_decides(self, client, signed_in, head, methodologist):
        run = upload(client, workbook(pupils(PUPILS[0])))
        assert signed_in(methodologist).get(reverse("import-columns", args=[run.pk])).status_code == 403
