"""Section 6: the table of all organizations and indicators, on landscape pages."""

from __future__ import annotations

from collections.abc import Iterator

from common.documents import DocumentBuilder, TableColumn
from monitoring.reports import wording
from monitoring.reports.lines import Line, Row
from monitoring.reports.material import Material
from monitoring.reports.wording import DASH

COLUMNS = 10
MARK = "*"


def add(doc: DocumentBuilder, material: Material) -> None:
    """Values of every organization; for one organization its table stands in section 3 already."""
    if material.organization or not material.lines or not material.places:
        return
    doc.landscape()
    doc.heading("6. Приложение. Значения показателей по организациям")
    for lines in _chunks(material.lines):
        doc.table(
            [TableColumn("Организация"), *(TableColumn(str(line.number), "center") for line in lines)],
            [
                *(
                    [
                        wording.unbroken(wording.name(place.name)),
                        *(_cell(line.of(place.id), line) for line in lines),
                    ]
                    for place in material.places
                ),
                ["Итого" if material.part else "Муниципалитет", *(_cell(line.total, line) for line in lines)],
                ["Цель", *(DASH if line.definition.target is None else line.target for line in lines)],
            ],
            caption=_caption(lines),
        )
    doc.note(
        "Номера показателей – по таблице «Сводные результаты» (раздел\u00a03). "
        f"«{DASH}» – показатель к организации неприменим или делить не на что; «н/д» – нет данных; "
        f"«{MARK}» – {wording.FEW}; «!» – учтено больше, чем в базе показателя."
    )


def _chunks(lines: list[Line]) -> Iterator[list[Line]]:
    """Parts of nearly equal length, each narrow enough for one page."""
    parts = -(-len(lines) // COLUMNS)
    size = -(-len(lines) // parts)
    for start in range(0, len(lines), size):
        yield lines[start : start + size]


def _caption(lines: list[Line]) -> str:
    if len(lines) == 1:
        return f"Показатель {lines[0].number}"
    return f"Показатели {lines[0].number}–{lines[-1].number}"


def _cell(row: Row | None, line: Line) -> str:
    if row is None:
        return DASH
    if row.few:
        return MARK
    if row.amount is None:
        return DASH if row.value == DASH else "н/д"
    if line.of_organizations and row.place is not None:
        return "да" if row.numerator else "нет"
    return f"{row.value}{' !' if row.in_error else ''}"
