"""Names of sheets that Excel and LibreOffice accept."""

import re
from collections.abc import Collection

from django.utils.translation import gettext as _

from common.xmltext import xml_safe

LONGEST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]+")
# Excel keeps this name for its change log and refuses a file that uses it.
_RESERVED = {"history"}


def safe_sheet_name(name: str, taken: Collection[str] = ()) -> str:
    """Return ``name`` as a valid sheet name that differs, regardless of case, from those in ``taken``."""
    cleaned = _FORBIDDEN.sub(" ", xml_safe(str(name)))
    cleaned = " ".join(cleaned.split()).strip("' ") or _("Sheet")
    if cleaned.lower() in _RESERVED:
        cleaned += "_"
    used = {other.lower() for other in taken}
    candidate, number = _shorten(cleaned), 1
    while candidate.lower() in used:
        number += 1
        suffix = f" ({number})"
        candidate = _shorten(cleaned, LONGEST - len(suffix)) + suffix
    return candidate


def _shorten(name: str, length: int = LONGEST) -> str:
    """Cut by UTF-16 units, which is how Excel counts, without leaving half a character."""
    encoded = name.encode("utf-16-le")[: length * 2]
    return encoded.decode("utf-16-le", "ignore").strip("' ")
