"""Life of a self-audit between the school and the methodologist."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.tests.factories import UserFactory
from checklists import services
from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ItemAnswer, SelfAudit
from checklists.tests.factories import ChecklistItemFactory, ChecklistTemplateFactory
from orgs.tests.factories import OrganizationFactory

pytestmark = pytest.mark.django_db
DECEMBER = datetime.date(2026, 12, 1)


@pytest.fixture
def curator():
    return UserFactory()


@pytest.fixture
def reviewer():
    return UserFactory()


@pytest.fixture
def items():
    template = ChecklistTemplateFactory()
    return [ChecklistItemFactory(template=template, number=number) for number in (1, 2, 3)]


@pytest.fixture
def audit(items, reviewer):
    return services.start_audit(
        actor=reviewer, organization=OrganizationFactory(), template=items[0].template, year=2026
    )


@pytest.fixture
def submitted(audit, items, curator):
    for item in items:
        services.answer_item(
            actor=curator, audit=audit, item=item, answer=Achievement.ACHIEVED, evidence="пункт 3.4"
        )
    return services.submit_audit(actor=curator, audit=audit)


def fresh(audit):
    return SelfAudit.objects.get(pk=audit.pk)


class TestFilling:
    def test_audit_waits_until_its_first_answer(self, audit, items, curator):
        assert audit.status == AuditStatus.NOT_STARTED
        given = services.answer_item(
            actor=curator, audit=audit, item=items[0], answer=Achievement.PARTLY, comment="к декабрю"
        )
        assert fresh(audit).status == AuditStatus.FILLING
        assert given.history.get().history_user == curator

    def test_answer_may_be_changed_while_the_audit_is_filled_in(self, audit, items, curator):
        for answer in (Achievement.NOT_ACHIEVED, Achievement.ACHIEVED):
            services.answer_item(actor=curator, audit=audit, item=items[0], answer=answer)
        assert ItemAnswer.objects.get().answer == Achievement.ACHIEVED

    def test_item_of_another_checklist_is_refused(self, audit, curator):
        other = ChecklistItemFactory(template=ChecklistTemplateFactory(code="other"), number=1)
        with pytest.raises(ValidationError):
            services.answer_item(actor=curator, audit=audit, item=other, answer=Achievement.ACHIEVED)

    def test_one_audit_a_year(self, audit, reviewer):
        with pytest.raises(ValidationError):
            services.start_audit(
                actor=reviewer, organization=audit.organization, template=audit.template, year=2026
            )

    def test_many_first_answers_start_their_audits(self, audit, items, curator):
        answers = [ItemAnswer(audit=audit, item=item, answer=Achievement.ACHIEVED) for item in items[:2]]
        services.answer_items(actor=curator, answers=answers)
        assert fresh(audit).status == AuditStatus.FILLING
        assert ItemAnswer.history.filter(history_user=curator).count() == 2


class TestSubmitting:
    def test_open_items_are_counted_and_named(self, audit, items, curator):
        services.answer_item(actor=curator, audit=audit, item=items[1], answer=Achievement.ACHIEVED)
        with pytest.raises(ValidationError, match="1, 3"):
            services.submit_audit(actor=curator, audit=audit)
        assert fresh(audit).status == AuditStatus.FILLING

    def test_submitted_audit_is_closed_to_the_school(self, submitted, items, curator):
        assert (submitted.status, submitted.submitted_by) == (AuditStatus.SUBMITTED, curator)
        with pytest.raises(ValidationError):
            services.answer_item(actor=curator, audit=submitted, item=items[0], answer=Achievement.PARTLY)
        assert not ItemAnswer.objects.filter(answer=Achievement.PARTLY).exists()


class TestReview:
    def test_accepting_accepts_every_item_without_a_remark(self, submitted, reviewer):
        services.accept_audit(actor=reviewer, audit=submitted)
        assert (fresh(submitted).status, fresh(submitted).reviewer) == (AuditStatus.ACCEPTED, reviewer)
        assert set(submitted.answers.values_list("verdict", flat=True)) == {Verdict.ACCEPTED}

    def test_return_needs_a_remark_and_stands_in_the_way_of_accepting(self, submitted, reviewer):
        given = submitted.answers.get(item__number=2)
        with pytest.raises(ValidationError) as refusal:
            services.review_item(actor=reviewer, given=given, verdict=Verdict.RETURNED, remark=" ")
        assert set(refusal.value.message_dict) == {"remark"}
        services.review_item(actor=reviewer, given=given, verdict=Verdict.RETURNED, remark="Нет пункта")
        with pytest.raises(ValidationError, match="2"):
            services.accept_audit(actor=reviewer, audit=submitted)

    def test_only_returned_items_are_open_after_a_return(self, submitted, items, curator, reviewer):
        given = submitted.answers.get(item__number=2)
        services.review_item(actor=reviewer, given=given, verdict=Verdict.RETURNED, remark="Нет пункта")
        services.return_audit(actor=reviewer, audit=submitted, due_on=DECEMBER)
        assert (fresh(submitted).status, fresh(submitted).due_on) == (AuditStatus.RETURNED, DECEMBER)
        with pytest.raises(ValidationError, match="1"):
            services.answer_item(actor=curator, audit=submitted, item=items[0], answer=Achievement.PARTLY)
        services.answer_item(
            actor=curator, audit=submitted, item=items[1], answer=Achievement.ACHIEVED, evidence="п. 2"
        )
        again = services.submit_audit(actor=curator, audit=submitted)
        assert again.status == AuditStatus.SUBMITTED

    def test_return_of_nothing_is_refused(self, submitted, reviewer):
        with pytest.raises(ValidationError):
            services.return_audit(actor=reviewer, audit=submitted)
        assert fresh(submitted).status == AuditStatus.SUBMITTED

    def test_what_was_not_submitted_cannot_be_reviewed(self, audit, reviewer):
        for review in (services.accept_audit, services.return_audit):
            with pytest.raises(ValidationError):
                review(actor=reviewer, audit=audit)
