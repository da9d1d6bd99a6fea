"""Import runs and report runs: long jobs as rows of the database."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchange.enums import ImportStep, RunState
from exchange.querysets import ColumnMemoryQuerySet, ReportRunQuerySet, RunQuerySet
from orgs.models import District, Municipality, Organization


class Placed(models.Model):
    """What belongs to one organization or to one municipality."""

    organization = models.ForeignKey(
        Organization,
        verbose_name=_("organization"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    class Meta:
        abstract = True


class Run(Placed):
    """A long job: who asked, what for, how far it is. Only the holder of the lease may write to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    state = models.CharField(_("state"), max_length=10, choices=RunState.choices, default=RunState.WAITING)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    lease = models.UUIDField(null=True, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)
    rung_at = models.DateTimeField(null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    progress_done = models.PositiveIntegerField(_("done"), default=0)
    progress_total = models.PositiveIntegerField(_("of"), default=0)
    progress_text = models.CharField(_("what is being done"), max_length=250, blank=True)
    message = models.TextField(_("message"), blank=True)
    # Empty once the run is over: many runs may have been the same question, one may be open.
    idempotency_key = models.CharField(max_length=80, unique=True, null=True, editable=False)  # noqa: DJ001

    class Meta:
        abstract = True
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.kind} {self.created_at:%d.%m.%Y %H:%M}"


class ImportRun(Run):
    """One workbook on its way in: stored file, outcome of the check, confirmation, writing."""

    step = models.CharField(_("step"), max_length=10, choices=ImportStep.choices, default=ImportStep.CHECK)
    file = models.FileField(_("file"), upload_to="imports/%Y/%m/", max_length=255, blank=True)
    file_name = models.CharField(_("file name"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    mapping = models.JSONField(_("columns"), default=dict, blank=True)
    # Sheets that are read, each with its kind and layout; empty: the table of ``kind``, wherever it is.
    parts = models.JSONField(_("sheets"), default=list, blank=True)
    # New texts by address («14:C»), rows left out («31»); of further sheets «Лист!14:C». See parts.py.
    corrections = models.JSONField(_("corrections"), default=dict, blank=True)
    excluded = models.JSONField(_("rows left out"), default=list, blank=True)
    answers = models.JSONField(_("answers to questions"), default=dict, blank=True)
    good_rows_only = models.BooleanField(_("only the good rows"), default=False)
    outcome = models.JSONField(_("outcome"), default=dict, blank=True)
    returned_file = models.FileField(
        _("rows handed back"), upload_to="imports/%Y/%m/", max_length=255, blank=True
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = RunQuerySet.as_manager()

    class Meta(Run.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")


class ImportTrace(models.Model):
    """What an import has written, to take it back: see ``common.traces``. Removed when that time is over."""

    run = models.OneToOneField(ImportRun, on_delete=models.CASCADE, related_name="trace")
    changes = models.JSONField(default=list)

    class Meta:
        verbose_name = _("trace of an import")
        verbose_name_plural = _("traces of imports")

    def __str__(self):
        return str(self.run)


class ColumnMemory(Placed):
    """Which column was which field in the last workbook of a place with the same headings."""

    kind = models.CharField(_("kind"), max_length=40)
    headings = models.CharField(_("digest of the headings"), max_length=64)
    columns = models.JSONField(_("columns"), default=dict)
    used_at = models.DateTimeField(_("last used"), auto_now=True)

    org_lookup = "organization"
    municipality_lookup = "municipality"

    objects = ColumnMemoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        indexes = [models.Index(fields=["kind", "headings"], name="columns_by_headings")]

    def __str__(self):
        return f"{self.kind} {self.organization or self.municipality}"


class ReportRun(Run):
    """One report on its way out: what was asked, and the file when it is ready."""

    format = models.CharField(_("format"), max_length=10)
    # Of a whole municipality: one district of it, or some of its organizations (their keys).
    district = models.ForeignKey(
        District,
        verbose_name=_("district"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    organizations = models.JSONField(_("chosen organizations"), default=list, blank=True)
    # Files that were asked for by one click.
    batch = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    year = models.PositiveSmallIntegerField(_("year"))
    as_of = models.DateField(_("as of"), null=True, blank=True)
    # The school year that ends in ``year``.
    school_year = models.BooleanField(_("school year"), default=False)
    file = models.FileField(_("file"), upload_to="reports/%Y/%m/", max_length=255, blank=True)
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = ReportRunQuerySet.as_manager()

    class Meta(Run.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")
