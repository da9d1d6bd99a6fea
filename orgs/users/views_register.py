"""The register of users."""

from __future__ import annotations

import datetime

from django.db.models import DateTimeField, Value
from django.db.models.functions import Coalesce, Collate
from django.utils.translation import gettext_lazy as _

from common.ordering import RUSSIAN
from common.paging import KeysetPage, Sort
from orgs.registers import RegisterView
from orgs.users import queries
from orgs.users.filters import UserFilterSet
from orgs.users.rules import ADMINISTRATORS

LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class UserRegister(RegisterView):
    """/users/: accounts with a role in the administrator's places."""

    read_roles = ADMINISTRATORS
    filterset_class = UserFilterSet
    template_name = "orgs/users/user_list.html"

    def rows(self):
        return queries.users(self.request.scope)

    def sorts(self) -> tuple[Sort, ...]:
        last_login = Coalesce("last_login", Value(LONG_AGO, output_field=DateTimeField()))
        return (
            Sort("name", _("Full name"), Collate("full_name", RUSSIAN)),
            Sort("email", _("E-mail"), "email"),
            Sort("last_login", _("Last sign-in"), last_login),
        )

    def prepare(self, page: KeysetPage) -> None:
        queries.complete(page.rows, self.request.scope)
