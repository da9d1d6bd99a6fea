"""Numbers and documents of the organizations."""

from __future__ import annotations

import datetime
from random import Random

from mentorship_portal.demo.calendar import some_day
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.world import School
from orgs import services
from orgs.models import Document, DocumentType, Headcount

HEADCOUNT_YEARS = (2024, 2025, 2026)
# A school that has not sent this year's numbers, and one whose last numbers are a year old.
WITHOUT_NUMBERS = "СОШ № 13"
NO_NUMBERS_AT_ALL = "Станция юных техников"
FULL_PACKAGE = (
    "introduction_order",
    "regulation",
    "regulation_order",
    "program_order",
    "curator_order",
    "lists_order",
)
# Orders that a school issues anew in every school year.
EVERY_YEAR = ("lists_order", "pairs_order")
SOMETIMES = (
    ("roadmap", 0.75),
    ("program", 0.8),
    ("pairs_order", 0.7),
    ("partner_agreement", 0.35),
    ("payment_regulation", 0.45),
    ("site_section", 0.7),
)


def count_heads(schools: list[School], rng: Random, actor) -> None:
    """Saves the numbers of every September; schools grow a little from year to year."""
    rows = []
    for school in schools:
        for index, year in enumerate(HEADCOUNT_YEARS):
            late = year == HEADCOUNT_YEARS[-1]
            if school.short_name == NO_NUMBERS_AT_ALL or (late and school.short_name == WITHOUT_NUMBERS):
                continue
            growth = 1 - 0.012 * (len(HEADCOUNT_YEARS) - 1 - index)
            rows.append(
                Headcount(
                    organization=school.organization,
                    on_date=datetime.date(year, 9, 5),
                    pupils_total=_grown(school.pupils_total, growth),
                    pupils_10_18=_grown(school.pupils_10_18, growth),
                    pupils_15_18=_grown(school.pupils_15_18, growth),
                    teachers=school.teachers - (rng.randint(0, 2) if not late else 0),
                    young_specialists=school.young_specialists,
                    source=f"Форма ОО-1, {year} год" if index else "По данным организации",
                )
            )
    services.record_headcounts(actor=actor, headcounts=rows, reason=REASON)


def _grown(number: int | None, growth: float) -> int | None:
    return None if number is None else round(number * growth)


def file_documents(school: School, rng: Random, types: dict[str, DocumentType]) -> None:
    """Saves the documents of one organization; two schools in three have the full package."""
    codes = list(FULL_PACKAGE)
    if not school.has_registers:
        codes = ["introduction_order", "regulation"]
    elif school.number % 3 == 1:
        codes.remove(rng.choice(codes[1:]))
    codes += [code for code, share in SOMETIMES if rng.random() < share]
    rows = []
    for code in codes:
        if code == "site_section":
            if school.organization.mentoring_page:
                url = school.organization.mentoring_page
                rows.append(Document(organization=school.organization, type=types[code], url=url))
            continue
        for year in HEADCOUNT_YEARS if code in EVERY_YEAR else HEADCOUNT_YEARS[:1]:
            first, last = ((10, 1), (10, 30)) if code in EVERY_YEAR else ((8, 26), (10, 4))
            rows.append(
                Document(
                    organization=school.organization,
                    type=types[code],
                    number=f"{rng.randint(12, 298)}-од",
                    issued_on=some_day(rng, datetime.date(year, *first), datetime.date(year, *last)),
                )
            )
    services.add_documents(actor=school.actor, documents=rows, reason=REASON)
