"""Files of evidence: who may attach and take them, and what is no document."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AccessRecord
from checklists.enums import AuditStatus, Verdict
from checklists.models import EvidenceFile
from checklists.tests.factories import (
    ChecklistItemFactory,
    EvidenceFileFactory,
    ItemAnswerFactory,
    SelfAuditFactory,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def audit(school):
    audit = SelfAuditFactory(organization=school)
    for number in (1, 2):
        ChecklistItemFactory(template=audit.template, number=number)
    return audit


def attach(client, audit, name, content, number=1):
    item = audit.template.items.get(number=number)
    return client.post(
        reverse("checklist-item", args=[audit.pk, item.pk]),
        {f"item{number}-file": SimpleUploadedFile(name, content)},
        headers={"HX-Request": "true"},
    )


def docx() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", "<w:document/>")
    return target.getvalue()


@pytest.mark.parametrize(("name", "content"), [("Положение.pdf", PDF), ("Приказ № 98.docx", docx())])
def test_a_curator_attaches_a_document_to_an_item_without_an_answer(signed_in, curator, audit, name, content):
    response = attach(signed_in(curator), audit, name, content)
    assert response.status_code == 200
    evidence = EvidenceFile.objects.get()
    assert (evidence.name, evidence.size, evidence.answer.answer) == (name, len(content), "")
    assert name not in evidence.file.name
    audit.refresh_from_db()
    assert audit.status == AuditStatus.FILLING


@pytest.mark.parametrize(
    ("name", "content"),
    [("Скрипт.pdf", b"#!/bin/sh"), ("Страница.html", b"<html>"), ("Архив.docx", b"PK\x03\x04 rest")],
)
def test_what_is_no_document_is_refused_with_words(signed_in, curator, audit, name, content):
    response = attach(signed_in(curator), audit, name, content)
    assert response.status_code == 422
    assert name in response.content.decode()
    assert not EvidenceFile.objects.exists()


def test_a_file_is_sent_as_an_attachment_and_the_journal_says_who_took_it(signed_in, methodologist, audit):
    item = audit.template.items.first()
    evidence = EvidenceFileFactory(answer=ItemAnswerFactory(audit=audit, item=item))
    response = signed_in(methodologist).get(reverse("evidence", args=[evidence.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert AccessRecord.objects.filter(user=methodologist, object_id=str(evidence.pk)).exists()


def test_a_closed_item_keeps_its_files(signed_in, curator, audit):
    item = audit.template.items.first()
    given = ItemAnswerFactory(audit=audit, item=item, verdict=Verdict.ACCEPTED)
    evidence = EvidenceFileFactory(answer=given)
    audit.status = AuditStatus.RETURNED
    audit.save()
    signed_in(curator).post(reverse("evidence-remove", args=[evidence.pk]))
    assert EvidenceFile.objects.filter(pk=evidence.pk).exists()
    given.verdict = Verdict.RETURNED
    given.save()
    signed_in(curator).post(reverse("evidence-remove", args=[evidence.pk]))
    assert not EvidenceFile.objects.exists()
