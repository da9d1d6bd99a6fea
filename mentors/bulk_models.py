"""A change of many records at once, kept so that it can be taken back for a day."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from orgs.querysets import ScopedQuerySet

UNDO_HOURS = 24


class BulkChange(models.Model):
    """What one bulk action has changed: ``changes`` is a trace of ``common.traces``."""

    organization = models.ForeignKey(
        "orgs.Organization",
        verbose_name=_("organization"),
        on_delete=models.CASCADE,
        related_name="bulk_changes",
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    made_at = models.DateTimeField(_("when"), default=timezone.now)
    register = models.CharField(_("register"), max_length=40)
    action = models.CharField(_("action"), max_length=40)
    text = models.CharField(_("what was done"), max_length=300)
    changes = models.JSONField(_("changes"), default=list)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who took it back"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    org_lookup = "organization"
    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("bulk change")
        verbose_name_plural = _("bulk changes")
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["organization", "-made_at"])]

    def __str__(self):
        return self.text

    @property
    def can_be_undone(self) -> bool:
        """Whether a day has not yet passed and nobody has taken the change back."""
        return self.undone_at is None and timezone.now() < self.made_at + datetime.timedelta(hours=UNDO_HOURS)
