"""Taking a file from a person: size, fingerprint, a random name in the private storage."""

from __future__ import annotations

import hashlib
import re
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from common.sheets.limits import MIB, Limits
from common.sheets.problems import SheetRefused
from common.sheets.reader import open_book
from exchange.imports import stored_copy
from exchange.models import ImportRun

# The reader decides by the content; the ending only has to be harmless.
ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt"})
NAME_WIDTH = 255
# A workbook of a few hundred rows is smaller; a bigger one is not even opened while a person waits.
INLINE_BYTES = MIB // 4
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def check_size(file: File) -> None:
    """Raises ``ValidationError`` for a file above the limit of a page, before anything is stored."""
    limit = Limits.for_page().file_bytes
    if file.size > limit:
        raise ValidationError(
            _(
                "The file is larger than %(limit)d MB. Divide the table into several files and upload them "
                "one by one."
            )
            % {"limit": limit // MIB},
            code="file_too_large",
        )


def fingerprint(file: File) -> str:
    """SHA-256 of the file's bytes, in hex."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def shown_name(name: str) -> str:
    """The file's own name without folders and invisible characters, to be shown to people only."""
    last = PurePosixPath(_UNPRINTABLE.sub("", name).replace("\\", "/")).name.strip()
    return last[-NAME_WIDTH:] or _("file without a name")


@contextmanager
def local_copy(file: File, name: str) -> Iterator[Path]:
    """The uploaded file as a file of this machine, for the time of the block."""
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder, "workbook" + _ending(name))
        with open(path, "wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        file.seek(0)
        yield path


def store(file: File, name: str) -> str:
    """Stores the file under a name nobody can guess; returns the name in the storage."""
    return default_storage.save(f"imports/{timezone.now():%Y/%m}/{uuid.uuid4().hex}{_ending(name)}", file)


def _ending(name: str) -> str:
    ending = PurePosixPath(name).suffix.lower()
    return ending if ending in ENDINGS else ".bin"


def is_small(run: ImportRun) -> bool:
    """Whether the workbook is read while its owner waits for the page."""
    if run.outcome:
        return run.outcome["rows"] <= settings.IMPORT_INLINE_ROWS
    if run.file.size > INLINE_BYTES:
        return False
    try:
        with stored_copy(run) as path, open_book(path, file_name=run.file_name) as book:
            return max((sheet.row_count for sheet in book.sheets), default=0) <= settings.IMPORT_INLINE_ROWS
    except SheetRefused:
        return True  # the check will say at once what is wrong with the file
