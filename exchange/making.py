"""Which files a kind of report can be made as, and making them: PDF comes out of the kind's document."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from common.documents.pdf import can_make_pdf, pdf_of
from common.reporting import BuiltFile, ReportContext, ReportKind

DOCUMENT, PDF = "docx", "pdf"


def made_formats(kind: ReportKind) -> tuple[str, ...]:
    """The formats of the kind, and PDF of its document where this machine can make it."""
    if DOCUMENT in kind.formats and PDF not in kind.formats and can_make_pdf():
        return (*kind.formats, PDF)
    return kind.formats


def build(kind: ReportKind, context: ReportContext) -> BuiltFile:
    """The file in the format of the context."""
    if context.format != PDF or PDF in kind.formats:
        return kind.build(context)
    document = kind.build(replace(context, format=DOCUMENT))
    context.progress(9, 10, _("Making the PDF"))
    name = PurePosixPath(document.file_name).stem
    return BuiltFile(f"{name}.{PDF}", pdf_of(document.content))
