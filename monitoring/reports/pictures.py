"""Charts of the reports: pictures with a caption that says what is seen, and words for screen readers."""

from __future__ import annotations

from dataclasses import dataclass

from common.charts import Bar, BulletRow, bullet_rows, horizontal_bars, pixels, to_png
from monitoring.enums import FigureState
from monitoring.reports import wording
from monitoring.reports.lines import Line, Row
from monitoring.reports.material import Material
from monitoring.reports.wording import counted, grouped, sentence

WIDTH_MM = 165.0
DPI = 150
# Wider than on a page, so that about thirty organizations fit on one sheet with their table's end.
DRAWN_WIDTH = 900.0
MOST_BARS = 30
SPOKEN = 12


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as PNG with its caption and alternative text."""

    png: bytes
    caption: str
    alt: str


def by_organization(line: Line) -> Picture | None:
    """Bars of organizations with the target, the extremes where they are many.

    None without two organizations to compare, and where all of them have zero.
    """
    ranked = sorted(line.with_value, key=lambda row: (-row.amount, row.place.inn))
    if not line.is_share:
        ranked = [row for row in ranked if row.amount]
    if len(ranked) < 2 or not any(row.amount for row in ranked):
        return None
    shown, note = ranked, ""
    if len(ranked) > MOST_BARS:
        half = MOST_BARS // 2
        shown = ranked[:half] + ranked[-half:]
        note = f" (по {half} организаций с наибольшими и наименьшими значениями)"
    caption = f"{line.labels.short}{note}: {_finding(line)}"
    svg = horizontal_bars(
        caption,
        [_bar(row) for row in shown],
        target=line.definition.target,
        unit="%" if line.is_share else "",
        places=1 if line.is_share else 0,
        width=DRAWN_WIDTH,
    )
    return Picture(_png(svg), caption, _alt(caption, line, shown))


def by_year(line: Line, material: Material) -> Picture | None:
    """The total of last year and of this one; None where there is nothing to compare."""
    row = line.total
    if row.amount is None or row.previous_amount is None or not (row.amount or row.previous_amount):
        return None
    before = row.previous
    bars = [
        Bar(
            material.span_before,
            row.previous_amount,
            note=_counts(before.numerator, before.denominator),
        ),
        Bar(material.span, row.amount, note=row.counts),
    ]
    caption = f"{line.labels.short}: {_finding(line)}"
    svg = horizontal_bars(
        caption,
        bars,
        target=line.definition.target,
        target_label=f"цель {material.year} года: {line.target}"
        if line.definition.target is not None
        else "",
        unit="%" if line.is_share else "",
        places=1 if line.is_share else 0,
        width=DRAWN_WIDTH,
    )
    values = "; ".join(f"{bar.label}: {wording.amount(bar.value, line.definition.unit)}" for bar in bars)
    return Picture(_png(svg), caption, f"Горизонтальная диаграмма. {sentence(caption)} {values}.")


def overview(material: Material) -> Picture | None:
    """Shares that have targets at one look; all shares where no target is set."""
    shares = [line for line in material.lines if line.is_share and not line.is_condition]
    lines = [line for line in shares if line.definition.target is not None] or shares
    if not any(line.total.amount is not None for line in lines):
        return None
    reached = sum(line.total.reached for line in lines)
    with_target = sum(line.definition.target is not None for line in lines)
    caption = "Значения показателей и цели"
    if with_target:
        caption += (
            f": цель достигнута по {grouped(reached)} из "
            f"{wording.of_counted(with_target, 'показателя', 'показателей')}"
        )
    rows = [
        BulletRow(
            f"{line.number}. {line.labels.short}",
            line.total.amount,
            line.definition.target,
            note=line.total.counts or ("" if line.total.amount is not None else line.total.value),
            status=line.total.status,
        )
        for line in lines
    ]
    alt = "; ".join(f"{line.labels.short}: {line.total.value}, цель {line.target}" for line in lines[:SPOKEN])
    svg = bullet_rows(caption, rows, width=DRAWN_WIDTH)
    return Picture(_png(svg), caption, f"{caption}. {alt}.")


def _bar(row: Row) -> Bar:
    return Bar(row.name, row.amount, note=row.counts, hatched=row.in_error)


def _counts(numerator: int | None, denominator: int | None) -> str:
    if numerator is None or denominator is None:
        return ""
    return f"{grouped(numerator)} из {grouped(denominator)}"


def _finding(line: Line) -> str:
    """What the picture shows, in a few words."""
    total = line.total
    if line.definition.target is None or total.amount is None:
        return "цель не установлена" if line.definition.target is None else "нет данных"
    if line.of_organizations or not line.rows or len(line.with_value) < 2:
        return "цель достигнута" if total.reached else f"до цели {line.lacking}"
    missed = len(line.below_target)
    if not missed:
        return "цели достигли все организации, по которым есть данные"
    number = counted(missed, "организация", "организации", "организаций")
    return f"ниже цели – {number} из {grouped(len(line.with_value))}"


def _alt(caption: str, line: Line, shown: list[Row]) -> str:
    spoken = shown if len(shown) <= SPOKEN else [*shown[:3], *shown[-3:]]
    values = "; ".join(f"{row.name}: {row.value}" for row in spoken)
    goal = "" if line.definition.target is None else f" Цель {line.target}."
    rest = "" if len(spoken) == len(shown) else " Показаны крайние значения, остальные – в таблице."
    empty = [row for row in line.rows if row.figure.state == FigureState.NO_DATA]
    missing = f" Без данных: {len(empty)}." if empty else ""
    return f"Горизонтальная диаграмма. {sentence(caption)}{goal} {values}.{rest}{missing}"


def _png(svg: str) -> bytes:
    return to_png(svg, pixels(WIDTH_MM, DPI))
