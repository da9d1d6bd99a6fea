"""Checklists, self-audits by them, and their review."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from checklists.enums import Achievement, AuditStatus, Verdict
from orgs.models import Organization
from orgs.querysets import ScopedQuerySet


class ChecklistTemplate(models.Model):
    """A checklist with its items, such as the twelve of the Klin order 94-13 of 02.06.2023."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=250)
    source = models.CharField(_("source document"), max_length=250, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["code"]

    def __str__(self):
        return self.title


class ChecklistItem(models.Model):
    """One item of a checklist with the order's own recommendation."""

    template = models.ForeignKey(
        ChecklistTemplate, verbose_name=_("checklist"), on_delete=models.CASCADE, related_name="items"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.TextField(_("item"))
    short_title = models.CharField(_("short title"), max_length=120, blank=True)
    guidance = models.TextField(_("recommendations"), blank=True)
    evidence_hint = models.CharField(_("what confirms it"), max_length=300, blank=True)
    live_data = models.CharField(
        _("proposed from live data"), max_length=40, blank=True, help_text=_("Code of the check")
    )

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["template", "number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="checklist_item_number_once")
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"

    @property
    def heading(self) -> str:
        """The short title, or the whole wording where there is none."""
        return self.short_title or self.title


class SelfAudit(models.Model):
    """A school's self-audit by a checklist for a year."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.CASCADE, related_name="self_audits"
    )
    template = models.ForeignKey(ChecklistTemplate, verbose_name=_("checklist"), on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField(_("year"))
    status = models.CharField(
        _("status"), max_length=12, choices=AuditStatus.choices, default=AuditStatus.NOT_STARTED
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    org_lookup = "organization"
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("self-audit")
        verbose_name_plural = _("self-audits")
        ordering = ["-year", "organization"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "template", "year"],
                name="self_audit_once_a_year",
                violation_error_message=_("The organization already has a self-audit for this year."),
            )
        ]

    def __str__(self):
        return f"{self.organization}, {self.year}"


class ItemAnswer(models.Model):
    """The school's answer to one item, and separately the methodologist's verdict and remark."""

    audit = models.ForeignKey(
        SelfAudit, verbose_name=_("self-audit"), on_delete=models.CASCADE, related_name="answers"
    )
    item = models.ForeignKey(ChecklistItem, verbose_name=_("item"), on_delete=models.PROTECT)
    answer = models.CharField(_("answer"), max_length=15, choices=Achievement.choices, blank=True)
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    # What the portal's own data said when the self-audit was sent: see checklists.live.
    portal_facts = models.JSONField(_("data of the portal"), null=True, blank=True, editable=False)

    org_lookup = "audit__organization"
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("answer to an item")
        verbose_name_plural = _("answers to items")
        ordering = ["audit", "item"]
        constraints = [models.UniqueConstraint(fields=["audit", "item"], name="item_answered_once")]

    def __str__(self):
        return f"{self.item.number}: {self.get_answer_display()}"


class EvidenceFile(models.Model):
    """A file that confirms an answer; it lies in the private storage under a random name."""

    answer = models.ForeignKey(
        ItemAnswer, verbose_name=_("answer to an item"), on_delete=models.CASCADE, related_name="files"
    )
    file = models.FileField(_("file"), upload_to="evidence/%Y/%m/", max_length=255)
    name = models.CharField(_("file name"), max_length=255)
    size = models.PositiveIntegerField(_("size, bytes"))
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    org_lookup = "answer__audit__organization"
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("file of evidence")
        verbose_name_plural = _("files of evidence")
        ordering = ["answer", "id"]

    def __str__(self):
        return self.name
