"""Recognises a file by its first bytes and checks the directory of a zip package before it is unpacked."""

import os
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from common.sheets import refusals
from common.sheets.limits import MIB, Limits

OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
TEXT_ENDINGS = (".csv", ".txt", ".tsv")
_END_RECORD = b"PK\x05\x06"
_DIRECTORY_BYTES = MIB
_SMALL_PART = MIB
_PROLOG = 4096
_INDEX_PART = 4 * MIB
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(slots=True)
class Package:
    """What the reading child needs to know: the kind, and where the XML of each sheet lies in the file."""

    kind: str
    parts: dict[str, dict] = field(default_factory=dict)
    has_macros: bool = False
    days_of_1904: bool = False


# What is sent by mistake in place of a table.
_OTHER_KINDS = {
    b"%PDF": "PDF",
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG": "PNG",
    b"Rar!": "RAR",
    b"{\\rtf": "RTF",
}


def inspect(path: str, file_name: str, limits: Limits) -> Package:
    """Return the kind of file. Raises SheetRefused for all that is no readable workbook or too large."""
    size = os.path.getsize(path)
    if size == 0:
        raise refusals.empty_file()
    if size > limits.file_bytes:
        raise refusals.file_too_large(size, limits)
    with open(path, "rb") as file:
        start = file.read(8)
        if start == OLE2:
            raise _ole2(file)
    is_text = file_name.lower().endswith(TEXT_ENDINGS)
    if start.startswith((b"PK\x03\x04", _END_RECORD)):
        return _inspect_zip(path, limits)
    if is_text:
        return Package("csv")
    raise refusals.other_file(known) if (known := _known_kind(start)) else refusals.not_a_workbook()


def _known_kind(start: bytes) -> str:
    """What the first bytes say the file is, in a word that people know; an empty text if they do not."""
    return next((name for signature, name in _OTHER_KINDS.items() if start.startswith(signature)), "")


def _ole2(file) -> refusals.SheetRefused:
    """An OLE2 file is either an old .xls or the envelope of an encrypted .xlsx."""
    tail = b""
    while chunk := file.read(MIB):
        if ENCRYPTED_STREAM in tail + chunk:
            return refusals.encrypted()
        tail = chunk[-64:]
    return refusals.old_excel()


def _inspect_zip(path: str, limits: Limits) -> Package:
    try:
        _check_end_record(path, limits)
        with zipfile.ZipFile(path) as package:
            _check_directory(package, limits)
            names = {info.filename.lower().lstrip("/"): info for info in package.infolist()}
            _check_prologs(package)
            if "content.xml" in names and _mimetype(package, names).endswith("opendocument.spreadsheet"):
                return Package("ods")
            if "xl/workbook.bin" in names:
                raise refusals.old_excel()
            if "xl/workbook.xml" not in names:
                raise refusals.not_a_workbook()
            workbook = _index(package, names["xl/workbook.xml"])
            parts = _sheet_parts(package, names, workbook)
            return Package(
                "xlsx", _locate(path, parts), "xl/vbaproject.bin" in names, _counts_from_1904(workbook)
            )
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, NotImplementedError, KeyError):
        raise refusals.damaged() from None
    except (DefusedXmlException, ElementTree.ParseError, ValueError):
        raise refusals.damaged() from None


def _check_end_record(path: str, limits: Limits) -> None:
    """Refuse a directory of absurd size before the zip library builds an object for each entry."""
    with open(path, "rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(file.tell() - 65_557, 0))
        tail = file.read()
    at = tail.rfind(_END_RECORD)
    if at < 0:
        raise refusals.damaged()
    entries, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    if entries > limits.parts or directory_bytes > _DIRECTORY_BYTES:
        raise refusals.unpacks_too_large()


def _check_directory(package: zipfile.ZipFile, limits: Limits) -> None:
    infos = package.infolist()
    if len(infos) > limits.parts or sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise refusals.unpacks_too_large()
    if len({info.filename.lower() for info in infos}) < len(infos):
        raise refusals.damaged()
    for info in infos:
        if info.flag_bits & 1:
            raise refusals.encrypted()
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusals.damaged()
        # Small parts of one repeated style may pack better than 100:1 and harm nobody.
        if info.file_size > _SMALL_PART and info.file_size > limits.ratio * info.compress_size:
            raise refusals.unpacks_too_large()


def _check_prologs(package: zipfile.ZipFile) -> None:
    """No spreadsheet program writes a document type; whoever does wants entities expanded."""
    for info in package.infolist():
        if not info.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        with package.open(info) as part:
            head = part.read(_PROLOG)
        if head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head[:16]:
            head = head.replace(b"\x00", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            raise refusals.damaged()


def _mimetype(package: zipfile.ZipFile, names: dict) -> str:
    return (
        package.read(names["mimetype"])[:200].decode("ascii", "replace").strip()
        if "mimetype" in names
        else ""
    )


def _sheet_parts(package: zipfile.ZipFile, names: dict, workbook) -> dict[str, zipfile.ZipInfo]:
    """Return, by sheet name, the part that holds its cells."""
    targets = {}
    for relation in _index(package, names["xl/_rels/workbook.xml.rels"]):
        target = relation.get("Target", "")
        full = target if target.startswith("/") else posixpath.join("xl", target)
        targets[relation.get("Id")] = posixpath.normpath(full).lstrip("/").lower()
    parts = {}
    for element in workbook.iter():
        if _tag(element) == "sheet":
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION))
            if target in names:
                parts[element.get("name")] = names[target]
    return parts


def _counts_from_1904(workbook) -> bool:
    """Return whether day 0 of the workbook is 1 January 1904, as in old Excel for Mac."""
    return any(
        element.get("date1904") in ("1", "true") for element in workbook if _tag(element) == "workbookPr"
    )


def _tag(element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _index(package: zipfile.ZipFile, info: zipfile.ZipInfo):
    if info.file_size > _INDEX_PART:
        raise refusals.damaged()
    return ElementTree.fromstring(package.read(info), forbid_dtd=True)


def _locate(path: str, parts: dict[str, zipfile.ZipInfo]) -> dict[str, dict]:
    """Return where the packed bytes of each part begin; the local header has lengths of its own."""
    places = {}
    with open(path, "rb") as file:
        for name, info in parts.items():
            file.seek(info.header_offset + 26)
            name_length, extra_length = struct.unpack("<HH", file.read(4))
            places[name] = {
                "offset": info.header_offset + 30 + name_length + extra_length,
                "size": info.compress_size,
                "unpacked": info.file_size,
                "method": info.compress_type,
            }
    return places
