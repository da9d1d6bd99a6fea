"""What the registers of people share: names by the policy, private values, badges, the last change."""

from __future__ import annotations

import datetime

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Collate, LPad
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.ordering import NATURAL
from mentors.privacy import NamePolicy
from mentors.rights import may_write
from orgs.enums import Role
from orgs.registers.columns import Column, Drawing, link
from orgs.registers.register import Register
from orgs.registers.routes import route_exists

EARLY = datetime.date(1900, 1, 1)
FAR = datetime.date(9999, 12, 31)


class NameDrawing(Drawing):
    """A drawing that knows how much of a name the user may see."""

    def __init__(self, request: HttpRequest, *, revealed: bool = False):
        super().__init__(request)
        self.names = NamePolicy(request.scope, revealed=revealed)
        self.is_curator = request.scope.has_role(Role.CURATOR)
        self.can_pair = self.is_curator and route_exists("pair-add")

    def may_write(self, row) -> bool:
        """Whether the user is the curator of the row's school."""
        return self.is_curator and may_write(self.scope, row.organization)


class NamedRegister(Register):
    """A register whose rows name people."""

    drawing_class = NameDrawing
    has_personal_data = True
    is_found_by_day = True
    revealed = False

    def seen(self, model) -> QuerySet:
        """Rows of the model that the user may see in a list."""
        return model.objects.listed_for(self.scope)

    @property
    def names(self) -> NamePolicy:
        return self.drawing.names

    def reveal(self) -> None:
        """Shows the names in full; the caller notes it in the journal."""
        self.__dict__["drawing"] = NameDrawing(self.request, revealed=True)


def organization_column(path: str = "organization") -> Column:
    """The organization, where the register covers several."""
    return Column(
        "organization",
        _("Organization"),
        lambda row, drawing: row.organization.short_name,
        wrap=link("organization", lambda row: row.organization_id),
        sort=Collate(f"{path}__short_name", NATURAL),
        place=True,
        css="c-clip",
        card="fact",
        reads=(f"{path}__short_name",),
    )


def text_column(code: str, heading, attribute: str, **options) -> Column:
    """A text of the row itself."""
    return Column(
        code,
        heading,
        lambda row, drawing: getattr(row, attribute),
        reads=(attribute,),
        **{"css": "c-clip"} | options,
    )


def date_column(code: str, heading, attribute: str, *, empty: datetime.date = FAR, **options) -> Column:
    """A day of the row itself; rows without it stand at the end."""
    return Column(
        code,
        heading,
        lambda row, drawing: getattr(row, attribute),
        kind="date",
        sort=Coalesce(attribute, Value(empty)),
        reads=(attribute,),
        **options,
    )


def change_columns(model) -> tuple[Column, Column]:
    """When and by whom the row was changed last."""
    newest = model.history.model.objects.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")

    def when() -> dict:
        return {"changed_at": Subquery(newest.values("history_date")[:1])}

    def who() -> dict:
        return {"changed_by": Subquery(newest.values("history_user__full_name")[:1])}

    return (
        Column(
            "changed",
            _("Changed"),
            lambda row, drawing: timezone.localtime(row.changed_at).date() if row.changed_at else None,
            kind="date",
            default=False,
            extra=when,
        ),
        Column(
            "changed_by",
            _("Changed by"),
            lambda row, drawing: row.changed_by or "",
            default=False,
            private=True,
            extra=who,
        ),
    )


def class_key(path: str) -> LPad:
    """An order of classes in which 9А stands before 10А."""
    return LPad(path, 3, Value("0"))
