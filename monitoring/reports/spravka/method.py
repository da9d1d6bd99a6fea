"""Section 2: each indicator with its formula in words, rule, source and version."""

from __future__ import annotations

from common.documents import DocumentBuilder, Strong
from monitoring.reports import wording
from monitoring.reports.lines import Line
from monitoring.reports.material import Material
from monitoring.reports.wording import sentence


def add(doc: DocumentBuilder, material: Material) -> None:
    """How every figure of the document comes about."""
    doc.heading("2. Показатели и формулы")
    if not material.lines:
        doc.paragraph("Показатели в портал не загружены, поэтому значения не рассчитывались.")
        return
    doc.paragraph(
        "Доля округляется до одного знака после запятой по правилам арифметики; с целью сравнивается "
        "неокруглённое значение. Если делить не на что, ставится прочерк; отсутствие данных не считается "
        "нулём. Показатели опросов, рассчитанные менее чем по пяти ответам, не раскрываются."
    )
    if material.period.school:
        doc.paragraph(wording.borders(material.period))
    for line in material.lines:
        _indicator(doc, line)


def _indicator(doc: DocumentBuilder, line: Line) -> None:
    definition = line.definition
    goal = line.target
    if definition.target_document:
        goal += f" ({definition.target_document})"
    title = f"{line.number}. {sentence(definition.title)} "
    doc.note(Strong(title), Strong("Формула: "), f"{line.labels.formula}.")
    doc.note(Strong("Правило: "), sentence(definition.rule_text))
    doc.note(
        Strong("Источник: "),
        f"{definition.source or 'не указан'}; версия определения {definition.version}. ",
        Strong("Цель: "),
        f"{goal}.",
    )
