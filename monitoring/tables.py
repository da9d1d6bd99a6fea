"""Files of the pages of figures: the same rows, order and hidden groups as on the screen."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from common.csvfiles import write_csv
from common.workbooks import Column, Formula, WorkbookWriter
from monitoring.definitions import Definition
from monitoring.enums import Unit
from monitoring.heat import Cell, MapRow, short_head
from monitoring.presenters import FigureRow
from monitoring.ranking import RankLine

DASH = "–"


@dataclass(frozen=True)
class FileTable:
    """A table of a file; ``hidden`` columns of the workbook hold what its formulas divide."""

    name: str
    sheet: str
    headings: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[dict[str, Any]]

    def xlsx(self) -> bytes:
        """The workbook, shares as live formulas."""
        stream = io.BytesIO()
        with WorkbookWriter(stream, title=self.headings[0]) as book:
            book.sheet(self.sheet, self.columns, self.rows, heading_lines=self.headings)
        return stream.getvalue()

    def csv(self) -> bytes:
        """The table without its hidden columns, for Excel by a double click."""
        shown = [column for column in self.columns if not column.hidden]
        rows = [
            {key: value.value if isinstance(value, Formula) else value for key, value in row.items()}
            for row in self.rows
        ]
        stream = io.StringIO(newline="")
        write_csv(stream, shown, rows)
        return stream.getvalue().encode()


def overview_table(headings: Sequence[str], rows: Sequence[FigureRow]) -> FileTable:
    """Every indicator with counts, value, target, what is missing, state, rule and source."""
    columns = [
        Column(_("Indicator"), "name", width=44),
        Column(_("How many"), "numerator", "integer"),
        Column(_("Out of how many"), "denominator", "integer"),
        Column(_("Value"), "value", "percent"),
        Column(_("Target"), "target", "percent", places=2),
        Column(_("Short of"), "missing", "integer"),
        Column(_("State"), "state"),
        Column(_("How it is computed"), "rule", width=60),
        Column(_("Source"), "source", width=40),
    ]
    filled = [
        {
            "name": row.definition.title,
            **_counts(row),
            "value": _value(row),
            "target": _target(row.definition),
            "missing": row.missing if row.definition.target is not None and row.has_value else None,
            "state": row.status_word,
            "rule": row.definition.rule_text,
            "source": row.definition.source,
        }
        for row in rows
    ]
    return FileTable(_("indicators"), _("Indicators"), headings, columns, filled)


def ranking_table(headings: Sequence[str], lines: Sequence[RankLine]) -> FileTable:
    """The organizations of one indicator in the order of the page."""
    columns = [
        Column("№", "number", "integer"),
        Column(_("Organization"), "name", width=34),
        Column(_("How many"), "numerator", "integer"),
        Column(_("Out of how many"), "denominator", "integer"),
        Column(_("Value"), "value", "percent"),
        Column(_("Target"), "target", "percent", places=2),
        Column(_("Short of"), "missing", "integer"),
        Column(_("Completeness"), "completeness", "percent", places=0),
        Column(_("To the year before, p. p."), "change", "number"),
        Column(_("State"), "state"),
    ]
    rows = []
    for line in lines:
        row, before = line.row, line.row.before
        known = row.change and before is not None
        rows.append(
            {
                "number": line.number,
                "name": row.place.name,
                **_counts(row),
                "value": _value(row),
                "target": _target(row.definition),
                "missing": row.missing if row.definition.target is not None and row.has_value else None,
                "completeness": line.completeness,
                "change": row.figure.amount - before.amount if known else None,
                "state": row.status_word,
            }
        )
    return FileTable(_("organizations"), _("Organizations"), headings, columns, rows)


def map_table(
    headings: Sequence[str],
    chosen: Sequence[Definition],
    total: tuple[str, Sequence[Cell], int | None] | None,
    rows: Sequence[MapRow],
) -> FileTable:
    """The map: targets, the whole, then organizations; what the shares divide stands in hidden columns."""
    columns = [Column(_("Organization"), "name", width=34)]
    for definition in chosen:
        columns.append(Column(short_head(definition), definition.code, "percent", width=16))
    columns += [
        Column(_("Short of, people"), "missing", "integer"),
        Column(_("Completeness"), "completeness", "percent", places=0),
        Column(_("Updated"), "changed", "date"),
        Column(_("Checklist"), "audit", width=18),
    ]
    for definition in chosen:
        columns += [
            Column(f"{definition.name}: {_('how many')}", f"n_{definition.code}", "integer", hidden=True),
            Column(f"{definition.name}: {_('out of')}", f"d_{definition.code}", "integer", hidden=True),
        ]
    targets = {"name": _("Target"), **{definition.code: _target(definition) for definition in chosen}}
    filled = []
    if total is not None:
        name, cells, missing = total
        filled.append({"name": name, "missing": missing, **_cells(cells)})
    filled += [
        {
            "name": row.place.name,
            **_cells(row.cells),
            "missing": row.missing,
            "completeness": row.completeness,
            "changed": row.changed,
            "audit": row.audit_badge.label if row.audit else "",
        }
        for row in rows
    ]
    return FileTable(_("map"), _("Map"), headings, columns, [targets, *filled])


def _cells(cells: Sequence[Cell]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for cell in cells:
        code, row = cell.row.definition.code, cell.row
        if not row.has_value:
            found[code] = DASH if cell.absent else row.value
            continue
        found[f"n_{code}"], found[f"d_{code}"] = row.figure.numerator, row.figure.denominator
        found[code] = Formula(f"={{n_{code}}}/{{d_{code}}}", row.figure.amount / 100)
    return found


def _counts(row: FigureRow) -> dict[str, int | None]:
    if row.few:
        return {"numerator": None, "denominator": None}
    return {"numerator": row.figure.numerator, "denominator": row.figure.denominator}


def _value(row: FigureRow) -> Any:
    """A live share, a number, or the words of the page."""
    if not row.has_value:
        return row.value
    if row.definition.unit == Unit.COUNT:
        return str(row.figure.numerator)
    return Formula("={numerator}/{denominator}", row.figure.amount / 100)


def _target(definition: Definition) -> Any:
    if definition.target is None:
        return None
    if definition.unit == Unit.COUNT:
        return f"{definition.target.normalize():f}"
    return Fraction(definition.target) / 100
