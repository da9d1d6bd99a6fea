"""Names of the files that people download."""

from __future__ import annotations

import re

from monitoring.reports.material import Material


def file_name(title: str, material: Material, ending: str) -> str:
    """«Аналитическая справка. СОШ № 17. 2026.docx», without characters that file systems refuse."""
    place = str(material.organization.short_name if material.organization else material.municipality)
    tidy = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", place)
    tidy = re.sub(r"\s+", " ", tidy).strip(" .")[:80]
    return f"{title}. {tidy or 'без названия'}. {material.year}.{ending}"
