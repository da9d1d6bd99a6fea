"""The roadmap: sections and activities as in the Novokuznetsk order 1438 of 29.12.2020."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.dates import today
from monitoring.enums import ActivityStatus
from orgs.enums import STAFF_ROLES
from orgs.models import Municipality
from orgs.querysets import ScopedQuerySet


class Roadmap(models.Model):
    """A plan of activities of a municipality; without a municipality it is a template."""

    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="roadmaps",
    )
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=500)
    goal = models.TextField(_("goal"), blank=True)
    tasks = models.JSONField(_("tasks"), default=list, blank=True)
    first_year = models.PositiveSmallIntegerField(_("from year"))
    last_year = models.PositiveSmallIntegerField(_("to year"))
    source = models.CharField(_("source document"), max_length=250, blank=True)
    target_rows = models.JSONField(_("targets of the template"), default=list, blank=True)

    municipality_lookup = "municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("roadmap")
        verbose_name_plural = _("roadmaps")
        ordering = ["-first_year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year__gte=models.F("first_year")),
                name="roadmap_years_in_order",
                violation_error_message=_("The last year is before the first."),
            )
        ]

    def __str__(self):
        return self.title


class RoadmapSection(models.Model):
    """A numbered section of a roadmap."""

    roadmap = models.ForeignKey(
        Roadmap, verbose_name=_("roadmap"), on_delete=models.CASCADE, related_name="sections"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)

    municipality_lookup = "roadmap__municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("section of the roadmap")
        verbose_name_plural = _("sections of the roadmap")
        ordering = ["roadmap", "number"]
        constraints = [
            models.UniqueConstraint(fields=["roadmap", "number"], name="roadmap_section_number_once")
        ]

    def __str__(self):
        return f"{self.number}. {self.title}"


class RoadmapActivity(models.Model):
    """A row of the roadmap; the term keeps the order's own text beside its years."""

    section = models.ForeignKey(
        RoadmapSection, verbose_name=_("section"), on_delete=models.CASCADE, related_name="activities"
    )
    number = models.CharField(_("number"), max_length=10)
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.TextField(_("activity"))
    executors = models.CharField(_("responsible"), max_length=300, blank=True)
    participants = models.CharField(_("participants"), max_length=300, blank=True)
    expected_result = models.TextField(_("expected result"), blank=True)
    term_text = models.CharField(_("term"), max_length=100, blank=True)
    first_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ActivityStatus.choices, default=ActivityStatus.NOT_STARTED
    )
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    note = models.TextField(_("note"), blank=True)

    municipality_lookup = "section__roadmap__municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("activity of the roadmap")
        verbose_name_plural = _("activities of the roadmap")
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="roadmap_activity_number_once")
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def is_overdue(self) -> bool:
        """Whether the term's last year is over and the activity is neither done nor dropped."""
        settled = self.status in (ActivityStatus.DONE, ActivityStatus.DROPPED)
        return not settled and self.last_year is not None and self.last_year < today().year
