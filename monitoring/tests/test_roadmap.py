"""The roadmap: states by the calendar and by hand, editing, the template, targets, the report."""

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from common.reporting import ReportContext
from monitoring.enums import ActivityStatus
from monitoring.models import Roadmap, RoadmapActivity, Target
from monitoring.reports.roadmap import RoadmapReport
from monitoring.roadmap import services
from monitoring.roadmap.reading import read_plan
from monitoring.roadmap.state import State
from monitoring.tests.factories import (
    IndicatorFactory,
    RoadmapActivityFactory,
    RoadmapFactory,
    RoadmapSectionFactory,
    TargetFactory,
)
from orgs.scope import Scope

pytestmark = pytest.mark.django_db
NOVEMBER = datetime.date(2026, 11, 24)


@pytest.fixture
def section(municipality):
    roadmap = RoadmapFactory(municipality=municipality, first_year=2025, last_year=2027)
    return RoadmapSectionFactory(roadmap=roadmap, number=1)


@pytest.fixture
def activity(section):
    def activity(number="1.1", first=2026, last=2026, **values):
        return RoadmapActivityFactory(
            section=section,
            number=number,
            position=int(number.split(".")[1]),
            starts_on=datetime.date(first, 1, 1),
            ends_on=datetime.date(last, 12, 31),
            **values,
        )

    return activity


def states(section, on=NOVEMBER):
    plan = read_plan(section.roadmap, Scope.everything(), on)
    return {row.activity.number: row.state for row in plan.rows}


def test_a_term_that_is_over_makes_an_open_activity_overdue(section, activity):
    activity("1.1", last=2026)
    activity("1.2", first=2025, last=2025, status=ActivityStatus.RUNNING)
    activity("1.3", first=2025, last=2025, status=ActivityStatus.DONE)
    activity("1.4", first=2025, last=2025, status=ActivityStatus.DROPPED)
    assert states(section) == {
        "1.1": State.NOT_STARTED,
        "1.2": State.OVERDUE,
        "1.3": State.DONE,
        "1.4": State.DROPPED,
    }


def test_a_yearly_activity_follows_its_years(section, activity, methodologist):
    yearly = activity(first=2025, last=2027, yearly=True)
    assert states(section) == {"1.1": State.OVERDUE}
    services.mark(
        actor=methodologist,
        target=services.occurrence_of(yearly, 2025),
        status=ActivityStatus.DONE,
        evidence="Справка",
    )
    assert states(section) == {"1.1": State.RUNNING}
    with pytest.raises(ValidationError):
        services.occurrence_of(yearly, 2028)


def test_done_asks_for_evidence_or_the_express_word(activity, methodologist):
    target = activity()
    with pytest.raises(ValidationError) as refusal:
        services.mark(actor=methodologist, target=target, status=ActivityStatus.DONE)
    assert set(refusal.value.message_dict) == {"evidence"}
    marked = services.mark(
        actor=methodologist, target=target, status=ActivityStatus.DONE, without_evidence=True
    )
    assert marked.without_evidence
    with pytest.raises(ValidationError):
        services.mark(actor=methodologist, target=target, status=ActivityStatus.DROPPED)


def test_moving_and_removing_renumber_the_section(activity, methodologist):
    first, second, third = activity("1.1"), activity("1.2"), activity("1.3")
    assert services.move_activity(actor=methodologist, activity=third, up=True) is True
    assert services.move_activity(actor=methodologist, activity=first, up=True) is False
    services.remove_activity(actor=methodologist, activity=first, reason="Приказ № 41")
    left = dict(RoadmapActivity.objects.values_list("pk", "number"))
    assert left == {third.pk: "1.1", second.pk: "1.2"}
    assert RoadmapActivity.history.filter(history_type="-").get().history_change_reason == "Приказ № 41"


