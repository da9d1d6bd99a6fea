"""Files that people attach: what they are is read from the bytes, never from the name alone."""

from __future__ import annotations

import secrets
import zipfile
from pathlib import PurePosixPath

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

LARGEST = 10 * 1024 * 1024
# The first bytes of each kind; books and documents of Office are zips told apart by a part inside.
SIGNATURES = {
    ".pdf": b"%PDF-",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
}
OFFICE_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


class AttachmentField(forms.FileField):
    """A PDF, picture or Office file of at most 10 MiB; its stored name is random, see :func:`stored_name`.

    The name that people know it by is kept in ``shown_name`` of the cleaned file.
    """

    default_error_messages = {
        "empty": _("The file is empty. Choose the document again."),
        "kind": _(
            "“%(name)s” is not a PDF, Word, Excel, JPEG or PNG file. Save the document as PDF and attach it."
        ),
        "too_large": _("The file is larger than %(limit)s. Scan it at a lower quality or attach a link."),
    }

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("PDF, Word, Excel, JPEG or PNG, up to 10 MB"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ",".join(SIGNATURES)}))
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file and file is not initial:
            self._check(file)
            file.shown_name = PurePosixPath(file.name).name
            file.name = stored_name(file.name)
        return file

    def _check(self, file) -> None:
        if file.size > LARGEST:
            raise ValidationError(
                self.error_messages["too_large"], code="too_large", params={"limit": filesizeformat(LARGEST)}
            )
        if not _is_what_it_says(file):
            raise ValidationError(
                self.error_messages["kind"], code="kind", params={"name": PurePosixPath(file.name).name[:80]}
            )


def stored_name(name: str) -> str:
    """A random name that keeps the kind of the file: nothing of the typed name reaches the disk."""
    return f"{secrets.token_hex(16)}{PurePosixPath(name).suffix.lower()}"


def _is_what_it_says(file) -> bool:
    suffix = PurePosixPath(file.name).suffix.lower()
    expected = SIGNATURES.get(suffix)
    if expected is None:
        return False
    file.seek(0)
    begins_right = file.read(len(expected)) == expected
    file.seek(0)
    if begins_right and suffix in OFFICE_PARTS:
        begins_right = _holds_part(file, OFFICE_PARTS[suffix])
        file.seek(0)
    return begins_right


def _holds_part(file, part: str) -> bool:
    try:
        with zipfile.ZipFile(file) as package:
            return part in package.namelist()
    except zipfile.BadZipFile:
        return False
