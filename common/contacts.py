"""Phone and e-mail inside contact details.

The official bases have one column for them, and families write more than a phone into it («мама Анна
Петровна, +7 900 …»). So one text is kept as it was written, and parted where people read and write it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\d@\w])(?:\+?7|8)?[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")
# Words before a number that say nothing more once the number stands in a field of its own.
_WORDS = re.compile(
    r"(?:моб(?:ильный)?|сот(?:овый)?|тел(?:ефон)?|эл(?:ектронная)?\.?\s*почта|почта|e-?mail)\.?\s*:?\s*$",
    re.IGNORECASE,
)
_EDGES = " \t\n,;/|—–-"


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contact details in parts; ``other`` is what is neither the one phone nor the one e-mail."""

    phone: str = ""
    email: str = ""
    other: str = ""

    @property
    def text(self) -> str:
        """The parts as one text: whose contacts they are, then the phone, then the e-mail."""
        return ", ".join(part for part in (self.other, self.phone, self.email) if part)


def phones(text: str) -> list[str]:
    """All phone numbers in the text, as they were written."""
    return [found.group().strip() for found in PHONE.finditer(EMAIL.sub(" ", text))]


def emails(text: str) -> list[str]:
    """All e-mail addresses in the text."""
    return EMAIL.findall(text)


def part(text: str) -> Contacts:
    """The text in parts; several phones or addresses stay where it is said whose they are."""
    found_phones, found_emails = phones(text), emails(text)
    if len(found_phones) > 1 or len(found_emails) > 1:
        return Contacts(other=text)
    rest = text
    for value in (*found_emails, *found_phones):
        before, _value, after = rest.partition(value)
        before = _WORDS.sub("", before).rstrip(_EDGES)
        after = after.lstrip(_EDGES)
        rest = f"{before}, {after}" if before and after else before or after
    return Contacts(phone="".join(found_phones), email="".join(found_emails), other=rest.strip(_EDGES))


def joined(text: str, phone: str, email: str, other: str) -> str:
    """The text that the parts make; ``text`` itself while they say the same as it."""
    parts = Contacts(phone.strip(), email.strip(), other.strip())
    return text if parts == part(text) else parts.text
