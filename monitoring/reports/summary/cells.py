"""Cells that several sheets share: shares and differences as live formulas."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from common.workbooks import Formula, Marked
from monitoring.reports import wording
from monitoring.reports.lines import Row


def share(row: Row, numerator: str, denominator: str) -> Any:
    """The live share of two columns of the row, or the words that stand in its place."""
    if row.few:
        return wording.FEW
    if row.no_data:
        return wording.NO_DATA
    amount = row.figure.amount
    cell = Formula(
        f'=IF({{{denominator}}}=0,"{wording.DASH}",{{{numerator}}}/{{{denominator}}})',
        wording.DASH if amount is None else amount / 100,
    )
    return Marked(cell, "bad") if row.in_error else cell


def difference(left: str, right: str, value: Fraction | None, *, points: bool) -> Formula:
    """The live difference of two columns, in percentage points for shares; a dash when one is missing."""
    factor = "*100" if points else ""
    return Formula(
        f'=IF(COUNT({{{left}}},{{{right}}})<2,"{wording.DASH}",({{{left}}}-{{{right}}}){factor})',
        wording.DASH if value is None else value,
    )


def as_share(amount: Fraction | None) -> Fraction | None:
    """Percents (0–100) as the share that a percent cell holds."""
    return None if amount is None else amount / 100
