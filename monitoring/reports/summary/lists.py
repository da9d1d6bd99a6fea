"""Sheet «Списки»: what has to be put right, organization by organization, without names of people."""

from __future__ import annotations

from collections.abc import Iterator

from common.text import natural_key
from common.workbooks import Column, WorkbookWriter
from monitoring.compute import Place
from monitoring.reports import wording
from monitoring.reports.lines import Line
from monitoring.reports.material import Material
from monitoring.reports.wording import joined

MISSING_DATA = "Нет данных"
ERROR = "Ошибка в данных"
SHORTFALL = "Не хватает до цели"
FEW_ANSWERS = "Мало ответов"
NO_REGISTERS = "Нет баз"
NO_AUDIT = "Нет самоаудита"
OPEN_ITEMS = "Самоаудит: пункты не достигнуты"
DOCUMENTS = "Неполный пакет документов"


def add(book: WorkbookWriter, material: Material) -> None:
    """One row for each thing to be done; an empty table says that nothing was found."""
    rows = [row for line in material.lines for row in _of_indicator(line)]
    rows += [row for place in material.working for row in _of_place(material, place)]
    heading = ["Что нужно уточнить и сделать", "Имён людей в этом списке нет"]
    if not rows:
        heading.append("Замечаний нет")
    book.sheet(
        "Списки",
        [
            Column("Вид", "kind"),
            Column("Показатель", "indicator", width=50),
            Column("ИНН", "inn"),
            Column("Организация", "name"),
            Column("Сколько", "number", "integer"),
            Column("Пояснение", "text", width=72),
        ],
        rows,
        heading_lines=heading,
    )


def _of_indicator(line: Line) -> Iterator[dict]:
    for place in sorted(line.without_data, key=lambda place: natural_key(place.name)):
        yield _row(
            MISSING_DATA, line, place, None, "Показатель не рассчитан: исходные данные не представлены"
        )
    for row in line.errors:
        text = (
            f"{line.labels.counted_head}: {wording.grouped(row.numerator)}, "
            f"{line.labels.base_head.lower()}: {wording.grouped(row.denominator)}. "
            "Уточните численность или сведения об участниках"
        )
        yield _row(ERROR, line, row.place, row.numerator - row.denominator, text)
    for row in line.below_target:
        if row.missing:
            counts = f" ({row.counts})" if row.counts else ""
            yield _row(SHORTFALL, line, row.place, row.missing, f"{row.value}{counts} при цели {line.target}")
    for row in line.hidden:
        yield _row(FEW_ANSWERS, line, row.place, None, f"Значение не раскрывается: {wording.FEW}")


def _of_place(material: Material, place: Place) -> Iterator[dict]:
    evidence = material.evidence
    if place.id not in evidence.pairs:
        yield _row(NO_REGISTERS, None, place, None, "Нет ни одной пары (группы), работавшей в году")
    if place.id not in evidence.audits:
        yield _row(NO_AUDIT, None, place, None, "Самоаудит за год не начат")
    if items := evidence.open_items.get(place.id):
        numbers = joined([str(number) for number, _title in items])
        yield _row(OPEN_ITEMS, None, place, len(items), f"Пункты чек-листа: {numbers}")
    if titles := evidence.missing_documents.get(place.id):
        yield _row(DOCUMENTS, None, place, len(titles), "; ".join(titles))


def _row(kind: str, line: Line | None, place: Place, number: int | None, text: str) -> dict:
    return {
        "kind": kind,
        "indicator": f"{line.number}. {line.labels.short}" if line else "",
        "inn": place.inn,
        "name": wording.name(place.name),
        "number": number,
        "text": text,
    }
