"""The summary above the schools: matrix, shortcomings, workbook; opening for all schools."""

import datetime
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import SelfAudit
from checklists.presenters import items_text
from checklists.tests.factories import ChecklistItemFactory, ItemAnswerFactory, SelfAuditFactory
from common.dates import today
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(cast):
    audit = SelfAuditFactory(organization=cast.school, year=today().year, status=AuditStatus.RETURNED)
    for number in (1, 2):
        ChecklistItemFactory(template=audit.template, number=number)
    first, second = audit.template.items.all()
    ItemAnswerFactory(audit=audit, item=first, answer=Achievement.ACHIEVED)
    ItemAnswerFactory(
        audit=audit,
        item=second,
        answer=Achievement.PARTLY,
        verdict=Verdict.RETURNED,
        remark="Нет приказа",
    )
    return audit


def test_the_matrix_shows_every_working_school_with_words_for_each_cell(signed_in, methodologist, audit):
    page = signed_in(methodologist).get(reverse("checklists-matrix"))
    matrix = page.context["matrix"]
    assert [row.organization.short_name for row in matrix.rows] == ["СОШ № 17", "СОШ № 18", "СОШ № 30"]
    assert [cell.word for cell in matrix.rows[0].cells] == ["Достигнуто", "Частично, возвращено"]
    assert matrix.achieved == [1, 0]


def test_filters_narrow_the_page_and_the_workbook_alike(signed_in, methodologist, audit, other_district):
    client = signed_in(methodologist)
    query = {"district": other_district.pk}
    page = client.get(reverse("checklists-matrix"), query)
    assert [row.organization.short_name for row in page.context["matrix"].rows] == ["СОШ № 30"]
    content = b"".join(client.get(reverse("checklists-file"), query).streaming_content)
    sheet = load_workbook(io.BytesIO(content))["Сводный чек-лист"]
    names = [row[1].value for row in sheet.iter_rows() if str(row[1].value).startswith("СОШ")]
    assert names == ["СОШ № 30"]


def test_shortcomings_stand_by_item_and_the_workbook_collapses_partly_to_no(signed_in, methodologist, audit):
    client = signed_in(methodologist)
    page = client.get(reverse("checklists-gaps"))
    assert "Нет приказа" in page.content.decode()
    content = b"".join(client.get(reverse("checklists-file")).streaming_content)
    rows = [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(content))["Недочёты"].iter_rows()
    ]
    assert [row[4:6] for row in rows if row[2] == "СОШ № 17"] == [["нет", "частично"]]


def test_one_school_is_found_by_its_name_on_every_page_of_the_checklists(signed_in, methodologist, audit):
    client = signed_in(methodologist)
    page = client.get(reverse("checklists-matrix"), {"q": "сош 30"})
    assert [row.organization.short_name for row in page.context["matrix"].rows] == ["СОШ № 30"]
    assert client.get(reverse("checklists-gaps"), {"q": "сош 30"}).context["gaps"] == []
    assert [found.pk for found in client.get(reverse("checklists"), {"q": "17"}).context["rows"]] == [
        audit.pk
    ]
    assert client.get(reverse("checklists"), {"q": "30"}).context["rows"] == []


def test_an_item_shows_its_first_schools_and_all_of_them_on_its_own(signed_in, methodologist, audit):
    item = audit.template.items.get(number=2)
    for number in range(1, 8):
        school = OrganizationFactory(
            municipality=audit.organization.municipality,
            type=audit.organization.type,
            short_name=f"СОШ № {number}",
        )
        ItemAnswerFactory(
            audit=SelfAuditFactory(organization=school, template=audit.template, year=audit.year),
            item=item,
            answer=Achievement.PARTLY,
        )
    client = signed_in(methodologist)

    ((_gap, first),) = client.get(reverse("checklists-gaps")).context["gaps"]
    ((_gap, every),) = client.get(reverse("checklists-gaps"), {"item": 2}).context["gaps"]

    assert [row.organization.short_name for row, _cell in first] == [f"СОШ № {n}" for n in range(1, 6)]
    assert len(every) == 8


def test_opening_reaches_every_school_of_the_place_once(signed_in, district_methodologist, cast, audit):
    SelfAudit.objects.all().delete()
    due = today() + datetime.timedelta(days=20)
    client = signed_in(district_methodologist)
    for _time in range(2):
        client.post(reverse("checklists-open"), {"year": today().year, "due_on": f"{due:%d.%m.%Y}"})
    opened = SelfAudit.objects.values_list("organization__short_name", "due_on", "status")
    assert sorted(opened) == [
        ("СОШ № 17", due, AuditStatus.NOT_STARTED),
        ("СОШ № 18", due, AuditStatus.NOT_STARTED),
    ]


def test_a_school_sees_no_matrix(signed_in, curator):
    assert signed_in(curator).get(reverse("checklists-matrix")).status_code == 403


def test_a_card_names_the_items_that_are_short_and_does_not_count_them():
    assert (items_text([]), items_text([3]), items_text([3, 10])) == ("", "пункт 3", "пункты 3, 10")
