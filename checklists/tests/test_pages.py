"""The self-audit on its pages: the school fills in and sends, the methodologist returns and accepts."""

from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ItemAnswer, SelfAudit
from checklists.tests.factories import (
    ChecklistItemFactory,
    ChecklistTemplateFactory,
    ItemAnswerFactory,
    SelfAuditFactory,
)
from common.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def template():
    template = ChecklistTemplateFactory()
    for number in range(1, 13):
        ChecklistItemFactory(template=template, number=number)
    return template


@pytest.fixture
def sent(template, cast):
    audit = SelfAuditFactory(organization=cast.school, template=template, status=AuditStatus.SUBMITTED)
    for item in template.items.all():
        ItemAnswerFactory(audit=audit, item=item, answer=Achievement.PARTLY)
    return audit


def answers(numbers=range(1, 13), **more) -> dict:
    return {f"item{number}-answer": "achieved" for number in numbers} | more


def opened(client, audit) -> dict:
    """The form as the page shows it: every field of every item with its present value."""
    card = client.get(reverse("checklist", args=[audit.pk])).context["card"]
    return {
        bound.html_name: bound.value() or ""
        for line in card.lines
        if line.form is not None
        for bound in line.form
        if bound.name != "file"
    }


def test_a_curator_begins_fills_in_and_sends(signed_in, curator, school, template):
    client = signed_in(curator)
    response = client.post(reverse("checklists"), {"organization": school.pk})
    audit = SelfAudit.objects.get()
    assert (audit.organization, audit.year) == (school, today().year)
    assert urlsplit(response["Location"]).path == reverse("checklist", args=[audit.pk])
    address = reverse("checklist-answers", args=[audit.pk])
    client.post(address, answers(range(1, 6), **{"item1-evidence": "Положение, раздел 2"}))
    audit.refresh_from_db()
    assert (audit.status, audit.answers.count()) == (AuditStatus.FILLING, 5)
    client.post(address, opened(client, audit) | answers(submit="1", **{"item1-evidence": ""}))
    audit.refresh_from_db()
    assert (audit.status, audit.submitted_by) == (AuditStatus.SUBMITTED, curator)
    assert audit.answers.get(item__number=1).evidence == ""


def test_an_unfinished_self_audit_is_not_sent_and_nothing_typed_is_lost(signed_in, curator, school, template):
    audit = SelfAuditFactory(organization=school, template=template)
    response = signed_in(curator).post(
        reverse("checklist-answers", args=[audit.pk]),
        answers([1], submit="1", **{"item1-comment": "почти всё"}),
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "почти всё" in page
    assert "2, 3, 4" in page
    assert not ItemAnswer.objects.exists()


def test_the_methodologist_returns_an_item_with_a_remark_and_the_school_corrects_only_it(
    signed_in, curator, methodologist, sent
):
    review = reverse("checklist-review", args=[sent.pk])
    client = signed_in(methodologist)
    form = opened(client, sent)
    refused = client.post(review, form | {"item4-verdict": "returned", "return": "1"})
    assert refused.status_code == 422
    assert "Напишите, что исправить." in refused.content.decode()
    client.post(review, form | {"item4-verdict": "returned", "item4-remark": "Нет приказа", "return": "1"})
    sent.refresh_from_db()
    assert (sent.status, sent.reviewer) == (AuditStatus.RETURNED, methodologist)
    page = signed_in(curator).get(reverse("checklist", args=[sent.pk]))
    assert [line.number for line in page.context["card"].lines if line.form] == [4]
    assert "Нет приказа" in page.content.decode()


def test_accepting_accepts_every_item_without_a_remark(signed_in, methodologist, sent):
    client = signed_in(methodologist)
    client.post(reverse("checklist-review", args=[sent.pk]), opened(client, sent) | {"accept": "1"})
    sent.refresh_from_db()
    assert sent.status == AuditStatus.ACCEPTED
    assert set(sent.answers.values_list("verdict", flat=True)) == {Verdict.ACCEPTED}


def test_an_analyst_looks_and_changes_nothing(signed_in, analyst, sent):
    client = signed_in(analyst)
    page = client.get(reverse("checklist", args=[sent.pk]))
    assert page.status_code == 200
    assert all(line.form is None for line in page.context["card"].lines)
    assert client.post(reverse("checklist-review", args=[sent.pk]), {"accept": "1"}).status_code == 403


def test_beginning_twice_leads_to_the_same_self_audit(signed_in, curator, school, template):
    client = signed_in(curator)
    first = client.post(reverse("checklists"), {"organization": school.pk})
    assert client.post(reverse("checklists"), {"organization": school.pk})["Location"] == first["Location"]
    assert SelfAudit.objects.count() == 1


def test_the_list_costs_the_same_for_one_and_three(
    signed_in, methodologist, cast, django_assert_max_num_queries
):
    client = signed_in(methodologist)
    for place in (cast.school, cast.sibling_school, cast.district_school):
        SelfAuditFactory(organization=place, year=today().year)
        with django_assert_max_num_queries(12):
            assert client.get(reverse("checklists")).status_code == 200


def test_the_section_of_a_school_opens_its_self_audit_of_this_year(signed_in, curator, school):
    """Given one school and one self-audit, then its tab opens the self-audit, other years their list."""
    audit = SelfAuditFactory(organization=school, year=today().year, status=AuditStatus.FILLING)
    client = signed_in(curator)
    response = client.get(reverse("checklists"))
    assert response["Location"].startswith(reverse("checklist", args=[audit.pk]))
    listed = client.get(reverse("checklists"), {"year": today().year})
    assert [row.pk for row in listed.context["rows"]] == [audit.pk]


def test_the_section_of_a_methodologist_lists_even_a_single_self_audit(signed_in, methodologist, school):
    SelfAuditFactory(organization=school, year=today().year, status=AuditStatus.FILLING)
    assert signed_in(methodologist).get(reverse("checklists")).status_code == 200
