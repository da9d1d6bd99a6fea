"""Uploads of documents and of self-audits taken back: all as it was, or the row in the way is named."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from openpyxl import Workbook

from checklists.enums import Achievement, AuditStatus
from checklists.models import ItemAnswer, SelfAudit
from checklists.resources import TEMPLATE
from checklists.tests.factories import ChecklistItemFactory, ChecklistTemplateFactory, SelfAuditFactory
from exchange.enums import ImportStep
from exchange.models import ImportRun
from exchange.services import confirm_import, receive_import
from exchange.tests.test_undo import contents, tables_that_differ
from exchange.undo import undo_import
from orgs.models import Document
from orgs.scope import Scope
from orgs.tests.factories import DocumentFactory, DocumentTypeFactory

# Other connections renew the lease of a run, so its row has to be committed.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("rings")]
DOCUMENTS = ["ИНН", "Вид документа", "Номер", "Дата", "Ссылка"]
AUDITS = ["ИНН", "Год", "Пункт", "Ответ", "Подтверждение", "Комментарий"]
DAY = datetime.date(2026, 3, 1)


def loaded(actor, school, kind: str, headings, *rows) -> ImportRun:
    """The written upload of a workbook of these rows."""
    book = Workbook()
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    run = receive_import(
        actor,
        Scope.for_user(actor),
        kind=kind,
        file=ContentFile(target.getvalue()),
        file_name=f"{kind}.xlsx",
        organization=school,
    )
    confirm_import(actor, run, sha256=run.sha256)
    run.refresh_from_db()
    assert run.step == ImportStep.DONE, (run.outcome, run.message)
    return run


class TestDocuments:
    @pytest.fixture(autouse=True)
    def kind(self):
        return DocumentTypeFactory()

    def test_a_new_document_is_gone_and_a_known_one_has_its_former_link(self, curator, school, kind):
        known = DocumentFactory(organization=school, type=kind, number="145-од", issued_on=DAY, url="")
        before = contents()
        run = loaded(
            curator,
            school,
            "documents",
            DOCUMENTS,
            [school.inn, kind.title, "145-од", DAY, "https://school.example.org/145.pdf"],
            [school.inn, kind.title, "7", DAY, ""],
        )
        known.refresh_from_db()
        assert (known.url, Document.objects.count()) == ("https://school.example.org/145.pdf", 2)

        undo_import(curator, run)

        assert tables_that_differ(contents(), before) == []
        assert run.step == ImportStep.UNDONE
        assert Document.history.filter(id=known.pk).latest("history_id").history_user == curator

    def test_a_document_that_was_changed_since_stands_in_the_way(self, curator, school, kind):
        run = loaded(curator, school, "documents", DOCUMENTS, [school.inn, kind.title, "7", DAY, ""])
        document = Document.objects.get()
        document.url = "https://school.example.org/7.pdf"
        document.save()

        with pytest.raises(ValidationError) as refusal:
            undo_import(curator, run)

        assert [str(document) in sentence for sentence in refusal.value.messages] == [True]
        assert Document.objects.get().url


class TestChecklists:
    @pytest.fixture(autouse=True)
    def template(self):
        template = ChecklistTemplateFactory(code=TEMPLATE)
        for number in range(1, 13):
            ChecklistItemFactory(template=template, number=number)
        return template

    def test_a_self_audit_that_the_upload_began_is_gone_with_its_answers(self, curator, school):
        before = contents()
        run = loaded(
            curator,
            school,
            "checklists",
            AUDITS,
            [school.inn, 2026, 1, "Достигнуто", "Положение", ""],
            [school.inn, 2026, 2, "Нет", "", ""],
        )
        assert (SelfAudit.objects.count(), ItemAnswer.objects.count()) == (1, 2)

        undo_import(curator, run)

        assert tables_that_differ(contents(), before) == []

    def test_an_answer_that_was_there_is_what_it_was(self, curator, school, template):
        audit = SelfAuditFactory(
            organization=school, template=template, year=2026, status=AuditStatus.FILLING
        )
        answer = ItemAnswer.objects.create(
            audit=audit, item=template.items.get(number=1), answer=Achievement.PARTLY, comment="в работе"
        )
        before = contents()
        run = loaded(
            curator, school, "checklists", AUDITS, [school.inn, 2026, 1, "Достигнуто", "Положение", "готово"]
        )
        answer.refresh_from_db()
        assert answer.answer == Achievement.ACHIEVED

        undo_import(curator, run)

        assert tables_that_differ(contents(), before) == []

    def test_a_self_audit_that_was_gone_on_with_stays(self, curator, school, template):
        run = loaded(
            curator, school, "checklists", AUDITS, [school.inn, 2026, 1, "Достигнуто", "Положение", ""]
        )
        audit = SelfAudit.objects.get()
        ItemAnswer.objects.create(
            audit=audit, item=template.items.get(number=2), answer=Achievement.NOT_ACHIEVED
        )

        with pytest.raises(ValidationError) as refusal:
            undo_import(curator, run)

        assert refusal.value.messages
        assert ItemAnswer.objects.count() == 2
