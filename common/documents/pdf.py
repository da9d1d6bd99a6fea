"""A document of ours as a PDF, by the LibreOffice of the machine where there is one."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

SECONDS = 180
# Tagged, so that a screen reader finds headings and the heads of tables.
FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'


class PdfProblem(RuntimeError):
    """LibreOffice is missing, has failed, or has not come to an end."""


def can_make_pdf() -> bool:
    """Whether this machine has LibreOffice (the setting ``LIBREOFFICE``)."""
    return settings.LIBREOFFICE != "none"


def pdf_of(document: bytes) -> bytes:
    """The PDF of a DOCX that the portal has made itself; raises :class:`PdfProblem`.

    The program gets a profile and a folder of its own, so that any number of it may run at once.
    """
    if not can_make_pdf():
        raise PdfProblem("no LibreOffice here")
    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
        source = Path(folder, "document.docx")
        source.write_bytes(document)
        _run(
            settings.LIBREOFFICE,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            FILTER,
            "--outdir",
            folder,
            str(source),
        )
        target = source.with_suffix(".pdf")
        if not target.exists():
            raise PdfProblem("LibreOffice has written no PDF")
        return target.read_bytes()


def _run(*command: str) -> None:
    """Runs to the end, or ends the program together with whatever it has started."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        _output, complaint = process.communicate(timeout=SECONDS)
    except BaseException as problem:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(problem, subprocess.TimeoutExpired):
            raise PdfProblem(f"LibreOffice took longer than {SECONDS} s") from problem
        raise
    if process.returncode:
        said = complaint.decode(errors="replace")[-500:]
        raise PdfProblem(f"LibreOffice ended with {process.returncode}: {said}")
