"""What users keep of a register: remembered settings and named views."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.statements import Among, Given, Statement
from orgs.enums import STAFF_ROLES
from orgs.querysets import ScopedQuerySet


class Audience(models.TextChoices):
    """Whom a saved view is for; ``remembered`` is no view but the owner's own settings of the register."""

    REMEMBERED = "remembered", _("remembered settings")
    PERSONAL = "personal", _("for me")
    SCHOOL = "school", _("for the school")
    MUNICIPALITY = "municipality", _("for the municipality")


class SavedViewQuerySet(ScopedQuerySet):
    """Own views, those of the own school and those of the own municipality."""

    def visible_to(self, scope):
        if scope.sees_everything:
            return super().visible_to(scope)
        if scope.user_id is None:
            return self.none()
        schools, municipalities = _places(scope)
        return self.filter(
            _offered(scope.user_id, Q(organization__in=schools), Q(municipality__in=municipalities))
        )

    @staticmethod
    def of_register(code: str, scope) -> list[SavedView]:
        """The visible rows of one register; every page of a register reads them."""
        if scope.sees_everything or scope.user_id is None:
            return list(SavedView.objects.visible_to(scope).filter(register=code))
        schools, municipalities = _places(scope)
        return _of_register().read(
            register=code, user=scope.user_id, schools=schools, municipalities=municipalities
        )


def _places(scope) -> tuple[set[int], set[int]]:
    """Schools and municipalities whose common views the user is offered."""
    schools = {held.organization_id for held in scope.memberships if held.role in STAFF_ROLES}
    return schools - {None}, scope.municipality_ids(STAFF_ROLES)


def _offered(owner, in_schools, in_municipalities) -> Q:
    return (
        Q(owner=owner)
        | Q(in_schools, audience=Audience.SCHOOL)
        | Q(in_municipalities, audience=Audience.MUNICIPALITY)
    )


@cache
def _of_register() -> Statement:
    offered = _offered(
        Given("user", models.BigAutoField()),
        Q(Among(F("organization_id"), "schools")),
        Q(Among(F("municipality_id"), "municipalities")),
    )
    rows = SavedView.objects.filter(offered, register=Given("register", models.CharField()))
    return Statement(rows)


class SavedView(models.Model):
    """Filters, columns, order and page size of a register under a name; or what its owner last set.

    ``query`` holds parts of the address without the place, the year and the search text.
    """

    register = models.CharField(_("register"), max_length=40)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.CASCADE,
        related_name="saved_views",
    )
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience.choices)
    name = models.CharField(_("name"), max_length=80, blank=True)
    organization = models.ForeignKey(
        "orgs.Organization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    municipality = models.ForeignKey(
        "orgs.Municipality",
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    query = models.TextField(_("parts of the address"), blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["register", "owner"])]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "owner"],
                condition=Q(audience="remembered"),
                name="register_settings_once",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=["remembered", "personal"], organization=None, municipality=None)
                | Q(audience="school", organization__isnull=False, municipality=None)
                | Q(audience="municipality", organization=None, municipality__isnull=False),
                name="saved_view_place_fits_audience",
            ),
        ]

    def __str__(self):
        return self.name
