"""The samples of ux.md 6.4: each message says where, what is wrong and what to do."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook

from exchange.enums import RunState
from exchange.models import ImportRun
from exchange.problems import Problems
from exchange.tests.books import FORM, HEADINGS, PUPILS, pupils, upload, workbook
from exchange.tests.factories import ImportRunFactory
from exchange.words import what_is_left
from mentors.tests.factories import MentoringFormFactory

pytestmark = pytest.mark.django_db(transaction=True)
FORBIDDEN = ("неверный формат", "ошибка валидации", "некорректн", "импорт", "NOT NULL")


@pytest.fixture
def client(signed_in, curator):
    MentoringFormFactory()
    return signed_in(curator)


def seen(client, run) -> str:
    """The page that the owner of the import sees, in one line with plain quotes and spaces."""
    html = client.get(reverse("import", args=[run.pk]), follow=True).content.decode()
    text = " ".join(html.replace("&quot;", '"').replace("\u00a0", " ").split())
    for word in FORBIDDEN:
        assert word.lower() not in text.lower(), word
    assert "!</" not in text
    return text


def test_1_another_kind_of_file(client):
    run = upload(client, SimpleUploadedFile("список.pdf", b"%PDF-1.4 %\xe2\xe3"))
    text = seen(client, run)
    assert "Не получилось прочитать «список.pdf»" in text
    assert "Это PDF, а не таблица. Сохраните таблицу как книгу Excel (.xlsx) и выберите её снова." in text


def test_2_a_workbook_with_a_password(client):
    signature = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    content = signature + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600
    text = seen(client, upload(client, SimpleUploadedFile("База.xlsx", content)))
    assert "«База.xlsx»" in text
    assert "парол" in text and "Снимите" in text


def test_3_no_row_of_headings(client):
    run = upload(client, workbook(("Лист1", [["Белов", "10Б"], ["Гусев", "10А"]])))
    text = seen(client, run)
    assert "Щёлкните строку, где написаны «ФИО», «Класс» и другие названия столбцов" in text


def test_4_no_column_with_the_name(client):
    run = upload(client, workbook(pupils(PUPILS[0])))
    data = {"use-0": "on", "kind-0": "mentees", "header-0": "1", "shown-0": "mentees:1", "go": "1"}
    response = client.post(reverse("import-columns", args=[run.pk]), {**data, "col-0-D": "birth"})
    text = response.content.decode()
    assert "Не видим столбец" in text and "Выберите его в списке ниже: без него записи не создать." in text


def test_5_a_row_without_a_name(client):
    text = seen(client, upload(client, workbook(pupils([1, None, "10Б", 2010, FORM, "Ким Роман Тимурович"]))))
    assert "Строка 2, столбец B «ФИО»." in text
    assert "Исключить строку 2" in text


def test_6_equal_cells_are_corrected_at_once(client):
    rows = [
        [n, f"{name} Анна", "10Б", 2010, "ученик-учинек", "Ким Роман"]
        for n, name in enumerate(["Белова", "Гусева"])
    ]
    text = seen(client, upload(client, workbook(pupils(*rows))))
    assert f"Похоже на {FORM}." in text
    assert "Исправить 2 такие же ячейки" in text


def test_7_a_year_that_has_not_come(client):
    text = seen(client, upload(client, workbook(pupils(PUPILS[1]))))
    assert "Строка 2, столбец D «Год рождения»." in text
    assert "2101" in text and "Похоже на 2011." in text


def test_9_a_double_names_the_other_row(client):
    text = seen(client, upload(client, workbook(pupils(PUPILS[0], [2, *PUPILS[0][1:]]))))
    assert "Строка 3" in text and "повторяет строку 2" in text


def test_11_what_concerns_the_whole_file_is_said_once(client):
    rows = [
        [n, f"{name} Анна Ивановна", "10Б", 2010, "", ""] for n, name in enumerate(["Белова", "Гусева"], 1)
    ]
    book = workbook(pupils(*rows, ["Итого", 2]))
    assert "Что ещё заметили" in seen(client, upload(client, book))


def test_12_what_came_of_it_and_until_when_it_can_be_undone(client):
    run = upload(client, workbook(pupils(PUPILS[0])))
    client.post(reverse("import-confirm", args=[run.pk]), {"sha256": run.sha256, "rows": "all"})
    text = seen(client, run)
    assert "Готово. Добавлено: 1 наставник, 1 наставляемый и 1 пара" in text
    assert "Загрузку можно отменить до" in text


def test_too_many_rows(client, settings):
    settings.SHEET_LIMITS = {"rows": 3}
    text = seen(client, upload(client, workbook(pupils())))
    assert "3" in text and "Разделите строки" in text


def test_a_fault_of_the_portal_keeps_the_file_and_gives_a_number(client, curator, school):
    run = ImportRunFactory(
        organization=school, owner=curator, state=RunState.FAILED, message="Сбой. Код 4F2A."
    )
    text = seen(client, run)
    assert "Код 4F2A" in text
    assert reverse("import-repeat", args=[run.pk]) in text
    assert ImportRun.objects.get().file


def test_a_broken_archive_is_a_sentence(client):
    book = Workbook()
    book.active.append(HEADINGS)
    stream = io.BytesIO()
    book.save(stream)
    text = seen(client, upload(client, SimpleUploadedFile("База.xlsx", stream.getvalue()[:800])))
    assert zipfile.is_zipfile(io.BytesIO(stream.getvalue()))
    assert "Не получилось прочитать «База.xlsx»" in text


@pytest.mark.parametrize(
    ("levels", "omitted", "words"),
    [
        (["error"] * 4, 0, "станет доступно после 4 исправлений"),
        (["question"], 0, "станет доступно после 1 ответа"),
        (["error", "question", "question"], 0, "станет доступно после 1 исправления и 2 ответов"),
        (["question", "warning"], 3, "станет доступно после 3 исправлений и 1 ответа"),
    ],
)
def test_what_the_button_waits_for_is_corrections_or_answers(levels, omitted, words):
    issues = [
        {"level": level, "code": "x", "row": n, "column": "", "value": "", "message": "?", "fix": ""}
        for n, level in enumerate(levels, 2)
    ]
    run = ImportRun(outcome={"issues": issues, "omitted_issues": omitted})
    with translation.override("ru"):
        assert what_is_left(run, Problems(run)) == words
