"""Sheet «По организациям»: organizations × indicators with live shares and honest totals."""

from __future__ import annotations

from typing import Any

from common.workbooks import Column, Marked, WorkbookWriter
from monitoring.reports import wording
from monitoring.reports.lines import Line, Row
from monitoring.reports.material import Material
from monitoring.reports.steps import Steps
from monitoring.reports.summary.cells import share
from monitoring.reports.summary.overview import heading_lines
from monitoring.reports.wording import grouped

# Columns of names that stay in sight.
FROZEN = 2
COUNT_WIDTH = 22
# So that whole indicators stand on a printed page.
PRINT_SCALE, INDICATORS_ON_A_PAGE = 54, 3


def add(book: WorkbookWriter, material: Material, steps: Steps) -> None:
    """One row for each organization; closed ones only where their people are counted."""
    if not material.lines:
        return
    columns = [Column("ИНН", "inn"), Column("Организация", "name")]
    groups, totals = [], {"name": "Итого"}
    rows: dict[int, dict[str, Any]] = {
        place.id: {"inn": place.inn, "name": wording.name(place.name)} for place in material.places
    }
    for line in material.lines:
        steps.indicator(line.number)
        own = _columns(line)
        columns += own
        groups.append((f"{line.number}. {line.labels.short}", own[0].key, own[-1].key))
        totals |= _totals(line)
        for place in material.places:
            rows[place.id] |= _cells(line, line.of(place.id))
    sheet = book.sheet(
        "По организациям",
        columns,
        rows.values(),
        heading_lines=[
            f"Показатели по организациям за {material.span}",
            *heading_lines(material),
            *_explanations(material),
        ],
        totals=totals,
    )
    book.bands(sheet, groups)
    sheet.worksheet.freeze_panes(sheet.first_row, FROZEN)
    sheet.worksheet.repeat_columns(0, FROZEN - 1)
    sheet.worksheet.set_print_scale(PRINT_SCALE)
    starts = [sheet.index(first) for _title, first, _last in groups]
    sheet.worksheet.set_v_pagebreaks(starts[INDICATORS_ON_A_PAGE::INDICATORS_ON_A_PAGE])


def _columns(line: Line) -> list[Column]:
    number = line.number
    counted = Column(
        line.labels.counted_head,
        f"n{number}",
        "integer",
        # Over a single column the name of the indicator needs room.
        width=None if line.is_share else COUNT_WIDTH,
        total="sum" if _summed(line, line.definition.numerator) else None,
    )
    if not line.is_share:
        return [counted]
    base = Column(
        line.labels.base_head,
        f"d{number}",
        "integer",
        total="sum" if _summed(line, line.definition.denominator) else None,
    )
    return [counted, base, Column("Доля", f"v{number}", "percent")]


def _summed(line: Line, term) -> bool:
    """Whether the sum of the shown organizations is the total: nobody counted twice, no figure hidden."""
    return term.source.additive and not line.hidden and not line.total.few


def _cells(line: Line, row: Row | None) -> dict[str, Any]:
    number = line.number
    if row is None:
        return {}
    if not line.is_share:
        return {f"n{number}": wording.NO_DATA if row.numerator is None else row.numerator}
    cells = {
        f"n{number}": row.numerator,
        f"d{number}": row.denominator,
        f"v{number}": share(row, f"n{number}", f"d{number}"),
    }
    if row.in_error:
        cells[f"n{number}"] = Marked(row.numerator, "bad")
    return cells


def _totals(line: Line) -> dict[str, Any]:
    """What is no sum: distinct people, totals over hidden organizations, and the live share."""
    number, row = line.number, line.total
    given: dict[str, Any] = {}
    if not _summed(line, line.definition.numerator):
        given[f"n{number}"] = row.numerator
    if not line.is_share:
        return given
    if not _summed(line, line.definition.denominator):
        given[f"d{number}"] = row.denominator
    return given | {f"v{number}": share(row, f"n{number}", f"d{number}")}


def _explanations(material: Material) -> list[str]:
    found = []
    for line in material.lines:
        for key, head in (("numerator", line.labels.counted_head), ("denominator", line.labels.base_head)):
            surplus = line.surplus(key)
            if surplus > 0:
                total = getattr(line.total, key)
                found.append(
                    f"Показатель {line.number}, «{head}»: сумма по организациям – "
                    f"{grouped(total + surplus)}, в итоге {grouped(total)}: каждый человек учтён "
                    "один раз, даже если участвует в программах нескольких организаций"
                )
        if line.hidden:
            found.append(
                f"Показатель {line.number}: по части организаций {wording.FEW}, их значения не раскрываются, "
                "но в итог включены"
            )
    return found
