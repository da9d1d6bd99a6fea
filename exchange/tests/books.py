"""Small workbooks of a school, sent through the page as their curator does."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from exchange.models import ImportRun

HEADINGS = ["№ п/п", "ФИО", "Класс", "Год рождения", "Форма", "Наставник"]
FORM = "ученик – ученик"
PUPILS = [
    [1, "Белов Артём Сергеевич", "10 б", 2010, FORM, "Орлова Елена Викторовна"],
    [2, "Гусев Максим Олегович", "10-Б", 2101, FORM, "Орлова Елена Викторовна"],
    [3, None, "10Б", 2010, FORM, "Ким Роман Тимурович"],
    [4, "Рогова Майя Тимуровна", "10Б", 2010, "шефство", "Ким Роман Тимурович"],
    [5, "Ефремова Дина Павловна", "10Б", 2010, "шефство", "Ким Роман Тимурович"],
]
TEACHERS = [[1, "Орлова Елена Викторовна", 1980, "учитель"]]


def workbook(*sheets, name="Наставничество.xlsx"):
    """An uploaded file of sheets, each a title and rows."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return SimpleUploadedFile(name, target.getvalue())


def pupils(*rows, headings=HEADINGS, above=()):
    return "Ученики", [*above, headings, *(rows or PUPILS)]


def upload(client, file, **data) -> ImportRun:
    """The newest run, after the file was sent with nothing else said."""
    response = client.post(reverse("import-new"), {"file": file, **data})
    assert response.status_code == 302, response.context["form"].errors
    return ImportRun.objects.latest("created_at")


def page(client, run, route="import", **query):
    return client.get(reverse(route, args=[run.pk]), query)


def correct(client, run, **data) -> ImportRun:
    response = client.post(reverse("import-correct", args=[run.pk]), data)
    assert response.status_code == 302
    run.refresh_from_db()
    return run


def problems(run):
    return sorted(
        (issue["row"], issue["code"])
        for issue in run.outcome["issues"]
        if issue["level"] in ("error", "question")
    )
