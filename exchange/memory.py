"""Columns that a person has named once are named next time, for the same place and the same headings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from common.sheets.headings import heading_key
from exchange.models import ColumnMemory, ImportRun


def headings_digest(headings: Mapping[str, str]) -> str:
    """A digest of a set of headings (by letter) in which their order and spelling do not count."""
    keys = sorted(heading_key(text) for text in headings.values() if text)
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def remember_columns(run: ImportRun, result) -> None:
    """Keeps the columns that the owner has laid out, once their rows are written."""
    for part, outcome in zip(result.parts, result.outcomes, strict=True):
        if not part.layout.columns:
            continue
        headings = {
            column["column"]: column["heading"] for column in (*outcome.columns, *outcome.other_columns)
        }
        ColumnMemory.objects.update_or_create(
            kind=part.kind,
            organization=run.organization,
            municipality=None if run.organization else run.municipality,
            headings=headings_digest(headings),
            defaults={
                "columns": {
                    heading_key(headings[letter]): name
                    for name, letter in part.layout.columns.items()
                    if headings.get(letter)
                }
            },
        )


def remembered_columns(
    kind: str, headings: Mapping[str, str], *, organization, municipality
) -> dict[str, str]:
    """Letters by field as they were for the last workbook with these headings; empty when there was none."""
    memory = (
        ColumnMemory.objects.of_place(organization=organization, municipality=municipality)
        .filter(kind=kind, headings=headings_digest(headings))
        .order_by("-used_at")
        .first()
    )
    if memory is None:
        return {}
    letters = {heading_key(text): letter for letter, text in headings.items() if text}
    return {name: letters[key] for key, name in memory.columns.items() if key in letters}
