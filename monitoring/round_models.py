"""Monitoring rounds, schools' confirmations, and snapshots that never change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from monitoring.enums import FigureState, RoundStatus
from monitoring.frozen import FrozenModel
from orgs.enums import STAFF_ROLES
from orgs.models import Municipality, Organization
from orgs.querysets import ScopedQuerySet


class Round(models.Model):
    """One monitoring of one municipality for one year."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.CASCADE, related_name="rounds"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    as_of = models.DateField(_("reporting date"))
    opens_on = models.DateField(_("begins"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    basis = models.CharField(_("basis"), max_length=300, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=RoundStatus.choices, default=RoundStatus.OPEN
    )

    municipality_lookup = "municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("monitoring")
        verbose_name_plural = _("monitorings")
        ordering = ["-year", "-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "as_of"],
                name="round_once_a_date",
                violation_error_message=_("There is already a monitoring for this date."),
            )
        ]

    def __str__(self):
        return f"{self.municipality}, {self.year}"


class RoundConfirmation(models.Model):
    """A school says that its data for a round are complete."""

    round = models.ForeignKey(
        Round, verbose_name=_("monitoring"), on_delete=models.CASCADE, related_name="confirmations"
    )
    organization = models.ForeignKey(Organization, verbose_name=_("organization"), on_delete=models.CASCADE)
    confirmed_at = models.DateTimeField(_("when"), default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    questioned = models.PositiveIntegerField(_("records in question when confirmed"), default=0)
    note = models.CharField(_("explanation"), max_length=500, blank=True)

    org_lookup = "organization"
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        constraints = [models.UniqueConstraint(fields=["round", "organization"], name="confirmation_once")]

    def __str__(self):
        return f"{self.organization}: {self.round}"

    @property
    def is_in_time(self) -> bool:
        """Whether it was given by the due day of the round, in the portal's time zone."""
        due = self.round.due_on
        return due is None or timezone.localtime(self.confirmed_at).date() <= due


class RoundReminder(models.Model):
    """A letter to the curators of a school that has not confirmed its data."""

    round = models.ForeignKey(
        Round, verbose_name=_("monitoring"), on_delete=models.CASCADE, related_name="reminders"
    )
    organization = models.ForeignKey(Organization, verbose_name=_("organization"), on_delete=models.CASCADE)
    sent_at = models.DateTimeField(_("when"), auto_now_add=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    org_lookup = "organization"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return f"{self.organization}: {self.round}"


class Snapshot(FrozenModel):
    """The frozen figures of a round; a correction is a new revision with a reason."""

    round = models.ForeignKey(
        Round, verbose_name=_("monitoring"), on_delete=models.PROTECT, related_name="snapshots"
    )
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    document = models.JSONField(_("figures as published"))
    sha256 = models.CharField(max_length=64)

    municipality_lookup = "round__municipality"
    reader_roles = STAFF_ROLES

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["round", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["round", "revision"], name="snapshot_revision_once"),
            models.CheckConstraint(
                condition=Q(revision=1) | ~Q(reason=""),
                name="snapshot_revision_has_reason",
                violation_error_message=_("A correction needs a reason."),
            ),
        ]

    def __str__(self):
        return f"{self.round}, {self.revision}"


class Figure(FrozenModel):
    """One frozen figure of a snapshot: numerator and denominator, never a percent."""

    snapshot = models.ForeignKey(
        Snapshot, verbose_name=_("snapshot"), on_delete=models.CASCADE, related_name="figures"
    )
    code = models.CharField(_("indicator"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version of the definition"))
    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), null=True, blank=True, on_delete=models.SET_NULL
    )
    inn = models.CharField(_("INN"), max_length=12, blank=True)
    numerator = models.BigIntegerField(_("numerator"), null=True)
    denominator = models.BigIntegerField(_("denominator"), null=True)
    state = models.CharField(_("state"), max_length=12, choices=FigureState.choices)

    municipality_lookup = "snapshot__round__municipality"
    reader_roles = STAFF_ROLES

    class Meta:
        verbose_name = _("frozen figure")
        verbose_name_plural = _("frozen figures")
        ordering = ["snapshot", "code", "inn"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "code", "inn"], name="figure_once_in_snapshot")
        ]

    def __str__(self):
        return f"{self.code} {self.inn}: {self.numerator}/{self.denominator}"
