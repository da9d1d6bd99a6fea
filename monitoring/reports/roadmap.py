"""The report on the roadmap: the order's table with states and evidence, as a document or a workbook."""

from __future__ import annotations

import datetime as dt
import io

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.charts import to_png
from common.dates import today
from common.documents import DocumentBuilder, TableColumn
from common.reporting import (
    LANGUAGE,
    BuiltFile,
    ReportContext,
    ReportKind,
    register_report,
    tidy_file_name,
)
from common.workbooks import Column, Marked, WorkbookWriter
from exchange.jobs import Refused
from monitoring.roadmap.reading import Plan, Row, read_plan
from monitoring.roadmap.services import roadmap_in_force, roadmaps_of
from monitoring.roadmap.state import State

# Landscape A4 without margins at 200 dpi.
CHART_PIXELS = 2000
TINTS = {State.DONE: "ok", State.OVERDUE: "bad", State.RUNNING: "info"}


@register_report
class RoadmapReport(ReportKind):
    """Sections and activities in the columns of the order, what state they are in, the chart."""

    code = "roadmap"
    title = gettext_lazy("Progress of the roadmap")
    description = gettext_lazy("On the chosen day, in the columns of the order")
    order = 30
    formats = ("docx", "xlsx")
    whole_municipality = True

    def build(self, context: ReportContext) -> BuiltFile:
        context.progress(0, 3, _("Reading the activities"))
        plan = self.plan(context)
        context.progress(1, 3, _("Putting the document together"))
        with translation.override(LANGUAGE):
            make = roadmap_document if context.format == "docx" else roadmap_workbook
            content = make(plan, str(context.municipality))
            name = f"Дорожная карта. {context.municipality}. {plan.on:%d.%m.%Y}"
        context.progress(2, 3, _("Putting the document together"))
        return BuiltFile(tidy_file_name(name, context.format), content)

    @staticmethod
    def plan(context: ReportContext) -> Plan:
        """The roadmap of the year on the reporting day, or today while that day is still to come."""
        roadmaps = roadmaps_of(context.scope, context.municipality)
        of_year = [row for row in roadmaps if row.first_year <= context.year <= row.last_year]
        roadmap = roadmap_in_force(of_year or roadmaps)
        if roadmap is None:
            raise Refused(_("The municipality has no roadmap yet. Make one on the page of the roadmap."))
        return read_plan(roadmap, context.scope, min(context.as_of, today()))


def roadmap_document(plan: Plan, place: str) -> bytes:
    """The document: landscape, one table a section, the header on every page, the chart at the end."""
    builder = DocumentBuilder(
        f"Выполнение дорожной карты: {place}", created=dt.datetime.combine(plan.on, dt.time(), dt.UTC)
    )
    builder.landscape_only()
    builder.heading(plan.roadmap.title, 0)
    builder.paragraph(f"По состоянию на {plan.on:%d.%m.%Y}. {plan.summary}.", indent=False)
    if plan.roadmap.source:
        builder.note(f"Основание: {plan.roadmap.source}")
    for section in plan.sections:
        builder.heading(f"{section.section.number}. {section.section.title}", 2)
        if not section.rows:
            builder.paragraph("Мероприятий нет.", indent=False)
            continue
        builder.table(
            [
                TableColumn("№ п/п", width=6),
                TableColumn("Мероприятия", width=20),
                TableColumn("Ответственные исполнители", width=19),
                TableColumn("Участники", width=19),
                TableColumn("Ожидаемые результаты", width=20),
                TableColumn("Сроки реализации", width=15),
                TableColumn("Статус", width=15),
                TableColumn("Подтверждение", width=19),
            ],
            [
                [
                    row.activity.number,
                    row.activity.title,
                    row.activity.executors,
                    row.activity.participants,
                    row.activity.expected_result,
                    row.activity.term_text,
                    status_text(row),
                    proof_text(row),
                ]
                for row in section.rows
            ],
        )
    builder.heading("График", 2)
    builder.figure(to_png(plan.chart(), CHART_PIXELS), "График мероприятий по кварталам", _alternative(plan))
    return builder.to_bytes()


def roadmap_workbook(plan: Plan, place: str) -> bytes:
    """The workbook: one sheet in the columns of the order."""
    buffer = io.BytesIO()
    title = f"Выполнение дорожной карты: {place}"
    created = dt.datetime.combine(plan.on, dt.time(), dt.UTC)
    with WorkbookWriter(buffer, title=title, created=created) as book:
        book.sheet(
            "Дорожная карта",
            [
                Column("№ п/п", "number", width=7),
                Column("Раздел", "section", width=28),
                Column("Мероприятия", "title", width=44),
                Column("Ответственные исполнители", "executors", width=26),
                Column("Участники мероприятий", "participants", width=26),
                Column("Ожидаемые результаты", "result", width=40),
                Column("Сроки реализации", "term", width=18),
                Column("Статус", "status", width=18),
                Column("Подтверждение", "proof", width=34),
            ],
            [_cells(section.section, row) for section in plan.sections for row in section.rows],
            heading_lines=[
                plan.roadmap.title,
                f"По состоянию на {plan.on:%d.%m.%Y}. {plan.summary}",
                *([f"Основание: {plan.roadmap.source}"] if plan.roadmap.source else []),
            ],
        )
    return buffer.getvalue()


def status_text(row: Row) -> str:
    """«Выполняется, 2 из 3 лет»"""
    text = row.badge.label
    return f"{text}, {row.years_text}" if row.years else text


def proof_text(row: Row) -> str:
    """Evidence of every year that has some, the name of a file, or the word that there is none."""
    if row.drop_reason:
        return row.drop_reason
    parts = []
    for mark in row.marks:
        text = "; ".join(part for part in (mark.evidence, mark.evidence_name) if part)
        year = getattr(mark, "year", None)
        if text:
            parts.append(f"{year}: {text}" if year else text)
    return "\n".join(parts) or ("без подтверждения" if row.unconfirmed else "")


def _cells(section, row: Row) -> dict:
    status = status_text(row)
    return {
        "number": row.activity.number,
        "section": f"{section.number}. {section.title}",
        "title": row.activity.title,
        "executors": row.activity.executors,
        "participants": row.activity.participants,
        "result": row.activity.expected_result,
        "term": row.activity.term_text,
        "status": Marked(status, TINTS[row.state]) if row.state in TINTS else status,
        "proof": proof_text(row),
    }


def _alternative(plan: Plan) -> str:
    return f"График: {plan.finding}. Сроки и статусы стоят в таблицах выше."
