"""Names of the files that people download."""

from __future__ import annotations

from common.reporting import tidy_file_name
from monitoring.reports.material import Material

LONGEST_PLACE = 80


def file_name(title: str, material: Material, ending: str) -> str:
    """«Аналитическая справка. СОШ № 17. 2026.docx», without characters that file systems refuse."""
    place = material.file_place[:LONGEST_PLACE].strip(" .") or "без названия"
    return tidy_file_name(f"{title}. {place}. {material.period.name.replace('/', '-')}", ending)
