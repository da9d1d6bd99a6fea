"""The register of users, declared."""

from __future__ import annotations

import datetime

from django.db.models import CharField, DateTimeField, Value
from django.db.models.functions import Coalesce, Collate, NullIf
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.ordering import RUSSIAN
from orgs.registers.columns import Column, badge, link
from orgs.registers.doings import Doing
from orgs.registers.register import Register, SystemView
from orgs.users import queries
from orgs.users.bulk import CloseAccounts, OpenAccounts
from orgs.users.filters import UserFilters

LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def _roles(row, drawing) -> str:
    held = "; ".join(f"{role.get_role_display()} · {role.place}" for role in row.roles)
    return held or gettext("none today")


def _day(moment: datetime.datetime | None) -> datetime.date | None:
    return timezone.localtime(moment).date() if moment else None


class UserRegister(Register):
    """«Пользователи»: accounts with a role in the administrator's places."""

    code = "users"
    model = User
    object_type = "accounts.user"
    title = _("Users")
    filters_class = UserFilters
    has_personal_data = True
    columns = (
        Column(
            "name",
            _("Full name"),
            lambda row, drawing: row.full_name or row.email,
            wrap=link("user", lambda row: row.pk),
            sort=Collate(
                Coalesce(NullIf("full_name", Value("")), "email", output_field=CharField()), RUSSIAN
            ),
            card="title",
            width=34,
        ),
        Column(
            "email",
            _("E-mail"),
            lambda row, drawing: row.email,
            sort="email",
            css="c-clip",
            card="fact",
            width=30,
        ),
        Column("roles", _("Roles"), _roles, css="c-clip--l", card="fact", width=50),
        Column(
            "second_step",
            _("Second step"),
            lambda row, drawing: pgettext("second step", "on") if row.has_second_factor else "",
        ),
        Column(
            "last_login",
            _("Last sign-in"),
            lambda row, drawing: _day(row.last_login),
            kind="date",
            sort=Coalesce("last_login", Value(LONG_AGO, output_field=DateTimeField())),
            card="fact",
        ),
        Column(
            "status",
            _("Status"),
            lambda row, drawing: str(row.badge.label),
            wrap=lambda row, text, drawing: badge(row.badge, drawing),
            card="status",
        ),
        Column(
            "created",
            pgettext_lazy("account", "Made on"),
            lambda row, drawing: _day(row.created_at),
            kind="date",
            sort="created_at",
            default=False,
        ),
    )
    system_views = (
        SystemView("all", _("All users"), ""),
        SystemView("never", _("Have not signed in"), "only=never"),
        SystemView("no_second_step", _("Without the second step"), "only=no_second_step"),
        SystemView("closed", pgettext_lazy("accounts", "Closed"), "only=closed"),
    )
    actions = (CloseAccounts, OpenAccounts)

    def source(self):
        return queries.users(self.scope)

    def doings(self, row):
        url = self.drawing.url("user-role-add", row.pk)
        return [Doing(_("Give a role"), url, "user-plus")] if row.is_active else []

    def load(self, rows):
        queries.complete(rows, self.scope)
