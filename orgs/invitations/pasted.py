"""Reading pasted lists of curators: who is to be invited, where, and what stands in the way."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from common.text import search_key
from orgs.enums import OrganizationStatus, Role
from orgs.invitations.models import Invitation
from orgs.models import Membership, Organization
from orgs.scope import Scope
from orgs.users.rules import ADMINISTRATORS

ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]+@[^\s<>,;:\"'()\[\]]+\.[^\s<>,;:\"'()\[\]]+")
PART_OF_ADDRESS = re.compile(r"[^\s<>,;:\"'()\[\]]*@[^\s<>,;:\"'()\[\]]*")
NAME = re.compile(
    r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?(?:\s+(?:[А-ЯЁ][а-яё]+|[А-ЯЁ]\.)){1,3}|[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s?[А-ЯЁ]\."
)
ORDER = re.compile(r"(?:приказ|распоряжение)\b", re.IGNORECASE)
CELLS = re.compile(r"[\t;|]")
MOST_ROWS = 500


@dataclass(slots=True)
class Proposal:
    """One invitation as proposed: what was read, and a note about what is known already."""

    email: str
    organization: Organization | None = None
    full_name: str = ""
    order: str = ""
    note: str = ""
    take: bool = True

    def as_initial(self) -> dict:
        """Initial values of a row of the preview."""
        return {
            "take": self.take,
            "email": self.email,
            "organization": self.organization.short_name if self.organization else "",
            "full_name": self.full_name,
            "appointment_order": self.order,
            "note": self.note,
        }


def organizations(scope: Scope) -> QuerySet:
    """Working organizations that the scope administers."""
    return Organization.objects.filter(
        pk__in=scope.organization_ids(ADMINISTRATORS), status=OrganizationStatus.ACTIVE
    ).order_by("short_name", "pk")


def from_organizations(scope: Scope) -> list[Proposal]:
    """One proposal for each organization with a curator's address and no curator yet."""
    rows = [
        Proposal(item.curator_email.lower(), item, item.curator_name, item.curator_order)
        for item in organizations(scope).exclude(curator_email="")
    ]
    # Who was not written to yet stands first: the list may be longer than a page of it.
    return sorted((row for row in _noted(rows) if row.take), key=lambda row: bool(row.note))


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a text holds; ``left_aside``: lines with neither an address nor an organization."""

    proposals: list[Proposal]
    left_aside: list[str]


def from_text(text: str, scope: Scope) -> Pasted:
    """One proposal for each address of the text; a line may also name the organization, as in a table.

    Without a name the organization is known by its curator's address. Addresses repeated are taken once. A
    line of an organization without a whole address is proposed too, to be completed, and is not marked. What
    is left aside is a heading, or a mistake to look at.
    """
    known = list(organizations(scope))
    by_email = {item.curator_email.lower(): item for item in known if item.curator_email}
    by_name = {_key(item.short_name): item for item in known}
    rows: dict[tuple[str, int | None], Proposal] = {}
    left_aside = []
    for line in filter(None, map(str.strip, text.splitlines())):
        named = _named(line, by_name)
        found = [email.strip(".").lower() for email in ADDRESS.findall(line)]
        for email in found:
            place = named or by_email.get(email)
            row = Proposal(email, place, *_person(line))
            if place is not None and place.curator_email.lower() == email:
                row.full_name = row.full_name or place.curator_name
                row.order = row.order or place.curator_order
            rows.setdefault((email, place.pk if place else None), row)
        if not found and (named is not None or "@" in line):
            rows[(line, None)] = _incomplete(line, named)
        elif not found:
            left_aside.append(line)
    return Pasted(_noted(list(rows.values())), left_aside)


def find_organization(name: str, scope: Scope) -> Organization | None:
    """The organization of the typed name; None when there is none or several."""
    found = [item for item in organizations(scope) if _key(item.short_name) == _key(name)]
    return found[0] if len(found) == 1 else None


def _named(line: str, by_name: dict[str, Organization]) -> Organization | None:
    """The organization whose name is a cell of the line, or else the longest that stands in it."""
    for cell in re.split(r"[\t;,|]", line):
        if (found := by_name.get(_key(cell))) is not None:
            return found
    text = f" {_key(line)} "
    inside = [name for name in by_name if name and f" {name} " in text]
    return by_name[max(inside, key=len)] if inside else None


def _incomplete(line: str, place: Organization | None) -> Proposal:
    """A row to be completed: the line has no whole address."""
    typed = PART_OF_ADDRESS.search(line)
    row = Proposal(typed.group() if typed else "", place, *_person(line), take=False)
    row.note = _("the address was not read: correct it and mark the row")
    return row


def _person(line: str) -> tuple[str, str]:
    """The full name and the order of appointment among the cells of the line; empty where there is none."""
    cells = [cell.strip() for cell in CELLS.split(line)]
    name = next((cell for cell in cells if NAME.fullmatch(cell)), "")
    return name, next((cell for cell in cells if ORDER.match(cell)), "")


def _key(name: str) -> str:
    return " ".join(re.sub(r"[№#«»\"]", " ", search_key(name)).split())


def _noted(rows: list[Proposal]) -> list[Proposal]:
    """Marks who is curator there already, and who was invited; three queries whatever the number of rows."""
    emails = {row.email for row in rows}
    held = set(
        Membership.objects.on_date()
        .filter(role=Role.CURATOR, user__email__in=emails)
        .values_list("user__email", "organization")
    )
    waiting = set(
        Invitation.objects.open()
        .filter(role=Role.CURATOR, email__in=emails)
        .values_list("email", "organization")
    )
    known = set(User.objects.filter(email__in=emails).values_list("email", flat=True))
    for row in rows:
        key = (row.email, row.organization.pk if row.organization else None)
        if key in held:
            row.take, row.note = False, _("is curator here already")
        elif key in waiting:
            row.note = _("was invited: gets a new letter, the old link stops working")
        elif row.email in known:
            row.note = _("has an account: gets the role after signing in")
    return rows
