"""Section 5: address recommendations to organizations, curators and the methodical service."""

from __future__ import annotations

from common.documents import DocumentBuilder, TableColumn
from monitoring.reports import wording
from monitoring.reports.advice import advice_of
from monitoring.reports.advice_common import for_curators, for_methodical_service
from monitoring.reports.material import Material
from monitoring.reports.spravka.conclusions import sentence_list
from monitoring.reports.wording import listed, sentence


def add(doc: DocumentBuilder, material: Material) -> None:
    """Recommendations derived from the figures; nothing is advised where nothing is lacking."""
    doc.heading("5. Адресные рекомендации")
    if material.organization:
        _own(doc, material)
        return
    doc.heading("5.1. Образовательным организациям", 2)
    _organizations(doc, material)
    doc.heading("5.2. Кураторам", 2)
    _items(doc, for_curators(material))
    doc.heading("5.3. Методической службе", 2)
    if material.municipality.methodical_service:
        doc.paragraph(f"{material.municipality.methodical_service}:")
    _items(doc, for_methodical_service(material))


def _organizations(doc: DocumentBuilder, material: Material) -> None:
    advice = advice_of(material)
    # A row for each recommendation: a row never breaks, and some schools have a page of them.
    rows = [
        (wording.name(found.place.name) if number == 1 else "", str(number), sentence(item))
        for found in advice
        for number, item in enumerate(found.items, start=1)
    ]
    if rows:
        doc.table(
            [
                TableColumn("Организация", width=4),
                TableColumn("№", "center", 0.8),
                TableColumn("Рекомендация", width=10.6),
            ],
            rows,
            caption="Рекомендации организациям",
        )
    else:
        doc.paragraph("По представленным данным рекомендации организациям не требуются.")
    fine = [wording.name(found.place.name) for found in advice if not found.items]
    if fine and rows:
        doc.paragraph(f"Рекомендации по устранению дефицитов не требуются: {listed(fine)}.")


def _own(doc: DocumentBuilder, material: Material) -> None:
    items = [item for found in advice_of(material) for item in found.items]
    if not items:
        doc.paragraph("По представленным данным рекомендации организации не требуются.")
        return
    doc.paragraph("Руководителю и куратору организации:")
    doc.numbered(sentence_list(items))


def _items(doc: DocumentBuilder, items: list[str]) -> None:
    if items:
        doc.numbered(sentence_list(items))
    else:
        doc.paragraph("По представленным данным рекомендаций нет.")
