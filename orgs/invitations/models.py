"""Invitations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from orgs.constraints import place_fits_role
from orgs.enums import Role
from orgs.querysets import PlacedQuerySet


class InvitationStatus(models.TextChoices):
    """How far an invitation has come."""

    SENT = "sent", pgettext_lazy("invitation", "Sent")
    OPENED = "opened", pgettext_lazy("invitation", "Opened")
    ACTIVATED = "activated", pgettext_lazy("invitation", "Activated")
    EXPIRED = "expired", pgettext_lazy("invitation", "Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("invitation", "Withdrawn")


class InvitationQuerySet(PlacedQuerySet):
    """Invitations by status."""

    def open(self) -> InvitationQuerySet:
        """Those whose link still works."""
        return self.filter(
            activated_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=timezone.now()
        )

    def of_status(self, status: str) -> InvitationQuerySet:
        """Those that stand at the status now."""
        if status == InvitationStatus.ACTIVATED:
            return self.filter(activated_at__isnull=False)
        if status == InvitationStatus.WITHDRAWN:
            return self.filter(activated_at__isnull=True, withdrawn_at__isnull=False)
        if status == InvitationStatus.EXPIRED:
            return self.filter(
                activated_at__isnull=True, withdrawn_at__isnull=True, expires_at__lte=timezone.now()
            )
        return self.open().filter(opened_at__isnull=status == InvitationStatus.SENT)


class Invitation(models.Model):
    """A role at one place for the owner of an e-mail address. Only a hash of its link is kept.

    The link itself follows from ``nonce`` and the secret key of the portal, so that it can be shown once more
    to the administrator, but not be read out of a copy of the database.
    """

    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    organization = models.ForeignKey(
        "orgs.Organization",
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    district = models.ForeignKey(
        "orgs.District", verbose_name=_("district"), null=True, blank=True, on_delete=models.CASCADE
    )
    municipality = models.ForeignKey(
        "orgs.Municipality", verbose_name=_("municipality"), null=True, blank=True, on_delete=models.CASCADE
    )
    appointment_order = models.CharField(_("order of appointment"), max_length=250, blank=True)
    nonce = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("works until"))
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    activated_at = models.DateTimeField(_("activated"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    letter = models.ForeignKey(
        "accounts.Letter", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["nonce", "token_hash", "letter"])

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["email"]), models.Index(fields=["sent_at", "id"])]
        constraints = [place_fits_role("invitation_place_fits_role")]

    def __str__(self):
        return f"{self.email}: {self.get_role_display()}, {self.place}"

    @property
    def place(self):
        """The organization, district or municipality of the role."""
        return self.organization or self.district or self.municipality

    @property
    def status(self) -> str:
        """Where the invitation stands now."""
        if self.activated_at:
            return InvitationStatus.ACTIVATED
        if self.withdrawn_at:
            return InvitationStatus.WITHDRAWN
        if self.expires_at <= timezone.now():
            return InvitationStatus.EXPIRED
        return InvitationStatus.OPENED if self.opened_at else InvitationStatus.SENT

    @property
    def works(self) -> bool:
        """Whether its link still opens something."""
        return self.status in (InvitationStatus.SENT, InvitationStatus.OPENED)
