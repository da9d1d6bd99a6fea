"""What the municipality has planned: targets, its roadmap made from the template, monitoring rounds."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone

from common.recorded import insert_all, save_as
from mentorship_portal.demo.enrol import REASON
from mentorship_portal.demo.world import SHOWCASE
from monitoring.enums import ActivityStatus, RoundStatus
from monitoring.models import (
    ActivityOccurrence,
    Indicator,
    Roadmap,
    RoadmapActivity,
    RoadmapSection,
    Round,
    RoundConfirmation,
    Target,
)
from monitoring.rounds.reading import own_data
from monitoring.services import close_round
from orgs.models import Municipality
from orgs.scope import Scope

TEMPLATE = "novokuznetsk_2021_2024"
DOCUMENT = "Демонстрационная цель: таблица приказа КОиН г. Новокузнецка от 29.12.2020 № 1438"
CARRIED_ON = "Демонстрационная цель: значение 2024 года перенесено на {year} год"
LAST_OF_TEMPLATE, PRESENT_YEAR = 2024, 2026
# The demo's roadmap is the template's three years later, cut to its own years.
FIRST_YEAR, YEARS_LATER = 2024, 3
# Targets that the order does not set; chosen for the demo.
OTHER_TARGETS = {
    "organizations_with_registers": {2024: 54, 2025: 80, 2026: 100},
    "organizations_with_documents": {2025: 60, 2026: 90},
    "mentees_with_program": {2025: 35, 2026: 50},
    "mentors_trained": {2026: 30},
    "young_teachers_supported": {2026: 100},
    "checklist_achieved": {2025: 60, 2026: 75},
}
# Where the activities of the fictional roadmap stand on the day of the demo.
STATUSES = {
    "1.1": ActivityStatus.DONE,
    "1.2": ActivityStatus.DONE,
    "1.3": ActivityStatus.DONE,
    "2.1": ActivityStatus.DONE,
    "2.2": ActivityStatus.RUNNING,
    "3.1": ActivityStatus.DONE,
    "3.2": ActivityStatus.DONE,
    "3.6": ActivityStatus.DONE,
    "3.8": ActivityStatus.NOT_STARTED,
    "4.2": ActivityStatus.RUNNING,
    "5.2": ActivityStatus.DROPPED,
    "5.3": ActivityStatus.DONE,
    "6.1": ActivityStatus.NOT_STARTED,
    "6.2": ActivityStatus.NOT_STARTED,
}
EVIDENCE = {
    "1.1": "Приказ департамента образования от 02.09.2024 № 98",
    "1.3": "Реестр портала, 28 организаций",
    "2.1": "Программа курсов утверждена 14.10.2024",
    "3.1": "Рекомендации размещены на сайте методической службы",
    "3.6": "Программа семинара от 18.11.2026",
}
# The one year that nobody has marked: an overdue row for the demo.
OVERDUE_YEAR = ("6.2", 2025)
# Words of the order that name another city.
_RENAMED = (
    ("г. Новокузнецке", "г. Приозёрске"),
    ("г. Новокузнецка", "г. Приозёрска"),
    ("МАОУ ДПО ИПК", "методическая служба"),
    ("МАОУ «СОШ № 110»", "МБОУ «СОШ № 17»"),
    ("МАОУ СОШ № 110", "МБОУ «СОШ № 17»"),
    (" (приказ КОиН от 24.03.2020г. № 542)", ""),
    ("клуба молодых специалистов «ПРОдвижение»", "клуба молодых специалистов «Восход»"),
    ("КОиН", "Департамент образования"),
)


def set_targets(municipality: Municipality, actor) -> None:
    """The order's targets of 2021–2024, carried on unchanged to the present year, all marked as demo."""
    template = Roadmap.objects.get(code=TEMPLATE)
    wanted = {
        row["indicator"]: {int(year): value for year, value in row["values"].items()}
        for row in template.target_rows
    }
    for values in wanted.values():
        for year in range(LAST_OF_TEMPLATE + 1, PRESENT_YEAR + 1):
            values[year] = values[LAST_OF_TEMPLATE]
    wanted |= OTHER_TARGETS
    indicators = Indicator.objects.in_bulk(field_name="code")
    from_order = {row["indicator"] for row in template.target_rows}
    rows = [
        Target(
            municipality=municipality,
            indicator=indicators[code],
            year=year,
            value=Decimal(value),
            document=_document(code in from_order, year),
            is_demo=True,
        )
        for code, values in wanted.items()
        for year, value in values.items()
    ]
    insert_all(actor, rows, reason=REASON)


def _document(is_from_order: bool, year: int) -> str:
    if not is_from_order:
        return "Демонстрационная цель"
    return DOCUMENT if year <= LAST_OF_TEMPLATE else CARRIED_ON.format(year=year)


