"""Regions, municipalities, organizations, their pupils' numbers, roles and documents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from common.models import Dictionary, Period, ReadStraight, dates_in_order
from orgs.constraints import place_fits_role
from orgs.enums import READER_ROLES, STAFF_ROLES, OrganizationStatus, Role
from orgs.form_models import SentForm
from orgs.invitations.models import Invitation
from orgs.querysets import PlacedQuerySet, ScopedQuerySet
from orgs.register_models import SavedView
from orgs.validators import validate_inn

__all__ = [
    "District",
    "Document",
    "DocumentType",
    "Headcount",
    "Invitation",
    "Membership",
    "MembershipQuerySet",
    "Municipality",
    "Organization",
    "OrganizationType",
    "Region",
    "SavedView",
    "SentForm",
]


class Region(models.Model):
    """A subject of the Federation."""

    name = models.CharField(_("name"), max_length=150, unique=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["name"]

    def __str__(self):
        return self.name


class Municipality(ReadStraight):
    """A city, okrug or raion whose education department runs the monitoring."""

    region = models.ForeignKey(
        Region, verbose_name=_("region"), null=True, blank=True, on_delete=models.PROTECT
    )
    name = models.CharField(_("name"), max_length=150, unique=True)
    department = models.CharField(_("education department"), max_length=250, blank=True)
    methodical_service = models.CharField(_("methodical service"), max_length=250, blank=True)
    is_demo = models.BooleanField(_("demo municipality"), default=False)

    municipality_lookup = "pk"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name"]

    def __str__(self):
        return self.name


class District(ReadStraight):
    """A district inside a municipality."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="districts"
    )
    name = models.CharField(_("name"), max_length=150)

    municipality_lookup = "municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["municipality", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name"],
                name="district_name_once",
                violation_error_message=_("The municipality already has a district of this name."),
            )
        ]

    def __str__(self):
        return self.name


class OrganizationType(Dictionary):
    """Kind of organization: school, gymnasium, college, kindergarten …"""

    class Meta(Dictionary.Meta):
        verbose_name = _("kind of organization")
        verbose_name_plural = _("kinds of organizations")


