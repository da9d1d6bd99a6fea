"""PDF of a report: offered where LibreOffice is, made of the very document."""

import shutil
import stat

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from common.documents import DocumentBuilder
from common.documents.pdf import PdfProblem, pdf_of
from exchange.models import ReportRun
from exchange.reports import make_report
from exchange.services import ask_report
from orgs.scope import Scope

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture
def program(tmp_path, settings):
    """A function: makes a program of these lines of shell stand in for LibreOffice."""

    def make(*lines: str):
        path = tmp_path / "office"
        path.write_text("\n".join(["#!/bin/sh", *lines]))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        settings.LIBREOFFICE = str(path)
        return path

    return make


# The folder and the document are the last two arguments.
WRITES = (
    'while [ "$1" != "--outdir" ]; do shift; done',
    'printf "%s" "PDF of $(cat "$3")" > "$2/document.pdf"',
)


def test_the_pdf_is_made_of_the_document_of_the_same_report(letter, curator, school, rings, program):
    program(*WRITES)
    run = ask_report(
        curator, Scope.for_user(curator), kind="letter", format="pdf", year=2026, organization=school
    )

    assert make_report(run.pk)

    run.refresh_from_db()
    assert run.file_name == "Письмо 2026.pdf"
    assert run.file.read().decode() == f"PDF of {school}, 2026, 31.12.2026"


def test_without_the_program_pdf_is_neither_offered_nor_made(letter, curator, school, client):
    client.force_login(curator)

    formats = client.get(reverse("reports")).context["form"].fields["formats"].choices

    assert "pdf" not in dict(formats)
    with pytest.raises(ValidationError) as refusal:
        ask_report(
            curator, Scope.for_user(curator), kind="letter", format="pdf", year=2026, organization=school
        )
    assert refusal.value.code == "format"


def test_with_the_program_pdf_is_offered_and_not_ticked(letter, curator, client, program):
    program(*WRITES)
    client.force_login(curator)

    form = client.get(reverse("reports")).context["form"]

    assert dict(form.fields["formats"].choices)["pdf"] == "PDF"
    assert "pdf" not in form["formats"].value()


def test_a_program_that_fails_or_writes_nothing_is_told_from_one_that_works(program):
    program("echo broken >&2; exit 3")
    with pytest.raises(PdfProblem, match="ended with 3: broken"):
        pdf_of(b"document")
    program("exit 0")
    with pytest.raises(PdfProblem, match="no PDF"):
        pdf_of(b"document")


def test_a_program_that_never_ends_is_ended_with_its_children(program, monkeypatch, tmp_path):
    monkeypatch.setattr("common.documents.pdf.SECONDS", 0.5)
    program("sleep 600 &", f"echo $! > {tmp_path}/child", "wait")

    with pytest.raises(PdfProblem, match="took longer"):
        pdf_of(b"document")

    child = int((tmp_path / "child").read_text())
    assert not alive(child)


def alive(pid: int) -> bool:
    """Whether the process runs; one that has ended and was not waited for does not."""
    try:
        with open(f"/proc/{pid}/stat") as status:
            return status.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not OFFICE, reason="no LibreOffice")
def test_libreoffice_makes_a_tagged_pdf(settings):
    settings.LIBREOFFICE = OFFICE
    builder = DocumentBuilder("Проба")
    builder.heading("Заголовок")
    builder.paragraph("Текст")

    content = pdf_of(builder.to_bytes())

    assert content.startswith(b"%PDF-")
    assert b"/MarkInfo" in content


def test_a_workbook_has_no_pdf(curator, school, program):
    program(*WRITES)

    with pytest.raises(ValidationError):
        ask_report(
            curator, Scope.for_user(curator), kind="summary", format="pdf", year=2026, organization=school
        )
    assert not ReportRun.objects.exists()
