"""The roadmap: sections and activities as in the Novokuznetsk order 1438 of 29.12.2020."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.models import dates_in_order
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


class Marked(models.Model):
    """How far something of the roadmap is, and what confirms it."""

    status = models.CharField(
        _("status"), max_length=12, choices=ActivityStatus.choices, default=ActivityStatus.NOT_STARTED
    )
    evidence = models.CharField(_("evidence"), max_length=500, blank=True)
    evidence_file = models.FileField(_("file"), upload_to="roadmap/%Y/%m/", max_length=255, blank=True)
    evidence_name = models.CharField(_("file name"), max_length=255, blank=True)
    without_evidence = models.BooleanField(_("without evidence"), default=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        abstract = True

    @property
    def is_settled(self) -> bool:
        """Whether nothing is to be done any more: done or dropped."""
        return self.status in (ActivityStatus.DONE, ActivityStatus.DROPPED)


class RoadmapActivity(Marked):
    """A row of the roadmap; the term keeps the order's own text beside its days.

    A yearly one is done anew each year of its term: then its state follows from its occurrences.
    """

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
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    yearly = models.BooleanField(_("every year anew"), default=False)

    municipality_lookup = "section__roadmap__municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("activity of the roadmap")
        verbose_name_plural = _("activities of the roadmap")
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "number"],
                name="roadmap_activity_number_once",
                violation_error_message=_("The section already has an activity of this number."),
            ),
            dates_in_order("roadmap_activity_days_in_order", "starts_on", "ends_on"),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def years(self) -> list[int]:
        """Calendar years of the term; empty while it has no days."""
        if self.starts_on is None or self.ends_on is None:
            return []
        return list(range(self.starts_on.year, self.ends_on.year + 1))


class ActivityOccurrence(Marked):
    """One year of a yearly activity."""

    activity = models.ForeignKey(
        RoadmapActivity, verbose_name=_("activity"), on_delete=models.CASCADE, related_name="occurrences"
    )
    year = models.PositiveSmallIntegerField(_("year"))

    municipality_lookup = "activity__section__roadmap__municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("year of an activity")
        verbose_name_plural = _("years of activities")
        ordering = ["activity", "year"]
        constraints = [
            models.UniqueConstraint(fields=["activity", "year"], name="roadmap_occurrence_once_a_year")
        ]

    def __str__(self):
        return f"{self.activity.number}, {self.year}"
