"""Filters of the register of users."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db.models import Count
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from common.search import holds_words, searchable
from orgs.enums import OVERSIGHT_ROLES, Role
from orgs.models import Membership
from orgs.registers.facets import ConditionFacet, RelatedFacet
from orgs.registers.filters import Condition, RegisterFilters


class WorkplaceFacet(RelatedFacet):
    """A place of the roles that users hold today; ``held`` are the memberships that the scope sees."""

    def __init__(self, code, label, path: str, seen, held):
        super().__init__(code, label, path, seen)
        self.held = held

    def narrow(self, rows, values):
        held = self.held.filter(**{f"{self.path}__in": [int(value) for value in values]})
        return rows.filter(pk__in=held.values("user"))

    def counts(self, rows):
        held = self.held.filter(user__in=rows.order_by().values("pk")).order_by()
        grouped = held.values_list(self.path).annotate(found=Count("user", distinct=True))
        return {str(key): number for key, number in grouped if key is not None}


class UserFilters(RegisterFilters):
    """Role and place held today; who has not signed in, is closed or lacks the second step."""

    search_label = _("Name or e-mail")

    @cached_property
    def held(self):
        """The roles of today inside the scope."""
        return Membership.objects.visible_to(self.scope).on_date()

    def facets(self):
        roles = [(role.value, str(role.label).capitalize(), self._of_role(role)) for role in Role]
        return (
            ConditionFacet("role", _("Role"), roles),
            WorkplaceFacet("organization", _("Organization"), "organization", self.organizations, self.held),
            WorkplaceFacet("area", _("District"), "organization__district", self.districts, self.held),
        )

    def conditions(self):
        return (
            Condition("never", _("Have not signed in"), lambda rows: rows.filter(last_login__isnull=True)),
            Condition("unused", _("Long unused"), long_unused),
            Condition("no_second_step", _("Without the second step"), self._without_second_step),
            Condition("no_role", _("Without a role today"), self._without_role, pinned=False),
            Condition(
                "closed", pgettext_lazy("accounts", "Closed"), lambda rows: rows.filter(is_active=False)
            ),
        )

    def search(self, rows, text):
        """Rows whose name or address holds every word of the text."""
        rows = rows.alias(by_name=searchable("full_name"), by_email=searchable("email"))
        return rows.filter(holds_words("by_name", text) | holds_words("by_email", text))

    def _of_role(self, role: str):
        return lambda rows: rows.filter(pk__in=self.held.filter(role=role).values("user"))

    def _without_second_step(self, rows):
        demanded = self.held.filter(role__in=OVERSIGHT_ROLES)
        protected = TOTPDevice.objects.filter(confirmed=True).values("user")
        return rows.filter(pk__in=demanded.values("user")).exclude(pk__in=protected)

    def _without_role(self, rows):
        return rows.exclude(pk__in=self.held.values("user"))


def long_unused(rows):
    """Accounts that once signed in, but not for so long that they count as closed."""
    limit = timezone.now() - datetime.timedelta(days=settings.ACCOUNT_UNUSED_DAYS)
    return rows.filter(last_login__lt=limit).exclude(enabled_at__gte=limit)
