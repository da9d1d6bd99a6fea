"""Self-audits by workbook: begun when new, closed to files once submitted."""

import pytest

from checklists.enums import Achievement, AuditStatus, Verdict
from checklists.models import ItemAnswer, SelfAudit
from checklists.resources import TEMPLATE
from checklists.tests.factories import (
    ChecklistItemFactory,
    ChecklistTemplateFactory,
    ItemAnswerFactory,
    SelfAuditFactory,
)
from orgs.scope import Scope
from orgs.tests.factories import MembershipFactory, OrganizationFactory
from orgs.tests.loading import codes, exported, figures, load, workbook

pytestmark = pytest.mark.django_db
HEADINGS = ["ИНН", "Год", "Пункт", "Ответ", "Подтверждение", "Комментарий"]


@pytest.fixture
def school():
    return OrganizationFactory()


@pytest.fixture(autouse=True)
def template():
    template = ChecklistTemplateFactory(code=TEMPLATE)
    for number in range(1, 13):
        ChecklistItemFactory(template=template, number=number)
    return template


def item(template, number):
    return template.items.get(number=number)


def test_a_new_self_audit_is_begun_with_its_answers(tmp_path, school):
    path = workbook(
        tmp_path / "c.xlsx",
        HEADINGS,
        [school.inn, 2026, 1, "Достигнуто", "Положение, п. 2", "верно"],
        [school.inn, 2026, "п. 2", "частично достигнуто", "", ""],
        [school.inn, 2026, "Пункт 3", "Нет", "", ""],
        [school.inn, 2026, 4, "", "", ""],
    )

    outcome = load(path, "checklists")

    assert figures(outcome) == (3, 0, 1, 0)
    audit = SelfAudit.objects.get()
    assert (audit.organization, audit.year, audit.status) == (school, 2026, AuditStatus.FILLING)
    assert list(
        audit.answers.order_by("item__number").values_list("item__number", "answer", "evidence", "comment")
    ) == [
        (1, Achievement.ACHIEVED, "Положение, п. 2", "верно"),
        (2, Achievement.PARTLY, "", ""),
        (3, Achievement.NOT_ACHIEVED, "", ""),
    ]
    assert (audit.history.count(), ItemAnswer.history.count()) == (1, 3)
    assert figures(load(path, "checklists")) == (0, 0, 4, 0)


def test_blank_lines_of_a_form_begin_no_self_audit(tmp_path, school):
    path = workbook(tmp_path / "c.xlsx", HEADINGS, [school.inn, 2026, 1, "", "", ""])

    assert figures(load(path, "checklists")) == (0, 0, 1, 0)
    assert not SelfAudit.objects.exists()


def test_an_answer_is_changed_and_a_waiting_self_audit_is_begun(tmp_path, school, template):
    audit = SelfAuditFactory(organization=school, template=template, status=AuditStatus.NOT_STARTED)
    given = ItemAnswerFactory(
        audit=audit, item=item(template, 1), answer=Achievement.PARTLY, evidence="Положение"
    )
    path = workbook(tmp_path / "c.xlsx", HEADINGS, [school.inn, 2026, 1, "да", "", ""])

    assert figures(load(path, "checklists")) == (0, 1, 0, 0)

    given.refresh_from_db()
    audit.refresh_from_db()
    assert (given.answer, given.evidence, audit.status) == (
        Achievement.ACHIEVED,
        "Положение",
        AuditStatus.FILLING,
    )


