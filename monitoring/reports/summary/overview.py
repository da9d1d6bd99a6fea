"""Sheets «Свод» (shares, with a native chart) and «Количества» (counts)."""

from __future__ import annotations

from common.workbooks import Column, Marked, WorkbookWriter
from monitoring.enums import TargetStatus
from monitoring.reports import sentences, wording
from monitoring.reports.lines import Line
from monitoring.reports.material import Material
from monitoring.reports.summary.cells import as_share, difference, share
from monitoring.reports.wording import counted, long_date

WIDTH = 44
TINTS = {
    TargetStatus.REACHED: "ok",
    TargetStatus.CLOSE: "warn",
    TargetStatus.BEHIND: "warn",
    TargetStatus.FAR_BEHIND: "bad",
}


def add(book: WorkbookWriter, material: Material, title: str) -> None:
    """The first sheets; counts have a sheet of their own, because a column holds one unit."""
    shares = [line for line in material.lines if line.is_share]
    counts = [line for line in material.lines if not line.is_share]
    sheet = book.sheet(
        "Свод",
        _share_columns(material.span_before),
        [_share_row(line) for line in shares],
        heading_lines=[title, *heading_lines(material)],
    )
    book.bar_chart(
        sheet,
        title=_chart_title(shares),
        categories="number",
        values="value",
        target="target",
        description=_spoken(shares),
    )
    if counts:
        book.sheet(
            "Количества",
            _count_columns(material.span_before),
            [_count_row(line) for line in counts],
            heading_lines=["Показатели, которые выражаются числом", *heading_lines(material)],
        )


def heading_lines(material: Material) -> list[str]:
    """Where the figures come from and how final they are."""
    lines = [
        f"По состоянию на {long_date(material.period.as_of)}, сформировано {long_date(material.made_on)}"
    ]
    if material.period.school:
        lines.append(f"Учебный год; цели установлены на {material.year} календарный год")
    if material.snapshot:
        lines.append(f"Мониторинг закрыт, значения зафиксированы (редакция {material.snapshot.revision})")
        if material.is_summed:
            lines.append(wording.SUMMED)
    elif material.is_preliminary:
        lines.append("Отчётная дата ещё не наступила: значения предварительные")
    if material.municipality.is_demo:
        lines.append("Демонстрационные данные")
    return lines


def _share_columns(before: str) -> list[Column]:
    return [
        Column("№", "number", "integer"),
        Column("Показатель", "short", width=WIDTH),
        Column("Числитель", "numerator", "integer"),
        Column("Знаменатель", "denominator", "integer"),
        Column("Значение", "value", "percent"),
        Column("Цель", "target", "percent"),
        Column("Отклонение от цели, п.\u00a0п.", "gap", "number"),
        Column("Не хватает до цели", "missing", "integer"),
        Column(before, "previous", "percent"),
        Column("Изменение за год, п.\u00a0п.", "change", "number"),
        Column("Состояние", "status"),
        Column("Код", "code"),
    ]


def _share_row(line: Line) -> dict:
    row = line.total
    return {
        "number": line.number,
        "short": line.labels.short,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "value": share(row, "numerator", "denominator"),
        "target": as_share(row.target),
        "gap": difference("value", "target", row.gap, points=True),
        "missing": _missing(line),
        "previous": as_share(row.previous_amount),
        "change": difference("value", "previous", row.change, points=True),
        **_common(line),
    }


def _count_columns(before: str) -> list[Column]:
    return [
        Column("№", "number", "integer"),
        Column("Показатель", "short", width=WIDTH),
        Column("Значение", "value", "integer"),
        Column("Цель", "target", "number", places=0),
        Column("Отклонение от цели", "gap", "number", places=0),
        Column("Не хватает до цели", "missing", "integer"),
        Column(before, "previous", "integer"),
        Column("Изменение за год", "change", "number", places=0),
        Column("Состояние", "status"),
        Column("Код", "code"),
    ]


def _count_row(line: Line) -> dict:
    row = line.total
    previous = row.previous_amount
    return {
        "number": line.number,
        "short": line.labels.short,
        "value": wording.NO_DATA if row.numerator is None else row.numerator,
        "target": row.target,
        "gap": difference("value", "target", row.gap, points=False),
        "missing": _missing(line),
        "previous": None if previous is None else int(previous),
        "change": difference("value", "previous", row.change, points=False),
        **_common(line),
    }


def _missing(line: Line) -> int | None:
    """How many are missing; nothing where no target was set or no value is known."""
    return line.total.missing if line.total.missed or line.total.reached else None


def _common(line: Line) -> dict:
    status = sentences.status_word(line.total)
    tint = TINTS.get(line.total.status)
    return {
        "status": Marked(status, tint) if tint else status,
        "code": line.definition.code,
    }


def _chart_title(shares: list[Line]) -> str:
    judged = [line for line in shares if line.definition.target is not None]
    if not judged:
        return "Значения показателей"
    missed = sum(line.total.missed for line in judged)
    finding = f"Ниже цели {counted(missed, 'показатель', 'показателя', 'показателей')} из {len(judged)}"
    return f"{finding} (внизу – номера показателей)"


def _spoken(shares: list[Line]) -> str:
    return "; ".join(f"{line.labels.short}: {line.total.value}, цель {line.target}" for line in shares)
