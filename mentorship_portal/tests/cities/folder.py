"""A city as a folder of workbooks, tidy or as it comes by mail."""

from __future__ import annotations

from pathlib import Path
from random import Random

from mentorship_portal.tests.cities.layout import MessyWriter, write_plain
from mentorship_portal.tests.cities.model import City
from mentorship_portal.tests.cities.spelling import Messy, Plain
from mentorship_portal.tests.cities.tables import Table, base_tables, municipal_tables


def write_city(city: City, folder: Path, *, messy: bool, seed: int) -> dict[str, list[Path]]:
    """The paths written, by kind of workbook."""
    folder.mkdir(parents=True)
    random = Random(f"{seed} {messy}")
    spell = (Messy if messy else Plain)(random)
    writer = MessyWriter(folder, random, spell)
    written: dict[str, list[Path]] = {}
    for table in _tables(city, spell, random, messy=messy):
        path = writer.write(table) if messy else write_plain(folder, table)
        written.setdefault(table.kind, []).append(path)
    return written


def _tables(city: City, spell: Plain, random: Random, *, messy: bool) -> list[Table]:
    tables = municipal_tables(city, spell)
    for school in city.schools:
        in_parts = messy and random.random() < 0.2
        merged = messy and random.random() < 0.25
        tables += base_tables(school, spell, in_parts=in_parts, merged=merged)
    return tables