def draw_roadmap(municipality: Municipality, actor) -> Roadmap:
    """The municipality's roadmap: rows of the template with years moved to 2024–2026, and their statuses."""
    template = Roadmap.objects.get(code=TEMPLATE)
    roadmap = save_as(
        actor,
        Roadmap(
            municipality=municipality,
            code="priozersk_2024_2026",
            title="План мероприятий (дорожная карта) внедрения целевой модели наставничества "
            "в организациях г. Приозёрска на 2024–2026 годы",
            goal=template.goal,
            tasks=[renamed(task) for task in template.tasks],
            first_year=FIRST_YEAR,
            last_year=PRESENT_YEAR,
            source="Демонстрационные данные по образцу приказа КОиН г. Новокузнецка от 29.12.2020 № 1438",
        ),
        reason=REASON,
    )
    sections, activities = [], []
    for section in template.sections.prefetch_related("activities"):
        own = RoadmapSection(roadmap=roadmap, number=section.number, title=section.title)
        sections.append(own)
        activities += [_activity(own, row) for row in section.activities.all()]
    insert_all(actor, sections, reason=REASON)
    insert_all(actor, activities, reason=REASON)
    insert_all(actor, [mark for row in activities for mark in _years(row)], reason=REASON)
    return roadmap


def _years(row: RoadmapActivity) -> list[ActivityOccurrence]:
    """Marks of a yearly activity: past years are held, but for the one that the demo leaves overdue."""
    if not row.yearly or row.status == ActivityStatus.DROPPED:
        return []
    past = [year for year in row.years if year < PRESENT_YEAR and (row.number, year) != OVERDUE_YEAR]
    marks = [
        ActivityOccurrence(
            activity=row,
            year=year,
            status=ActivityStatus.DONE,
            evidence=f"Отчёт методической службы за {year} год",
        )
        for year in past
    ]
    if row.status in (ActivityStatus.RUNNING, ActivityStatus.DONE):
        marks.append(
            ActivityOccurrence(
                activity=row, year=PRESENT_YEAR, status=row.status, evidence=EVIDENCE.get(row.number, "")
            )
        )
    return marks


def _activity(section: RoadmapSection, row: RoadmapActivity) -> RoadmapActivity:
    first = min(max(row.starts_on.year + YEARS_LATER, FIRST_YEAR), PRESENT_YEAR)
    last = min(row.ends_on.year + YEARS_LATER, PRESENT_YEAR)
    note = " (по отдельному графику)" if "по отдельному графику" in row.term_text else ""
    return RoadmapActivity(
        section=section,
        number=row.number,
        position=row.position,
        title=renamed(row.title),
        executors=renamed(row.executors),
        participants=renamed(row.participants),
        expected_result=renamed(row.expected_result),
        term_text=(str(first) if first == last else f"{first}–{last}") + note,
        starts_on=datetime.date(first, 1, 1),
        ends_on=datetime.date(last, 12, 31),
        yearly=row.yearly and last > first,
        status=STATUSES.get(row.number, ActivityStatus.RUNNING),
        evidence=EVIDENCE.get(row.number, ""),
    )


def renamed(text: str) -> str:
    """The order's words with the names of the fictional city."""
    for old, new in _RENAMED:
        text = text.replace(old, new)
    return text[:1].upper() + text[1:]


def run_rounds(municipality: Municipality, schools, actor) -> None:
    """A closed round for the last year and an open one for this year that most schools have confirmed."""
    save_as(
        actor,
        Round(
            municipality=municipality,
            year=2025,
            as_of=datetime.date(2025, 12, 31),
            opens_on=datetime.date(2025, 12, 1),
            due_on=datetime.date(2026, 1, 16),
            basis="Приказ департамента образования от 24.11.2025 № 214",
        ),
        reason=REASON,
    )
    close_round(actor, municipality=municipality, year=2025, as_of=datetime.date(2025, 12, 31))
    current = save_as(
        actor,
        Round(
            municipality=municipality,
            year=2026,
            as_of=datetime.date(2026, 12, 31),
            opens_on=datetime.date(2026, 11, 16),
            due_on=datetime.date(2026, 12, 18),
            basis="Приказ департамента образования от 09.11.2026 № 231",
            status=RoundStatus.OPEN,
        ),
        reason=REASON,
    )
    # The curator who signs in to the demo finds the confirmation among her tasks.
    confirmed = [
        school
        for school in schools
        if school.has_registers and school.number % 4 and school.organization.short_name != SHOWCASE
    ]
    insert_all(
        actor,
        [
            RoundConfirmation(
                round=current,
                organization=school.organization,
                confirmed_by=school.actor,
                confirmed_at=_noon(17 + school.number % 9),
                questioned=own_data(Scope.everything(), current, school.organization).questioned,
            )
            for school in confirmed
        ],
        reason=REASON,
    )


def _noon(day: int) -> datetime.datetime:
    """Noon of a day of November 2026, when the schools of the demo confirm their data."""
    return timezone.make_aware(datetime.datetime(2026, 11, day, 12))
