"""Sheet «Методика»: how each figure is computed and which documents set it."""

from __future__ import annotations

from collections.abc import Mapping

from common.workbooks import Column, WorkbookWriter
from monitoring.reports.material import Material
from monitoring.reports.wording import borders, sentence


def add(book: WorkbookWriter, material: Material) -> None:
    """One row for each indicator."""
    book.sheet(
        "Методика",
        [
            Column("№", "number", "integer"),
            Column("Показатель", "title", width=40),
            Column("Формула", "formula", width=36),
            Column("Правило", "rule", width=60),
            Column("Параметры", "parameters", width=26),
            Column("Источник", "source", width=36),
            Column("Документ цели", "target_document", width=30),
            Column("Версия", "version", "integer"),
            Column("Код", "code"),
        ],
        [
            {
                "number": line.number,
                "title": line.definition.title,
                "formula": sentence(line.labels.formula),
                "rule": sentence(line.definition.rule_text),
                "parameters": parameters_text(line.definition.parameters),
                "source": line.definition.source,
                "target_document": line.definition.target_document,
                "version": line.definition.version,
                "code": line.definition.code,
            }
            for line in material.lines
        ],
        heading_lines=[
            "Методика расчёта показателей",
            *([borders(material.period)] if material.period.school else []),
        ],
        autofilter=False,
    )


def parameters_text(parameters: Mapping[str, object]) -> str:
    """Names and values of the parameters in use, one on a line."""
    return "\n".join(f"{name} = {_value(value)}" for name, value in parameters.items())


def _value(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
