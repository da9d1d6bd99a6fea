"""Text that is allowed inside XML: office files and SVG share the same alphabet."""

import re

# XML 1.0 allows tab, line feed and carriage return below U+0020; surrogates and the two
# non-characters never. Word and Excel refuse the whole file for one such character.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_safe(text: str) -> str:
    """Return ``text`` without the characters that XML 1.0 forbids, line ends as a single line feed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("", text)