def test_a_municipality_begins_with_the_template_moved_to_its_years(signed_in, methodologist, municipality):
    IndicatorFactory(code="pupil_mentees")
    template = RoadmapFactory(
        municipality=None,
        first_year=2021,
        last_year=2024,
        title="План на 2021 - 2024 г.г.",
        target_rows=[{"indicator": "pupil_mentees", "values": {"2021": 20}}],
    )
    RoadmapActivityFactory(
        section=RoadmapSectionFactory(roadmap=template, number=1),
        number="1.1",
        term_text="2021-2024 (по отдельному графику)",
        starts_on=datetime.date(2021, 1, 1),
        ends_on=datetime.date(2024, 12, 31),
    )
    client = signed_in(methodologist)
    assert "Взять дорожную карту Новокузнецка за основу" in client.get(reverse("roadmap")).content.decode()
    form = client.get(reverse("roadmap-adopt")).context
    data = {"first_year": "2026", "with_targets": "on", "once": form.get("once", "")}
    client.post(reverse("roadmap-adopt"), data)
    roadmap = Roadmap.objects.get(municipality=municipality)
    row = RoadmapActivity.objects.get(section__roadmap=roadmap)
    assert (roadmap.title, roadmap.last_year) == ("План на 2026 - 2029 г.г.", 2029)
    assert (row.term_text, row.ends_on.year) == ("2026-2029 (по отдельному графику)", 2029)
    assert Target.objects.get(municipality=municipality).year == 2026


def test_a_district_methodologist_reads_and_changes_nothing(signed_in, district_methodologist, activity):
    row = activity()
    client = signed_in(district_methodologist)
    assert client.get(reverse("activity", args=[row.pk])).status_code == 200
    assert client.get(reverse("activity-edit", args=[row.pk])).status_code == 403
    assert client.post(reverse("activity-move", args=[row.pk]), {"up": "1"}).status_code == 403


def test_targets_are_typed_with_a_comma_and_a_foreign_change_is_asked_about(
    signed_in, methodologist, municipality, section
):
    indicator = IndicatorFactory(code="pupil_mentees")
    stored = TargetFactory(municipality=municipality, indicator=indicator, year=2026, value=20)
    client = signed_in(methodologist)
    form = client.get(reverse("targets")).context
    data = {bound.html_name: bound.value() or "" for bound in form["form"]} | {"once": form.get("once", "")}
    cell = f"t{indicator.pk}-2026"
    stored.value = 30
    stored.save()
    refused = client.post(reverse("targets"), data | {cell: "25,5"})
    assert refused.status_code == 422
    stored.refresh_from_db()
    assert stored.value == 30
    again = {bound.html_name: bound.value() or "" for bound in refused.context["form"]}
    client.post(reverse("targets"), again | {"once": refused.context.get("once", "")})
    stored.refresh_from_db()
    assert str(stored.value) == "25.50"


def test_the_report_has_the_columns_of_the_order(section, activity, municipality):
    activity(title="Разработка положения", executors="Методическая служба", term_text="2026")
    built = RoadmapReport().build(
        ReportContext(
            scope=Scope.everything(),
            municipality=municipality,
            organization=None,
            year=2026,
            as_of=NOVEMBER,
            format="xlsx",
        )
    )
    sheet = load_workbook(io.BytesIO(built.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    heading = next(row for row in rows if row[0] == "№ п/п")
    assert heading[2:7] == [
        "Мероприятия",
        "Ответственные исполнители",
        "Участники мероприятий",
        "Ожидаемые результаты",
        "Сроки реализации",
    ]
    assert any(row[2] == "Разработка положения" for row in rows)


def test_the_page_costs_the_same_for_one_and_many(
    signed_in, methodologist, activity, django_assert_max_num_queries
):
    client = signed_in(methodologist)
    for number in range(1, 6):
        activity(f"1.{number}")
        with django_assert_max_num_queries(20):
            assert client.get(reverse("roadmap")).status_code == 200
