"""Filters of the registers of users and invitations."""

from __future__ import annotations

import datetime

import django_filters
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import User
from common.search import holds_words, searchable
from orgs.enums import OVERSIGHT_ROLES, Role
from orgs.filters import RegisterFilterSet
from orgs.invitations.models import Invitation, InvitationStatus
from orgs.models import Membership
from orgs.users.rules import GIVEN_ROLES


class UserFilterSet(RegisterFilterSet):
    """Search by name or address, role; who has not signed in, is closed or lacks the second step."""

    q = django_filters.CharFilter(method="search", label=_("Search by name or e-mail"))
    role = django_filters.ChoiceFilter(
        choices=Role.choices, method="of_role", label=_("Role"), empty_label=_("All roles")
    )
    only = django_filters.CharFilter(method="narrow")

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def conditions(self) -> dict:
        return {
            "never": (_("Have not signed in"), lambda rows: rows.filter(last_login__isnull=True)),
            "unused": (_("Long unused"), long_unused),
            "closed": (pgettext_lazy("accounts", "Closed"), lambda rows: rows.filter(is_active=False)),
            "no_second_step": (_("Without the second step"), self._without_second_step),
            "no_role": (_("Without a role today"), self._without_role),
        }

    def search(self, queryset, name, value):
        """Rows whose name or address holds every word of the text."""
        rows = queryset.alias(by_name=searchable("full_name"), by_email=searchable("email"))
        return rows.filter(holds_words("by_name", value) | holds_words("by_email", value))

    def of_role(self, queryset, name, value):
        """Those who hold the role today inside the scope."""
        held = Membership.objects.visible_to(self.scope).on_date().filter(role=value)
        return queryset.filter(pk__in=held.values("user"))

    def _without_second_step(self, rows):
        demanded = Membership.objects.visible_to(self.scope).on_date().filter(role__in=OVERSIGHT_ROLES)
        protected = TOTPDevice.objects.filter(confirmed=True).values("user")
        return rows.filter(pk__in=demanded.values("user")).exclude(pk__in=protected)

    def _without_role(self, rows):
        return rows.exclude(pk__in=Membership.objects.visible_to(self.scope).on_date().values("user"))


def long_unused(rows):
    """Accounts that once signed in, but not for so long that they count as closed."""
    limit = timezone.now() - datetime.timedelta(days=settings.ACCOUNT_UNUSED_DAYS)
    return rows.filter(last_login__lt=limit).exclude(enabled_at__gte=limit)


class InvitationFilterSet(RegisterFilterSet):
    """Search by address or place, role; by status."""

    q = django_filters.CharFilter(method="search", label=_("Search by e-mail or organization"))
    role = django_filters.ChoiceFilter(
        choices=[(role.value, role.label) for role in GIVEN_ROLES],
        label=_("Role"),
        empty_label=_("All roles"),
    )
    only = django_filters.CharFilter(method="narrow")

    class Meta:
        model = Invitation
        fields: tuple[str, ...] = ()

    def conditions(self) -> dict:
        return {
            status.value: (status.label, lambda rows, status=status: rows.of_status(status))
            for status in InvitationStatus
        }

    def search(self, queryset, name, value):
        """Rows whose address, name or organization holds every word of the text."""
        rows = queryset.alias(
            by_email=searchable("email"),
            by_name=searchable("full_name"),
            by_place=searchable("organization__short_name"),
        )
        return rows.filter(
            holds_words("by_email", value) | holds_words("by_name", value) | holds_words("by_place", value)
        )
