"""Sheets with names, for the staff of the school itself and nobody else."""

from __future__ import annotations

from common.workbooks import Column, WorkbookWriter
from mentors.models import Pair, Participation
from monitoring.people import People, has_people
from monitoring.reports.advice import REPEATS
from monitoring.reports.material import Material
from orgs.enums import Role
from orgs.models import Organization

WITHHELD = "Согласие отозвано"
LIVE = "Список составлен по данным портала на день формирования"


def add(book: WorkbookWriter, material: Material) -> None:
    """Pairs of the year, and people who are not counted with the reason; nothing for anybody above."""
    if not may_name(material):
        return
    _pairs(book, material)
    _not_counted(book, material)


def may_name(material: Material) -> bool:
    """Whether the report is asked for by the school's own curator or head."""
    if material.organization is None or material.scope.sees_everything:
        return False
    return material.scope.holds_for(material.organization, Role.CURATOR, Role.HEAD)


def _pairs(book: WorkbookWriter, material: Material) -> None:
    period = material.period
    pairs = (
        Pair.objects.visible_to(material.scope)
        .filter(organization=material.organization)
        .within(period.start, period.end)
        .select_related("mentee__person", "mentor__person", "form")
        .order_by("mentee__person__name_key", "started_on", "pk")
    )
    book.sheet(
        "Участники",
        [
            Column("Наставляемый", "mentee"),
            Column("Класс, должность", "mentee_post"),
            Column("Наставник", "mentor"),
            Column("Класс, должность наставника", "mentor_post"),
            Column("Форма наставничества", "form"),
            Column("Начало", "started_on", "date"),
            Column("Окончание", "ended_on", "date"),
        ],
        [
            {
                "mentee": pair.mentee.person.full_name,
                "mentee_post": pair.mentee.class_name or pair.mentee.position,
                "mentor": pair.mentor.person.full_name,
                "mentor_post": pair.mentor.class_name or pair.mentor.position or pair.mentor.workplace,
                "form": pair.form.title,
                "started_on": pair.started_on,
                "ended_on": pair.ended_on,
            }
            for pair in pairs
        ],
        heading_lines=["Пары и группы, работавшие в отчётном году", LIVE],
    )


def _not_counted(book: WorkbookWriter, material: Material) -> None:
    places = Organization.objects.filter(pk=material.organization.pk)
    withheld = set(
        Participation.objects.filter(organization=material.organization, is_hidden=True).values_list(
            "person", flat=True
        )
    )
    rows = []
    for line in material.lines:
        definition = line.definition
        if not has_people(definition) or definition.code in REPEATS:
            continue
        people = People(definition, places, material.period, material.scope)
        rows += [
            {
                "indicator": f"{line.number}. {line.labels.short}",
                "name": WITHHELD if person.pk in withheld else person.full_name,
                "reason": people.reason_text(person.reason),
            }
            for person in people.not_counted().order_by("name_key", "pk")
        ]
    book.sheet(
        "Не учтены",
        [
            Column("Показатель", "indicator", width=44),
            Column("Фамилия, имя, отчество", "name"),
            Column("Почему не учтён", "reason", width=44),
        ],
        rows,
        heading_lines=["Участники, которые не вошли в показатели", LIVE],
    )
