"""What is attached is told by its bytes; its stored name is random."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from common.forms import AttachmentField
from common.forms.files import LARGEST

PDF = b"%PDF-1.7 document"


def office(part: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr(part, "<x/>")
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("приказ.pdf", PDF),
        ("ПРИКАЗ.PDF", PDF),
        ("скан.jpg", b"\xff\xd8\xff\xe0 picture"),
        ("положение.docx", office("word/document.xml")),
        ("список.xlsx", office("xl/workbook.xml")),
    ],
)
def test_documents_of_the_allowed_kinds_are_taken(name, content):
    file = AttachmentField().clean(SimpleUploadedFile(name, content))

    assert file.read() == content
    assert file.name.split(".")[0] not in name and len(file.name) > 32


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("приказ.pdf", b"<html>"),
        ("page.html", b"<html>"),
        ("рисунок.svg", b"<svg/>"),
        ("приказ.pdf.exe", PDF),
        ("архив.docx", office("xl/workbook.xml")),
        ("сломан.xlsx", b"PK\x03\x04 broken"),
        ("без расширения", PDF),
    ],
)
def test_anything_else_is_refused_by_its_name(name, content):
    with pytest.raises(ValidationError) as refusal:
        AttachmentField().clean(SimpleUploadedFile(name, content))

    assert name in refusal.value.messages[0]


def test_a_file_above_the_limit_is_refused():
    file = SimpleUploadedFile("скан.pdf", PDF)
    file.size = LARGEST + 1

    with pytest.raises(ValidationError) as refusal:
        AttachmentField().clean(file)

    assert refusal.value.code == "too_large"
