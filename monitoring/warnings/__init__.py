"""Warnings about data: what is wrong, why it matters, who corrects it, and the exact rows."""

from monitoring.warnings.checks import CHECKS, Check, check_named
from monitoring.warnings.counting import Finding, findings, warning_count
from monitoring.warnings.ground import Ground
from monitoring.warnings.rows import WarningRow, described, figure_rows, ordered, page_rows

__all__ = [
    "CHECKS",
    "Check",
    "Finding",
    "Ground",
    "WarningRow",
    "check_named",
    "described",
    "figure_rows",
    "findings",
    "ordered",
    "page_rows",
    "warning_count",
]
