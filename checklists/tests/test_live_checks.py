"""What the portal's own data propose for an item, and what both sides see when the answer differs."""

import pytest
from django.urls import reverse

from checklists import services
from checklists.enums import Achievement, AuditStatus
from checklists.live import finding_of, measured
from checklists.models import ItemAnswer
from checklists.tests.factories import ChecklistItemFactory, ItemAnswerFactory, SelfAuditFactory
from mentors.enums import ProgramStatus
from mentors.tests.factories import PairFactory, ProgramFactory, TrainingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding(school):
    def finding(code: str):
        item = ChecklistItemFactory(number=1, live_data=code)
        return finding_of(item, measured([item], [school.pk], 2026)[code][school.pk])

    return finding


@pytest.mark.parametrize(
    "code", ["mentee_categories", "forms_and_kinds", "mentors_trained", "registers", "programs", "monitoring"]
)
def test_an_empty_school_is_proposed_not_achieved(finding, code):
    assert finding(code).answer == Achievement.NOT_ACHIEVED


def test_an_item_without_a_check_has_no_proposal(school):
    item = ChecklistItemFactory(number=1, live_data="")
    assert finding_of(item, None) is None


def test_one_approved_programme_for_two_pairs_is_partly(finding, school):
    pair = PairFactory(organization=school)
    PairFactory(organization=school)
    ProgramFactory(organization=school, pair=pair, status=ProgramStatus.DRAFT)
    assert finding("programs").answer == Achievement.NOT_ACHIEVED
    ProgramFactory(organization=school, pair=pair, status=ProgramStatus.APPROVED)
    assert finding("programs").answer == Achievement.PARTLY


def test_a_course_counts_in_full_with_the_regional_base(finding, school):
    pair = PairFactory(organization=school)
    pair.mentor.population = "teacher"
    pair.mentor.save()
    course = TrainingFactory(participation=pair.mentor, in_regional_base=False)
    assert finding("mentors_trained").answer == Achievement.PARTLY
    course.in_regional_base = True
    course.save()
    assert finding("mentors_trained").answer == Achievement.ACHIEVED


def test_confirming_takes_the_proposals_and_leaves_given_answers(school, curator):
    audit = SelfAuditFactory(organization=school)
    own = ChecklistItemFactory(template=audit.template, number=1, live_data="programs")
    ChecklistItemFactory(template=audit.template, number=2, live_data="registers")
    ChecklistItemFactory(template=audit.template, number=3)
    services.answer_item(actor=curator, audit=audit, item=own, answer=Achievement.ACHIEVED)
    assert services.confirm_proposals(actor=curator, audit=audit) == [2]
    answers = dict(ItemAnswer.objects.values_list("item__number", "answer"))
    assert answers == {1: Achievement.ACHIEVED, 2: Achievement.NOT_ACHIEVED}


def test_both_sides_see_what_contradicts_the_data_of_the_day_of_sending(
    signed_in, school, curator, methodologist
):
    audit = SelfAuditFactory(organization=school, status=AuditStatus.FILLING)
    item = ChecklistItemFactory(template=audit.template, number=1, live_data="programs")
    ItemAnswerFactory(audit=audit, item=item, answer=Achievement.ACHIEVED)
    page = signed_in(curator).get(reverse("checklist", args=[audit.pk])).content.decode()
    assert "По данным портала: утверждённых программ нет. Вы отметили «Достигнуто»." in page
    services.submit_audit(actor=curator, audit=audit)
    pair = PairFactory(organization=school)
    ProgramFactory(organization=school, pair=pair, status=ProgramStatus.APPROVED)
    page = signed_in(methodologist).get(reverse("checklist", args=[audit.pk])).content.decode()
    assert "утверждённых программ нет" in page
