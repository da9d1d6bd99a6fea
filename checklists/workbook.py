"""The matrix of self-audits as a workbook: schools × items, and the shortcomings for the order."""

from __future__ import annotations

import datetime as dt
import io

from checklists.enums import Achievement
from checklists.matrix import Cell, Matrix
from checklists.resources import TITLES
from common.dates import today
from common.workbooks import Column, Marked, WorkbookWriter

TINTS = {Achievement.ACHIEVED: "ok", Achievement.PARTLY: "warn", Achievement.NOT_ACHIEVED: "bad"}
NO_ANSWER = "нет ответа"
NUMBER_WIDTH = 13


def matrix_workbook(matrix: Matrix, place: str, *, filters: str = "", as_of: dt.date | None = None) -> bytes:
    """The workbook; the same answers give the same bytes on the same day."""
    day = as_of or today()
    title = f"Сводный чек-лист самоаудита: {place}, {matrix.year} год"
    lines = [title, f"Составлено {day:%d.%m.%Y}"]
    if filters:
        lines.append(f"Фильтр: {filters}")
    buffer = io.BytesIO()
    created = dt.datetime.combine(day, dt.time(), dt.UTC)
    with WorkbookWriter(buffer, title=title, created=created) as book:
        _add_matrix(book, matrix, lines)
        _add_gaps(book, matrix)
        _add_items(book, matrix)
    return buffer.getvalue()


def _add_matrix(book: WorkbookWriter, matrix: Matrix, lines: list[str]) -> None:
    columns = [
        Column("ИНН", "inn"),
        Column("Организация", "name", width=30),
        Column("Район", "district", width=18),
        Column("Состояние", "status", width=20),
        *(Column(f"Пункт {item.number}", f"i{item.number}", width=NUMBER_WIDTH) for item in matrix.items),
        Column("Достигнуто", "achieved", "integer"),
    ]
    rows = [
        {
            "inn": row.organization.inn,
            "name": row.organization.short_name,
            "district": row.organization.district.name if row.organization.district else "",
            "status": row.badge.label,
            "achieved": row.achieved,
            **{f"i{cell.item.number}": _cell(cell) for cell in row.cells},
        }
        for row in matrix.rows
    ]
    totals = {"name": "Достигнуто, организаций"} | {
        f"i{item.number}": count for item, count in zip(matrix.items, matrix.achieved, strict=True)
    }
    sheet = book.sheet("Сводный чек-лист", columns, rows, heading_lines=lines, totals=totals)
    sheet.worksheet.freeze_panes(sheet.first_row, 2)


def _cell(cell: Cell):
    text = TITLES[cell.answer] if cell.answer else NO_ANSWER
    if cell.is_returned:
        text += " (возвращён)"
    return Marked(text, TINTS[cell.answer]) if cell.answer else text


def _add_gaps(book: WorkbookWriter, matrix: Matrix) -> None:
    """Shortcomings by item; the order's own answer column knows only «Достигнуто» and «нет»."""
    book.sheet(
        "Недочёты",
        [
            Column("Пункт", "number", "integer"),
            Column("Показатель", "title", width=44),
            Column("Организация", "name", width=28),
            Column("Руководитель", "head", width=28),
            Column("Достигнуто/ нет", "binary"),
            Column("Ответ школы", "answer"),
            Column("Пояснение школы", "comment", width=40),
            Column("Замечание методиста", "remark", width=40),
        ],
        [
            {
                "number": gap.item.number,
                "title": gap.item.heading,
                "name": row.organization.short_name,
                "head": row.organization.head_name,
                "binary": TITLES[
                    Achievement.ACHIEVED if cell.answer == Achievement.ACHIEVED else Achievement.NOT_ACHIEVED
                ],
                "answer": TITLES[cell.answer] if cell.answer else NO_ANSWER,
                "comment": cell.given.comment,
                "remark": cell.given.remark if cell.is_returned else "",
            }
            for gap in matrix.gaps
            for row, cell in gap.rows
        ],
        heading_lines=["Недочёты по пунктам", "«Частично» в форме приказа означает «нет»"],
    )


def _add_items(book: WorkbookWriter, matrix: Matrix) -> None:
    book.sheet(
        "Пункты",
        [
            Column("Пункт", "number", "integer"),
            Column("Показатель", "title", width=80),
            Column("Достигнуто, организаций", "achieved", "integer"),
        ],
        [
            {"number": item.number, "title": item.title, "achieved": count}
            for item, count in zip(matrix.items, matrix.achieved, strict=True)
        ],
        heading_lines=["Пункты чек-листа"],
        autofilter=False,
    )
