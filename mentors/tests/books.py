"""Makes small workbooks of the two bases for tests, and imports them as the command does."""

from __future__ import annotations

import datetime

from openpyxl import Workbook

from common.importing import run_import
from common.sheets.limits import Limits
from orgs.scope import Scope

MENTEE_HEADINGS = {
    "full_name": "ФИО наставляемого",
    "contact": "Контактные данные для связи (данные представителя)",
    "email": "Эл. почта",
    "birth": "Год рождения наставляемого",
    "request": "Основной запрос наставляемого",
    "start": "Дата вхождения в программу",
    "mentor": "ФИО наставника",
    "form": "Форма наставничества",
    "workplace": "Место работы/учёбы наставника",
    "end": "Дата завершения программы",
    "results": "Результаты программы",
    "mark": "Отметка о прохождении программы",
    "class": "Класс",
}
MENTOR_HEADINGS = {
    "full_name": "ФИО наставника",
    "contact": "Контактные данные для связи",
    "workplace": "Место работы/учёбы наставника",
    "competencies": "Основные компетенции наставника",
    "start": "Дата вхождения в программу",
    "mentees": "ФИО наставляемого (наставляемых)",
    "form": "Форма наставничества",
    "mentee_workplace": "Место работы/учёбы наставляемого",
    "end": "Дата завершения программы",
    "results": "Результаты программы",
    "birth": "Год рождения наставника",
}
START = datetime.date(2022, 9, 1)
PUPILS = "ученик – ученик"
TEACHERS = "учитель – учитель"
STUDENT = "студент – ученик"


def mentee(name: str, mentor: str = "", **cells) -> dict:
    """A row of the mentees' base; with a mentor it has a form and a start unless said otherwise."""
    row = {"full_name": name, "birth": 2010, **cells}
    if mentor:
        row = {"mentor": mentor, "form": STUDENT, "start": START, **row}
    return row


def mentor(name: str, mentees: str = "", **cells) -> dict:
    """A row of the mentors' base; with mentees it has a form and a start unless said otherwise."""
    row = {"full_name": name, **cells}
    if mentees:
        row = {"mentees": mentees, "form": STUDENT, "start": START, **row}
    return row


class Mailbox:
    """Writes workbooks into a folder and imports them for one organization."""

    def __init__(self, folder, organization):
        self.folder = folder
        self.organization = organization
        self.count = 0

    def book(self, kind: str, rows: list[dict], *, name: str = ""):
        """The path of a workbook with the rows under the official headings."""
        headings = MENTEE_HEADINGS if kind == "mentees" else MENTOR_HEADINGS
        used = [key for key in headings if any(key in row for row in rows)] or ["full_name"]
        book = Workbook()
        sheet = book.active
        sheet.title = "Наставляемые" if kind == "mentees" else "Наставники"
        sheet.append([headings[key] for key in used])
        for row in rows:
            sheet.append([row.get(key) for key in used])
            for cell in sheet[sheet.max_row]:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # «=1+1» typed as text, not a formula
        self.count += 1
        path = self.folder / (name or f"{kind}-{self.count}.xlsx")
        book.save(path)
        return path

    def send(self, kind: str, *rows: dict, name: str = "", organization=None, **options):
        """The outcome of importing the rows as one workbook."""
        path = self.book(kind, list(rows), name=name)
        return self.send_file(kind, path, organization=organization, **options)

    def send_file(self, kind: str, path, *, organization=None, scope=None, **options):
        """The outcome of importing a file."""
        return run_import(
            kind,
            path,
            file_name=path.name,
            scope=scope or Scope.everything(),
            organization=organization or self.organization,
            limits=Limits.for_command(),
            **options,
        )


def figures(outcome) -> tuple[int, int, int, int]:
    """Added, updated, unchanged and refused rows."""
    document = outcome.as_json()
    return tuple(document[key] for key in ("added", "updated", "unchanged", "refused"))


def codes(outcome, level: str | None = None) -> list[str]:
    """Codes of the problems, of one level if given."""
    return [issue.code for issue in outcome.issues if level is None or issue.level == level]
