"""A base of mentees as a school would mail it, of any length, the same every time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

import tablib
import xlsxwriter

LETTERS = "абвгдежиклмнопрст"
SURNAMES = ("Белов", "Орлов", "Титов", "Юдин", "Львов", "Соколов", "Зайцев", "Гусев", "Семёнов", "Фёдоров")
NAMES = ("Антон", "Егор", "Олег", "Марк", "Пётр", "Иван")
PATRONYMICS = ("Сергеевич", "Олегович", "Ильич", "Петрович")
MENTEES_OF_A_MENTOR = 5
HEADINGS = (
    "№",
    "ФИО наставляемого",
    "Контактные данные для связи (данные представителя)",
    "Год рождения наставляемого",
    "Основной запрос наставляемого",
    "Дата вхождения в программу",
    "ФИО наставника",
    "Форма наставничества",
    "Место работы/учёбы наставника",
    "Дата завершения программы",
    "Результаты программы",
    "Ссылка на кейс/отзыв наставляемого, размещённые на сайте организации",
    "Отметка о прохождении программы",
)


@dataclass(frozen=True, slots=True)
class SampleRow:
    """What one row of the base says."""

    number: int
    mentee: str
    contact: str
    birth_year: int
    request: str
    started_on: datetime.date
    mentor: str
    form: str = "студент – ученик"
    workplace: str = "МБОУ «СОШ № 1»"


def sample_rows(count: int) -> list[SampleRow]:
    """Rows with different mentees; every mentor has five of them."""
    return [
        SampleRow(
            index + 1,
            _name(SURNAMES[index % len(SURNAMES)], index),
            f"+7 900 000-00-{index % 100:02d}",
            2006 + index % 8,
            "помощь в учёбе",
            datetime.date(2022, 9, 1) + datetime.timedelta(days=index % 200),
            _name("Наставников", index // MENTEES_OF_A_MENTOR),
        )
        for index in range(count)
    ]


def write_workbook(path: Path, rows: list[SampleRow]) -> Path:
    """The rows as a workbook in the official form."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Наставляемые")
    date = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_row(0, 0, HEADINGS)
    for index, row in enumerate(rows, 1):
        sheet.write_row(index, 0, (row.number, row.mentee, row.contact, row.birth_year, row.request))
        sheet.write_datetime(index, 5, row.started_on, date)
        sheet.write_row(index, 6, (row.mentor, row.form, row.workplace))
    book.close()
    return path


def stock_table(rows: list[SampleRow]) -> tablib.Dataset:
    """The rows as stock django-import-export takes them."""
    fields = ("mentee", "contact", "birth_year", "request", "started_on", "mentor", "form", "workplace")
    return tablib.Dataset(*(tuple(getattr(row, name) for name in fields) for row in rows), headers=fields)


def _name(surname: str, number: int) -> str:
    tail = ""
    rest = number
    while True:
        rest, digit = divmod(rest, len(LETTERS))
        tail += LETTERS[digit]
        if not rest:
            break
    return f"{surname}{tail} {NAMES[number % len(NAMES)]} {PATRONYMICS[number % len(PATRONYMICS)]}"
