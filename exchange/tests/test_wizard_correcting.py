"""Problems corrected in the browser, at the cells of the file itself."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from exchange.enums import ImportStep
from exchange.models import ImportRun
from exchange.tests.books import FORM, correct, page, problems, pupils, upload, workbook
from mentors.models import Pair, Person
from mentors.tests.factories import MentoringFormFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school(cast):
    return cast.school


@pytest.fixture
def client(signed_in, curator, school):
    MentoringFormFactory()
    return signed_in(curator)


class TestCorrecting:
    @pytest.fixture
    def run(self, client):
        return upload(client, workbook(pupils()))

    def test_problems_stand_at_the_file_s_own_cells_with_what_to_do(self, client, run):
        response = page(client, run)
        rows = {row.number: row for row in response.context["grid"].rows}
        assert sorted(rows) == [3, 4, 5, 6]
        [bad] = [cell for cell in rows[3].cells if cell.tone == "err"]
        assert (bad.address, bad.text, bad.column.heading) == ("3:D", "2101", "Год рождения")
        html = response.content.decode()
        assert "Строка 3, столбец D «Год рождения»." in html
        assert "Поставить 2011" in html
        assert "Исправить 2 такие же ячейки" in html
        assert "станет доступно после 4 исправлений" in html
        assert "Загрузить 1, отложить 4" in html
        assert {tab.label: tab.count for tab in response.context["tabs"]} == {
            "Только проблемы": 4,
            "Ошибки": 4,
            "Все": 5,
        }
        assert [(group.title, group.count) for group in response.context["groups"]] == [
            ("Год ещё не наступил", 1),
            ("Нет ФИО", 1),
            ("Форму не узнали", 2),
        ]

    def test_a_suggestion_a_typed_name_equal_cells_and_a_row_left_out(self, client, run):
        correct(client, run, set="3:D")
        assert run.corrections == {"3:D": "2011"}
        correct(client, run, **{"cell-5:E": FORM, "was-5:E": "шефство", "spread": "5:E"})
        assert run.corrections["6:E"] == FORM
        correct(client, run, exclude="4")
        assert problems(run) == []
        assert (run.outcome["rows"], run.outcome["refused"]) == (4, 0)

        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "all"})
        run.refresh_from_db()
        assert run.step == ImportStep.DONE
        assert Person.objects.get(last_name="Гусев").birth_year == 2011
        assert Pair.objects.count() == 4
        with run.file.open() as stored:
            assert load_workbook(stored).active["D3"].value == 2101

    def test_a_correction_is_taken_back(self, client, run):
        correct(client, run, set="3:D")
        correct(client, run, restore="3:D")
        assert run.corrections == {}
        correct(client, run, exclude="4")
        correct(client, run, include="4")
        assert run.excluded == []

    def test_an_untouched_cell_is_no_correction(self, client, run):
        correct(client, run, **{"cell-3:D": "2101", "was-3:D": "2101"})
        assert run.corrections == {}

    def test_what_was_not_offered_is_refused(self, client, run):
        correct(client, run, **{"cell-2:B": "Подмена", "was-2:B": ""})
        correct(client, run, set="99:Z")
        correct(client, run, answer="3:namesake=person:1")
        assert (run.corrections, run.answers) == ({}, {})

    def test_rows_handed_back_have_what_was_corrected(self, client, run):
        correct(client, run, **{"cell-5:E": "наставничество", "was-5:E": "шефство"})
        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "good"})
        returned = client.get(reverse("import-returned", args=[run.pk]))
        sheet = load_workbook(io.BytesIO(b"".join(returned.streaming_content))).active
        assert "наставничество" in [cell.value for cell in sheet["E"]]

    def test_rows_that_were_put_off_are_taken_up_again(self, client, run):
        client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "good"})
        client.post(reverse("import-resume", args=[run.pk]))
        again = ImportRun.objects.latest("created_at")
        assert again.pk != run.pk
        assert (again.outcome["unchanged"], again.outcome["refused"]) == (1, 4)

    def test_the_wizard_opens_again_where_it_was_left(self, client, run):
        correct(client, run, set="3:D")
        run.refresh_from_db()
        assert page(client, run).context["run"].corrections == {"3:D": "2011"}
        assert upload(client, workbook(pupils())).pk == run.pk or ImportRun.objects.count() == 2

    def test_a_question_is_answered_for_all_rows_at_once(self, client):
        names = ["Белов Артём Сергеевич", "Ким Роман Тимурович"]
        mentors = [["ФИО наставника", "ФИО наставляемого", "Форма наставничества", "Год рождения наставника"]]
        mentors += [["Орлова Елена Викторовна", name, FORM, 1980] for name in names]
        first = upload(client, workbook(("Наставники", mentors)))
        client.post(reverse("import-confirm", args=[first.pk]), {"sha256": first.sha256, "rows": "all"})
        rows = [[n, name, "10Б", 2010, FORM, "Лисин Андрей Андреевич"] for n, name in enumerate(names)]
        run = upload(client, workbook(pupils(*rows)))
        codes = {code for _row, code in problems(run)}
        for code in codes:
            correct(client, run, answer_all=f"{code}=keep")
            correct(client, run, answer_all=f"{code}=take")
        assert all(key.partition(":")[2] in codes for key in run.answers)
