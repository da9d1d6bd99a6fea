"""Questionnaires with versions, and anonymous answers that hold no person, token or exact time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentors.models import MentoringForm
from orgs.models import Organization
from orgs.querysets import ScopedQuerySet
from surveys.enums import Measure, QuestionType, Respondent, Wave


class Questionnaire(models.Model):
    """A questionnaire for one form, one side and one wave (МР-42/02, annex)."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=250)
    form = models.ForeignKey(MentoringForm, verbose_name=_("form of mentoring"), on_delete=models.PROTECT)
    respondent = models.CharField(_("who answers"), max_length=10, choices=Respondent.choices)
    wave = models.PositiveSmallIntegerField(_("wave"), choices=Wave.choices)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        ordering = ["form", "wave", "respondent"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "respondent", "wave"],
                name="questionnaire_once",
                violation_error_message=_("There is already such a questionnaire."),
            )
        ]

    def __str__(self):
        return self.title


class QuestionnaireVersion(models.Model):
    """A version of the wording; answers point at the version that was answered."""

    questionnaire = models.ForeignKey(
        Questionnaire, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    source = models.CharField(_("source document"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("version of a questionnaire")
        verbose_name_plural = _("versions of questionnaires")
        ordering = ["questionnaire", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once")
        ]

    def __str__(self):
        return f"{self.questionnaire}, {self.number}"


class Question(models.Model):
    """One question of a version; ``shown_after`` is the yes-or-no question whose «да» opens it."""

    version = models.ForeignKey(
        QuestionnaireVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="questions"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    text = models.CharField(_("text"), max_length=500)
    type = models.CharField(_("type of answer"), max_length=10, choices=QuestionType.choices)
    required = models.BooleanField(_("must be answered"), default=True)
    measure = models.CharField(_("used as"), max_length=12, choices=Measure.choices, blank=True)
    shown_after = models.ForeignKey(
        "self", verbose_name=_("shown after"), null=True, blank=True, on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["version", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "position"], name="question_number_once")]

    def __str__(self):
        return self.text


class Answer(models.Model):
    """One anonymous answer. ``year`` repeats the year of the date for the indicators' index."""

    organization = models.ForeignKey(
        Organization, verbose_name=_("organization"), on_delete=models.PROTECT, related_name="answers"
    )
    version = models.ForeignKey(
        QuestionnaireVersion, verbose_name=_("questionnaire"), null=True, blank=True, on_delete=models.PROTECT
    )
    respondent = models.CharField(_("who answers"), max_length=10, choices=Respondent.choices)
    form = models.ForeignKey(MentoringForm, verbose_name=_("form of mentoring"), on_delete=models.PROTECT)
    wave = models.PositiveSmallIntegerField(_("wave"), choices=Wave.choices, default=Wave.SECOND)
    answered_on = models.DateField(_("date"))
    year = models.PositiveSmallIntegerField(_("year"), editable=False)
    joint_work = models.PositiveSmallIntegerField(_("joint work, 1–10"), null=True, blank=True)
    result = models.PositiveSmallIntegerField(_("result, 1–10"), null=True, blank=True)
    enjoyed = models.BooleanField(_("liked to take part"), null=True, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    values = models.JSONField(_("other answers"), default=dict, blank=True)

    org_lookup = "organization"
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["organization", "-answered_on", "id"]
        indexes = [
            models.Index(
                fields=["year", "organization"],
                include=["wave", "respondent", "joint_work", "result", "enjoyed"],
                name="answer_by_year",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(year=models.F("answered_on__year")), name="answer_year_fits_date"
            ),
            models.CheckConstraint(
                condition=(Q(joint_work__isnull=True) | Q(joint_work__gte=1, joint_work__lte=10))
                & (Q(result__isnull=True) | Q(result__gte=1, result__lte=10)),
                name="answer_scores_1_to_10",
                violation_error_message=_("A score lies between 1 and 10."),
            ),
        ]

    def __str__(self):
        return f"{self.organization}, {self.answered_on:%d.%m.%Y}"

    def save(self, *args, **kwargs):
        self.year = self.answered_on.year
        super().save(*args, **kwargs)