class Organization(ReadStraight):
    """An educational organization; its key in every exchange workbook is the INN."""

    inn = models.CharField(_("INN"), max_length=12, unique=True, validators=[validate_inn])
    short_name = models.CharField(_("short name"), max_length=150)
    full_name = models.CharField(_("full name"), max_length=500, blank=True)
    type = models.ForeignKey(
        OrganizationType, verbose_name=pgettext_lazy("organization", "kind"), on_delete=models.PROTECT
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.PROTECT, related_name="organizations"
    )
    district = models.ForeignKey(
        District,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organizations",
    )
    address = models.CharField(_("address"), max_length=300, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    mentoring_page = models.URLField(_("page about mentoring"), max_length=300, blank=True)
    head_name = models.CharField(_("head"), max_length=150, blank=True)
    curator_name = models.CharField(_("curator"), max_length=150, blank=True)
    curator_email = models.EmailField(_("curator's e-mail"), blank=True)
    curator_order = models.CharField(_("order of the curator's appointment"), max_length=250, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=OrganizationStatus.choices, default=OrganizationStatus.ACTIVE
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    org_lookup = "pk"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["short_name", "id"]
        indexes = [models.Index(fields=["municipality", "status"])]

    def __str__(self):
        return self.short_name


class Headcount(models.Model):
    """How many pupils and teachers an organization has on a date; an empty number is not known."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.CASCADE, related_name="headcounts"
    )
    on_date = models.DateField(_("on date"))
    pupils_total = models.PositiveIntegerField(_("pupils, all"), null=True, blank=True)
    pupils_10_18 = models.PositiveIntegerField(_("pupils aged 10–18"), null=True, blank=True)
    pupils_15_18 = models.PositiveIntegerField(_("pupils aged 15–18"), null=True, blank=True)
    teachers = models.PositiveIntegerField(_("teachers"), null=True, blank=True)
    young_specialists = models.PositiveIntegerField(_("young specialists"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)

    org_lookup = "organization"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        ordering = ["organization", "-on_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "on_date"],
                name="headcount_once_a_day",
                violation_error_message=_("The organization already has numbers for this date."),
            ),
            models.CheckConstraint(
                condition=Q(pupils_10_18__isnull=True)
                | Q(pupils_total__isnull=True)
                | Q(pupils_10_18__lte=models.F("pupils_total")),
                name="headcount_10_18_within_all",
                violation_error_message=_("Pupils aged 10–18 cannot be more than all pupils."),
            ),
            models.CheckConstraint(
                condition=Q(pupils_15_18__isnull=True)
                | Q(pupils_10_18__isnull=True)
                | Q(pupils_15_18__lte=models.F("pupils_10_18")),
                name="headcount_15_18_within_10_18",
                violation_error_message=_("Pupils aged 15–18 cannot be more than pupils aged 10–18."),
            ),
        ]

    def __str__(self):
        return f"{self.organization}, {self.on_date:%d.%m.%Y}"


class MembershipQuerySet(PlacedQuerySet):
    """Roles by date."""

    def on_date(self, date=None) -> MembershipQuerySet:
        """Roles that hold on the date (today when none is given); the last day still counts."""
        date = date or timezone.localdate()
        return self.filter(Q(started_on__isnull=True) | Q(started_on__lte=date)).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gte=date)
        )


class Membership(Period):
    """A dated role of a user in one place: a school, a district or a municipality."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), null=True, blank=True, on_delete=models.CASCADE
    )
    district = models.ForeignKey(
        District, verbose_name=_("district"), null=True, blank=True, on_delete=models.CASCADE
    )
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), null=True, blank=True, on_delete=models.CASCADE
    )
    appointment_order = models.CharField(_("order of appointment"), max_length=250, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("role of a user")
        verbose_name_plural = _("roles of users")
        ordering = ["user", "role", "id"]
        constraints = [
            dates_in_order("membership_dates_in_order"),
            place_fits_role("membership_place_fits_role"),
            models.UniqueConstraint(
                fields=["user", "role", "organization"],
                condition=Q(ended_on__isnull=True, organization__isnull=False),
                name="membership_open_once_organization",
                violation_error_message=_("The user already has this role here."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "district"],
                condition=Q(ended_on__isnull=True, district__isnull=False),
                name="membership_open_once_district",
                violation_error_message=_("The user already has this role here."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "municipality"],
                condition=Q(ended_on__isnull=True, municipality__isnull=False),
                name="membership_open_once_municipality",
                violation_error_message=_("The user already has this role here."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}, {self.place}"

    @property
    def place(self):
        """The organization, district or municipality of the role."""
        return self.organization or self.district or self.municipality


class DocumentType(Dictionary):
    """A document that a school must or may have (Novokuznetsk order 1438, row 1.2; Klin, item 2.3)."""

    required = models.BooleanField(_("part of the full package"), default=False)

    class Meta(Dictionary.Meta):
        verbose_name = _("document type")
        verbose_name_plural = _("document types")


class Document(models.Model):
    """A document of an organization: requisites, and a link or a file."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.CASCADE, related_name="documents"
    )
    type = models.ForeignKey(DocumentType, verbose_name=_("document type"), on_delete=models.PROTECT)
    number = models.CharField(_("number"), max_length=60, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to="documents/%Y/%m/", max_length=255, blank=True)

    org_lookup = "organization"
    reader_roles = READER_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["organization", "type", "-issued_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "type", "number", "issued_on"],
                condition=Q(issued_on__isnull=False),
                name="document_requisites_once",
                violation_error_message=_("The organization already has this document."),
            ),
            models.UniqueConstraint(
                fields=["organization", "type", "number"],
                condition=Q(issued_on__isnull=True),
                name="undated_document_once",
                violation_error_message=_("The organization already has this document."),
            ),
        ]

    def __str__(self):
        return f"{self.type} {self.number}".strip()