@pytest.mark.parametrize("status", [AuditStatus.SUBMITTED, AuditStatus.ACCEPTED])
def test_a_closed_self_audit_is_not_changed(tmp_path, school, template, status):
    audit = SelfAuditFactory(organization=school, template=template, status=status)
    given = ItemAnswerFactory(audit=audit, item=item(template, 1))
    path = workbook(
        tmp_path / "c.xlsx",
        HEADINGS,
        [school.inn, 2026, 1, "достигнуто", "", ""],
        [school.inn, 2026, 2, "достигнуто", "", ""],
        [school.inn, 2026, 1, "нет", "", ""],
    )

    outcome = load(path, "checklists", good_rows=True)

    assert figures(outcome) == (0, 0, 1, 2)
    assert codes(outcome) == [(3, "B", "audit_closed"), (4, "C", "duplicate_row")]
    given.refresh_from_db()
    assert (given.answer, audit.answers.count()) == (Achievement.ACHIEVED, 1)


def test_of_a_returned_self_audit_only_returned_items_are_open(tmp_path, school, template):
    audit = SelfAuditFactory(organization=school, template=template, status=AuditStatus.RETURNED)
    ItemAnswerFactory(audit=audit, item=item(template, 1), verdict=Verdict.ACCEPTED)
    ItemAnswerFactory(audit=audit, item=item(template, 2), verdict=Verdict.RETURNED)
    path = workbook(
        tmp_path / "c.xlsx",
        HEADINGS,
        [school.inn, 2026, 1, "нет", "", ""],
        [school.inn, 2026, 2, "частично", "", ""],
    )

    outcome = load(path, "checklists", good_rows=True)

    assert figures(outcome) == (0, 1, 0, 1)
    assert codes(outcome) == [(2, "D", "item_not_returned")]
    audit.refresh_from_db()
    assert audit.status == AuditStatus.RETURNED


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ([2026, 13, "нет"], (2, "C", "item_unknown")),
        ([2026, 0, "нет"], (2, "C", "item_unknown")),
        ([2026, "первый", "нет"], (2, "C", "number_unreadable")),
        ([2026, 1, "наверное"], (2, "D", "answer_unknown")),
        ([2026, 1, "-"], (2, "D", "answer_unknown")),
        ([26, 1, "нет"], (2, "B", "number_out_of_range")),
        ([None, 1, "нет"], (2, "B", "value_missing")),
    ],
)
def test_a_row_that_does_not_fit_is_refused_with_its_place(tmp_path, school, row, problem):
    outcome = load(workbook(tmp_path / "c.xlsx", HEADINGS, [school.inn, *row]), "checklists")

    assert codes(outcome) == [problem]
    assert not SelfAudit.objects.exists()


def test_without_the_checklist_the_row_says_what_is_missing(tmp_path, school, template):
    template.items.all().delete()
    template.delete()
    path = workbook(tmp_path / "c.xlsx", HEADINGS, [school.inn, 2026, 1, "нет"])

    outcome = load(path, "checklists")

    assert codes(outcome) == [(2, "C", "item_unknown")]
    assert "load_reference" in outcome.issues[0].fix


def test_a_curator_cannot_answer_for_another_school(tmp_path, school):
    foreign = OrganizationFactory(municipality=school.municipality)
    scope = Scope.for_user(MembershipFactory(organization=school).user)
    path = workbook(tmp_path / "c.xlsx", HEADINGS, [foreign.inn, 2026, 1, "достигнуто"])

    assert codes(load(path, "checklists", scope=scope)) == [(2, "A", "organization_unknown")]
    assert not SelfAudit.objects.exists()


def test_an_export_imports_without_a_change(tmp_path, school, template):
    audit = SelfAuditFactory(organization=school, template=template, status=AuditStatus.ACCEPTED)
    ItemAnswerFactory(audit=audit, item=item(template, 1), evidence="https://school.example.org/a")
    ItemAnswerFactory(audit=audit, item=item(template, 2), answer=Achievement.PARTLY, comment="а\nб")
    ItemAnswerFactory(
        audit=audit, item=item(template, 3), answer="", evidence="= 1", comment="  с  пробелами "
    )
    ItemAnswerFactory(audit=audit, item=item(template, 4), answer="")

    assert figures(load(exported(tmp_path / "c.xlsx", "checklists"), "checklists")) == (0, 0, 3, 0)
