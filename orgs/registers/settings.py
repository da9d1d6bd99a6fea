"""What a user has set of a register: remembered columns and sizes, saved views, the default view. One
query."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.http import QueryDict

from orgs.register_models import Audience, SavedView

if TYPE_CHECKING:
    from orgs.registers.register import Register

DENSITIES = ("normal", "tight", "wide")
REMEMBERED = ("cols", "size", "density", "default")
# What a view holds: everything but the place, the year, the search (it may be a name) and passing parts.
NOT_IN_A_VIEW = frozenset(
    {"org", "district", "mun", "role", "y", "q", "after", "before", "at", "panel", "done", "print", "view"}
)


@dataclass(frozen=True, slots=True)
class View:
    """A view offered in the menu: a system one or a saved one."""

    code: str
    label: str
    query: str
    audience: str = ""
    pk: int | None = None
    own: bool = False


@dataclass(slots=True)
class Settings:
    """Remembered values and the views of a register."""

    remembered: QueryDict
    views: list[View] = field(default_factory=list)

    @classmethod
    def read(cls, register: Register) -> Settings:
        """The settings of the request's user."""
        rows = SavedView.objects.of_register(register.code, register.scope)
        remembered, saved = QueryDict(), []
        for row in rows:
            if row.audience != Audience.REMEMBERED:
                own = row.owner_id == register.scope.user_id
                saved.append(View(str(row.pk), row.name, row.query, row.audience, row.pk, own))
            elif row.owner_id == register.scope.user_id:
                remembered = QueryDict(row.query)
        system = [View(view.code, str(view.label), view.query) for view in register.system_views]
        return cls(remembered, system + saved)

    def value(self, name: str) -> str:
        """A remembered value as text; empty when nothing is remembered."""
        return self.remembered.get(name, "")

    def view(self, code: str) -> View | None:
        """The view with the code, if the user has it."""
        return next((view for view in self.views if view.code == code), None)


@transaction.atomic
def remember(user, register: str, **values: str) -> SavedView:
    """Remembers values of a register for the user; an empty value forgets."""
    row, _made = SavedView.objects.select_for_update().get_or_create(
        register=register, owner=user, audience=Audience.REMEMBERED
    )
    query = QueryDict(row.query, mutable=True)
    for name, value in values.items():
        if name not in REMEMBERED:
            raise ValueError(f"{name} is nothing that a register remembers")
        query.pop(name, None)
        if value:
            query[name] = value
    row.query = query.urlencode()
    row.save(update_fields=["query"])
    return row


def view_parts(query: QueryDict) -> str:
    """The parts of an address that a view keeps, as text."""
    kept = query.copy()
    for name in NOT_IN_A_VIEW & set(kept):
        kept.pop(name)
    return kept.urlencode()
