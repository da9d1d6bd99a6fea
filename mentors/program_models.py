"""What a pair or group does together: the personal programme, its steps, and meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.models import Period, dates_in_order
from mentors.enums import MeetingMode, ProgramStatus
from mentors.querysets import PairOrGroupQuerySet
from orgs.models import Organization


class OfPairOrGroup(models.Model):
    """Base of what one pair, or one group of pairs, does."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="%(class)ss"
    )
    pair = models.ForeignKey(
        "mentors.Pair",
        verbose_name=_("pair"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )
    group = models.ForeignKey(
        "mentors.Group",
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="%(class)ss",
    )

    org_lookup = "organization"
    person_lookups = ("pair__mentor__person__user", "pair__mentee__person__user")
    hidden_lookup = "pair__is_hidden"
    objects = PairOrGroupQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(pair__isnull=False, group__isnull=True)
                | Q(pair__isnull=True, group__isnull=False),
                name="%(class)s_of_pair_or_group",
                violation_error_message=_("Choose one pair or one group."),
            )
        ]


class Program(Period, OfPairOrGroup):
    """Personal programme of a pair or group (АЗ-1128/08, «персонализированная программа»)."""

    title = models.CharField(_("title"), max_length=250)
    problem = models.TextField(_("problem"), blank=True)
    goal = models.TextField(_("goal and tasks"), blank=True)
    content = models.TextField(_("what mentor and mentee do"), blank=True)
    mode = models.CharField(
        _("mode"), max_length=12, choices=MeetingMode.choices, default=MeetingMode.IN_PERSON
    )
    # «Расписание встреч» and «сроки промежуточных результатов» of the letter.
    schedule = models.CharField(_("schedule of meetings"), max_length=250, blank=True)
    meetings_planned = models.PositiveSmallIntegerField(_("meetings planned"), null=True, blank=True)
    interim_on = models.DateField(_("interim results by"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=12, choices=ProgramStatus.choices, default=ProgramStatus.DRAFT
    )
    approval_number = models.CharField(_("number of the order"), max_length=60, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    learning_route = models.BooleanField(_("with an individual learning route"), default=False)
    route_by_diagnostics = models.BooleanField(_("route built on diagnostics"), default=False)

    history = HistoricalRecords()

    class Meta(OfPairOrGroup.Meta):
        verbose_name = _("personal programme")
        verbose_name_plural = _("personal programmes")
        ordering = ["organization", "-started_on", "id"]
        constraints = [dates_in_order("program_dates_in_order"), *OfPairOrGroup.Meta.constraints]

    def __str__(self):
        return self.title


class PlanStep(models.Model):
    """A row of the programme's plan: activity, term, planned and actual result, mentor's mark."""

    program = models.ForeignKey(
        Program, verbose_name=_("personal programme"), on_delete=models.CASCADE, related_name="steps"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    activity = models.CharField(_("project, task or activity"), max_length=500)
    due_on = models.DateField(_("term"), null=True, blank=True)
    planned_result = models.TextField(_("planned result"), blank=True)
    actual_result = models.TextField(_("actual result"), blank=True)
    mentor_mark = models.CharField(_("mentor's assessment"), max_length=250, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    history_title = "activity"
    org_lookup = "program__organization"
    group_lookup = "program__group"
    person_lookups = ("program__pair__mentor__person__user", "program__pair__mentee__person__user")
    hidden_lookup = "program__pair__is_hidden"
    objects = PairOrGroupQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("plan step")
        verbose_name_plural = _("plan steps")
        ordering = ["program", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "position"],
                name="plan_step_number_once",
                violation_error_message=_("The plan already has a step with this number."),
            )
        ]

    def __str__(self):
        return f"{self.position}. {self.activity}"


class Meeting(OfPairOrGroup):
    """A meeting that a pair or group has held."""

    held_on = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(_("length, minutes"), default=45)
    mode = models.CharField(
        _("mode"), max_length=12, choices=MeetingMode.choices, default=MeetingMode.IN_PERSON
    )
    topic = models.CharField(_("topic"), max_length=300)
    notes = models.TextField(_("notes"), blank=True)

    history_title = "topic"
    history = HistoricalRecords()

    class Meta(OfPairOrGroup.Meta):
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "-id"]

    def __str__(self):
        return f"{self.held_on:%d.%m.%Y}: {self.topic}"
