"""The DOCX file itself: properties without personal data, reproducible bytes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from docx.document import Document

from common.xmltext import xml_safe

LANGUAGE = "ru-RU"
# The earliest moment that a zip directory can hold.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def readable(text: object) -> str:
    """Return text for a document: without forbidden characters, a number kept on the line of its «№»."""
    return xml_safe(str(text)).replace("№ ", "№\u00a0")


def set_properties(document: Document, *, title: str, created: dt.datetime | None) -> None:
    """Set title, language and moment; author and the library's own traces are emptied."""
    moment = created or dt.datetime.now(dt.UTC)
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.title = xml_safe(str(title))[:255]
    properties.language = LANGUAGE
    properties.created = properties.modified = moment
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.revision = 1


def repacked(data: bytes) -> bytes:
    """Return the same zip with fixed time stamps, so that equal content gives equal bytes."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            # PNG pictures are compressed already.
            packed = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name), compress_type=packed)
    return buffer.getvalue()


def saved(document) -> bytes:
    """Return the bytes of a python-docx document or a docxtpl template."""
    buffer = io.BytesIO()
    document.save(buffer)
    return repacked(buffer.getvalue())
