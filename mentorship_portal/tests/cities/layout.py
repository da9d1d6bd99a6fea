"""Tables as files: a workbook or a text file, tidy or with everything that people put around a table."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from random import Random

import xlsxwriter

from mentorship_portal.tests.cities.spelling import Plain
from mentorship_portal.tests.cities.tables import Table

TITLES = {
    "mentees": "База наставляемых",
    "mentors": "База наставников",
    "organizations": "Список организаций",
    "headcounts": "Численность обучающихся",
    "targets": "Цели дорожной карты",
    "survey_answers": "Ответы участников",
}
EXTRA = ("Примечание", "Класс руководителя", "Комментарий методиста")
Line = list


def write_plain(folder: Path, table: Table) -> Path:
    """The official form as the portal exports it, with the ИНН in the file name."""
    name = f"{table.kind}_{table.inn}.xlsx" if table.inn else f"{table.kind}.xlsx"
    lines = [table.headings, *([row.get(heading) for heading in table.headings] for row in table.rows)]
    return _workbook(folder / name, {table.sheet: lines}, [])


class MessyWriter:
    """Writes tables as schools mail them; every choice comes from the city's seed."""

    def __init__(self, folder: Path, random: Random, spell: Plain):
        self.folder, self.random, self.spell = folder, random, spell
        self.count = 0

    def write(self, table: Table) -> Path:
        headings = self._headings(table)
        above = self._above(table)
        lines = [*above, [self.spell.heading(text) if text else None for text in headings]]
        places, lines_of_rows = [], {}
        if self.random.random() < 0.2 and len(headings) > 4:
            lines.append(list(range(1, len(headings) + 1)))
        for number, row in enumerate(table.rows):
            if not table.merges and number and self.random.random() < 0.1:
                lines.append(self._between(headings, table))
            lines_of_rows[number] = len(lines)
            lines.append([self._cell(row, heading) for heading in headings])
        for heading, first, last in table.merges:
            places.append((lines_of_rows[first], lines_of_rows[last], headings.index(heading)))
        lines += self._below(headings, table)
        return self._save(table, lines, places, has_inn_above=any(table.inn in str(line) for line in above))

    def _headings(self, table: Table) -> list[str | None]:
        headings: list[str | None] = list(table.headings)
        if self.random.random() < 0.5:
            self.random.shuffle(headings)
            if "№" in headings and self.random.random() < 0.5:
                headings.remove("№")
                headings.insert(0, "№")
        for extra in self.random.sample(EXTRA, self.random.choice((0, 0, 1, 2))):
            headings.insert(self.random.randint(0, len(headings)), extra)
        return headings

    def _cell(self, row: dict, heading: str | None) -> object:
        if heading in EXTRA:
            return self.random.choice((None, "см. журнал", 7))
        return row.get(heading)

    def _above(self, table: Table) -> list[Line]:
        random = self.random
        lines: list[Line] = []
        if table.inn and random.random() < 0.5:
            lines.append([random.choice((f"ИНН {table.inn}", f"МБОУ СОШ, ИНН: {table.inn}", table.inn))])
        for line in (["Приложение 1"], [TITLES[table.kind]], [None], [None, None, "2022 год"]):
            if random.random() < 0.35:
                lines.append(line)
        random.shuffle(lines)
        return lines

    def _between(self, headings: list, table: Table) -> Line:
        section = "Форма: ученик – ученик"
        choices: list[Line] = [[], [], [None, " "]]
        if table.inn:
            choices.append([section])
            choices.append([self.spell.heading(text) if text else None for text in headings])
        return self.random.choice(choices)

    def _below(self, headings: list, table: Table) -> list[Line]:
        random, lines = self.random, []
        if random.random() < 0.5:
            lines.append(random.choice((["Итого", len(table.rows)], [None, "ИТОГО:", len(table.rows)])))
        if random.random() < 0.3:
            lines += [[], ["Примечание: данные за учебный год, сверено с приказом."]]
        if random.random() < 0.3:
            lines += [[], ["Исполнитель: Иванова А. П.", None, "тел. 12-34-56"]]
        return lines

    def _save(self, table: Table, lines: list[Line], merges: list, *, has_inn_above: bool) -> Path:
        name = self._file_name(table, has_inn_above=has_inn_above)
        if not merges and self.random.random() < 0.25:
            encoding = self.random.choice(("cp1251", "utf-8", "utf-8-sig"))
            return _text(self.folder / f"{name}.csv", lines, encoding)
        sheet = self.random.choice((table.sheet, "Лист1", "Лист 2022"))
        sheets: dict[str, list[Line]] = {sheet: lines}
        if self.random.random() < 0.25:
            first = self.random.choice(([], [["Титульный лист"], [], ["Управление образования"]]))
            sheets = {"Титул": first, sheet: lines}
        if self.random.random() < 0.15:
            sheets["Справочник"] = [["да"], ["нет"]]
        return _workbook(self.folder / f"{name}.xlsx", sheets, merges, data_sheet=sheet)

    def _file_name(self, table: Table, *, has_inn_above: bool) -> str:
        # Numbers in front turn the order of the folder around: mentors before mentees, answers first.
        self.count += 1
        number = 99 - self.count
        if not table.inn:
            return self.random.choice((f"{number} {TITLES[table.kind]}", f"{number}_{table.kind}"))
        if has_inn_above and self.random.random() < 0.7:
            return f"{number} {TITLES[table.kind]}"
        return self.random.choice((f"{number}_{table.inn}", f"{number} база (ИНН {table.inn}) новая"))


def _text(path: Path, lines: list[Line], encoding: str) -> Path:
    with open(path, "w", encoding=encoding, newline="", errors="strict") as file:
        writer = csv.writer(file, delimiter=";")
        width = max(len(line) for line in lines)
        for line in lines:
            cells = [*line, *[None] * (width - len(line))]
            writer.writerow([f"{cell:%d.%m.%Y}" if isinstance(cell, date) else cell for cell in cells])
    return path


def _workbook(path: Path, sheets: dict[str, list[Line]], merges: list, *, data_sheet: str = "") -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        center = book.add_format({"valign": "vcenter"})
        for name, lines in sheets.items():
            worksheet = book.add_worksheet(name)
            for number, line in enumerate(lines):
                for column, value in enumerate(line):
                    if isinstance(value, str):
                        worksheet.write_string(number, column, value)
                    elif value is not None:
                        worksheet.write(number, column, value)
            for first, last, column in merges if name == data_sheet else ():
                worksheet.merge_range(first, column, last, column, lines[first][column], center)
    return path
