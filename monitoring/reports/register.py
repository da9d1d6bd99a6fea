"""The register of organizations: who answers for mentoring there, how many people there are, main figures."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from common.reporting import ReportContext, register_report
from common.workbooks import Column, Marked, WorkbookWriter
from mentors.models import Pair
from monitoring.compute import Place
from monitoring.reports import wording
from monitoring.reports.facts import FactsReport
from monitoring.reports.lines import Line, Row
from monitoring.reports.material import Material
from monitoring.reports.steps import Steps
from monitoring.reports.summary import method
from monitoring.reports.summary.cells import as_share
from monitoring.reports.summary.overview import TINTS, heading_lines
from monitoring.sources import HEADCOUNTS, Context
from orgs.models import Headcount, Organization

TITLE = "Реестр организаций и кураторов"
# What a register of organizations tells of each: the figures of the roadmap, and what a school must have.
SHARES = (
    "pupil_mentees",
    "pupil_mentors",
    "teacher_mentees",
    "mentee_satisfaction",
    "mentor_satisfaction",
)
CONDITIONS = {
    "organizations_with_documents": "Полный пакет документов",
    "organizations_with_page": "Страница о наставничестве",
}
NUMBERS = {
    "pupils_total": "Обучающихся всего",
    "pupils_10_18": "Обучающихся 10–18 лет",
    "pupils_15_18": "Обучающихся 15–18 лет",
    "teachers": "Педагогов",
    "young_specialists": "Молодых специалистов",
}
PEOPLE = {"mentors": "Наставников", "mentees": "Наставляемых", "pairs": "Пар, с парами групп"}


@register_report
class OrganizationRegister(FactsReport):
    """Requisites with directors and curators, then headcounts, people of the year and main figures."""

    code = "organizations"
    title = _("Register of organizations and curators")
    description = _("Directors, curators, headcounts, main figures")
    order = 30
    formats = ("xlsx",)
    file_title = TITLE

    def write(self, material: Material, context: ReportContext, steps: Steps) -> bytes:
        steps.finishing()
        return workbook(material, context.narrowed(Organization.objects.all()))


def workbook(material: Material, places: QuerySet) -> bytes:
    """The workbook of the facts; ``places`` are the organizations that the report is about."""
    places = places.visible_to(material.scope)
    known = {row.pk: row for row in places.select_related("type", "district")}
    listed = [place for place in material.places if place.id in known]
    told = [line for line in material.lines if line.definition.code in (*SHARES, *CONDITIONS)]
    title = f"{TITLE}: {material.place_name}, {material.span}"
    buffer = io.BytesIO()
    with WorkbookWriter(buffer, title=title, created=material.created) as book:
        _add_requisites(book, material, title, [known[place.id] for place in listed])
        _add_figures(book, material, listed, places, told)
        method.add(book, replace(material, lines=told))
    return buffer.getvalue()


def _add_requisites(book: WorkbookWriter, material: Material, title: str, rows: list[Organization]) -> None:
    sheet = book.sheet(
        "Организации",
        [
            Column("№", "number", "integer"),
            Column("ИНН", "inn"),
            Column("Организация", "name", width=28),
            Column("Полное наименование", "full_name", width=40),
            Column("Тип", "type"),
            Column("Район", "district"),
            Column("Руководитель", "head", width=28),
            Column("Куратор", "curator", width=28),
            Column("Эл. почта куратора", "email", width=26),
            Column("Приказ о назначении куратора", "order", width=30),
            Column("Адрес", "address", width=36),
            Column("Страница о наставничестве", "page", "link", width=36),
            Column("Состояние", "status"),
        ],
        [
            {
                "number": number,
                "inn": row.inn,
                "name": wording.name(row.short_name),
                "full_name": row.full_name,
                "type": row.type.title,
                "district": row.district.name if row.district else "",
                "head": row.head_name,
                "curator": row.curator_name,
                "email": row.curator_email,
                "order": row.curator_order,
                "address": row.address,
                "page": row.mentoring_page,
                "status": _status(row),
            }
            for number, row in enumerate(rows, start=1)
        ],
        heading_lines=[title, f"Сведения портала на {wording.long_date(material.made_on)}"],
    )
    sheet.worksheet.freeze_panes(sheet.first_row, 3)


def _status(organization: Organization) -> str:
    if organization.closed_on:
        return f"закрыта {organization.closed_on:%d.%m.%Y}"
    return organization.get_status_display().lower()


def _add_figures(
    book: WorkbookWriter, material: Material, listed: list[Place], places: QuerySet, told: list[Line]
) -> None:
    numbers = _headcounts(material, places)
    people, in_all = _people(material, places)
    rows = [
        {
            "number": number,
            "name": wording.name(place.name),
            **_numbers_of(numbers.get(place.id)),
            **people.get(place.id, dict.fromkeys(PEOPLE, 0)),
            **{line.definition.code: _cell(line, line.of(place.id)) for line in told},
        }
        for number, place in enumerate(listed, start=1)
    ]
    totals: dict[str, Any] = {"name": "Итого"} | in_all
    totals |= {line.definition.code: _total(line) for line in told}
    sheet = book.sheet(
        "Численность и показатели",
        [
            Column("№", "number", "integer"),
            Column("Организация", "name", width=28),
            Column("Численность на дату", "on_date", "date"),
            *(Column(title, key, "integer", width=16, total="sum") for key, title in NUMBERS.items()),
            *(Column(title, key, "integer", width=16) for key, title in PEOPLE.items()),
            *(_column(line) for line in told),
        ],
        rows,
        heading_lines=[
            f"Численность и основные показатели за {material.span}",
            *heading_lines(material),
            "Численность, наставники, наставляемые и пары – по данным портала на день формирования. "
            "В итоге каждый человек учтён один раз",
        ],
        totals=totals,
    )
    sheet.worksheet.freeze_panes(sheet.first_row, 2)


def _headcounts(material: Material, places: QuerySet) -> Mapping[int, Headcount]:
    """The numbers that the figures of the period are divided by."""
    rows = HEADCOUNTS.rows(Context(material.period, places))
    return {row.organization_id: row for row in rows}


def _numbers_of(headcount: Headcount | None) -> dict[str, Any]:
    if headcount is None:
        return dict.fromkeys(NUMBERS, wording.NO_DATA)
    found = {key: getattr(headcount, key) for key in NUMBERS}
    return {"on_date": headcount.on_date} | {
        key: wording.NO_DATA if value is None else value for key, value in found.items()
    }


def _people(material: Material, places: QuerySet) -> tuple[dict[int, dict[str, int]], dict[str, int]]:
    """Distinct people and pairs of the period, by organization and in all; two queries."""
    counts = {
        "mentors": Count("mentor__person", distinct=True),
        "mentees": Count("mentee__person", distinct=True),
        "pairs": Count("pk"),
    }
    pairs = (
        Pair.objects.visible_to(material.scope)
        .within(material.period.start, material.period.end)
        .filter(organization__in=places.order_by().values("pk"))
        .order_by()
    )
    rows = pairs.values("organization").annotate(**counts)
    return {row.pop("organization"): row for row in rows}, pairs.aggregate(**counts)


def _column(line: Line) -> Column:
    if line.of_organizations:
        return Column(CONDITIONS[line.definition.code], line.definition.code, width=18)
    return Column(line.labels.short, line.definition.code, "percent", width=21)


def _cell(line: Line, row: Row | None) -> Any:
    """A share with the colour of its status; of a condition whether it is met."""
    if row is None:
        return ""
    if line.of_organizations and row.numerator is not None:
        return Marked("да", "ok") if row.numerator else Marked("нет", "bad")
    if row.amount is None:
        return row.value
    tint = "bad" if row.in_error else TINTS.get(row.status)
    return Marked(as_share(row.amount), tint) if tint else as_share(row.amount)


def _total(line: Line) -> Any:
    """The share of all organizations; of a condition how many meet it."""
    row = line.total
    if line.of_organizations:
        return row.counts or row.value
    return row.value if row.amount is None else as_share(row.amount)
