"""A list as a workbook against XlsxWriter in constant memory (``performance.md`` P8).

Both write the same rows with the same formats, widths, frozen heading, filter and drop-down lists, without a
database. Both files are read back and have to say the same.
"""

from __future__ import annotations

import datetime
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from common.workbooks import Column, WorkbookWriter
from mentorship_portal.benchmarks.measure import CpuClock, Measurement, peak_mib

ROWS = {"city": 10_000, "region": 100_000}
FEW_ROWS = 10_000
ROUNDS = 3
TITLE = "Наставляемые"
MARKS = ("не начата", "в процессе", "завершена", "прервана")
COLUMNS = (
    Column("ФИО", width=34),
    Column("Класс", width=8),
    Column("Организация", width=30),
    Column("Год рождения", kind="integer", width=10),
    Column("Контакт", width=20),
    Column("Запрос", width=30),
    Column("Форма", width=20, choices=("ученик — ученик", "студент — ученик", "педагог — педагог")),
    Column("Наставник", width=34),
    Column("Дата вхождения", kind="date", width=12),
    Column("Дата завершения", kind="date", width=12),
    Column("Встреч", kind="integer", width=8),
    Column("Последняя", kind="date", width=12),
    Column("Заполнено", kind="percent", width=10, places=0),
    Column("Средний балл", kind="number", width=10),
    Column("Отметка", width=14, choices=MARKS),
    Column("Должность", width=20),
    Column("Предмет", width=16),
    Column("Стаж", kind="integer", width=8),
    Column("Результаты", width=30),
    Column("Согласие", width=8, choices=("да", "нет")),
)


class DifferentFiles(Exception):
    """Two writers of the same rows have written different cells; a quick wrong file is worth nothing."""


def run(size_name: str) -> list[Measurement]:
    """Measures P8; the size ``region`` writes 100,000 rows and adds how memory grows from 10,000."""
    count = ROWS[size_name]
    with tempfile.TemporaryDirectory() as folder:
        ours, floor = Path(folder, "ours.xlsx"), Path(folder, "floor.xlsx")
        our_cpu, floor_cpu = _medians(lambda: _write(ours, count), lambda: _write_plainly(floor, count))
        _compare(ours, floor, count)
        peak = peak_mib(lambda: _write(ours, count))
        figures = [
            Measurement("P8", "export_cpu_vs_xlsxwriter", round(our_cpu / floor_cpu, 3)),
            Measurement("P8", "export_peak_mib", round(peak, 1)),
        ]
        if count > FEW_ROWS:
            few = peak_mib(lambda: _write(ours, FEW_ROWS))
            figures.append(Measurement("P8", "export_peak_100k_vs_10k", round(peak / few, 2)))
        return figures


def _rows(count: int) -> Iterator[tuple]:
    start = datetime.date(2022, 9, 1)
    for index in range(count):
        day = start + datetime.timedelta(days=index % 200)
        yield (
            f"Соколов{index} Пётр Ильич",
            f"{5 + index % 7}А",
            f"СОШ № {index % 200}",
            2006 + index % 8,
            f"+7 900 000-00-{index % 100:02d}",
            "помощь в учёбе" if index % 3 else "=1+1 & <подготовка>",
            "студент — ученик",
            f"Наставников{index // 5} Олег Сергеевич",
            day,
            day + datetime.timedelta(days=250) if index % 2 else None,
            index % 12,
            day + datetime.timedelta(days=30),
            index % 101 / 100,
            index % 50 / 10,
            MARKS[index % len(MARKS)],
            "" if index % 4 else "учитель",
            "математика",
            index % 40,
            "участник олимпиады",
            "да" if index % 5 else "нет",
        )


def _write(path: Path, count: int) -> None:
    with WorkbookWriter(path, title=TITLE, constant_memory=True) as book:
        book.sheet(TITLE, COLUMNS, _rows(count), heading_lines=[TITLE])


def _write_plainly(path: Path, count: int) -> None:
    """The same as whoever knows XlsxWriter would write it by hand."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(TITLE)
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        formats = {
            "text": {"text_wrap": True},
            "integer": {"num_format": "#,##0"},
            "number": {"num_format": "#,##0.0"},
            "percent": {"num_format": "0\\ %"},
            "date": {"num_format": "dd.mm.yyyy"},
        }
        kinds = {
            kind: book.add_format({"border": 1, "valign": "top", **own}) for kind, own in formats.items()
        }
        write = {"text": sheet.write_string, "date": sheet.write_datetime}
        cells = [(write.get(column.kind, sheet.write_number), kinds[column.kind]) for column in COLUMNS]
        for index, column in enumerate(COLUMNS):
            sheet.set_column(index, index, column.width)
            if column.choices:
                sheet.data_validation(
                    3, index, count + 2, index, {"validate": "list", "source": list(column.choices)}
                )
        sheet.freeze_panes(3, 0)
        sheet.autofilter(2, 0, count + 2, len(COLUMNS) - 1)
        sheet.write_string(0, 0, TITLE)
        for index, column in enumerate(COLUMNS):
            sheet.write_string(2, index, column.title, bold)
        for place, row in enumerate(_rows(count), start=3):
            for index, (value, (write_cell, style)) in enumerate(zip(row, cells, strict=True)):
                if value is None or value == "":
                    sheet.write_blank(place, index, None, style)
                else:
                    write_cell(place, index, value, style)


def _compare(ours: Path, floor: Path, count: int) -> None:
    first, second = (
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() for path in (ours, floor)
    )
    if len(first) != count + 3 or first != second:
        row = next((at for at, (one, two) in enumerate(zip(first, second, strict=False)) if one != two), None)
        raise DifferentFiles(f"{len(first)} and {len(second)} rows, the first different one is {row}")


def _medians(*jobs: Callable[[], object]) -> list[float]:
    """Median CPU seconds of each job; the jobs take turns."""
    taken: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for times, job in zip(taken, jobs, strict=True):
            clock = CpuClock()
            start = clock.now()
            job()
            times.append(clock.now() - start)
    return [statistics.median(times) for times in taken]
