"""Records about a participant: diagnostics, courses, contests and consents."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mentors.enums import ConsentType, DiagnosticPhase
from mentors.querysets import HidingQuerySet
from orgs.querysets import ScopedQuerySet


class ParticipationRecord(models.Model):
    """Base of records that belong to one participation."""

    participation = models.ForeignKey(
        "mentors.Participation", verbose_name=_("participation"), on_delete=models.CASCADE
    )

    org_lookup = "participation__organization"
    person_lookups = ("participation__person__user",)
    hidden_lookup = "participation__is_hidden"
    objects = HidingQuerySet.as_manager()

    class Meta:
        abstract = True


class Diagnostic(ParticipationRecord):
    """Diagnostic of professional deficits; fewer deficits after than before is positive dynamics."""

    phase = models.CharField(_("phase"), max_length=6, choices=DiagnosticPhase.choices)
    held_on = models.DateField(_("date"))
    deficits = models.PositiveSmallIntegerField(_("deficits found"))
    method = models.CharField(_("method"), max_length=250, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("diagnostic")
        verbose_name_plural = _("diagnostics")
        ordering = ["participation", "held_on", "id"]
        default_related_name = "diagnostics"
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "phase", "held_on"],
                name="diagnostic_once_a_day",
                violation_error_message=_("There is already a diagnostic of this phase on this date."),
            )
        ]

    def __str__(self):
        return f"{self.get_phase_display()}, {self.held_on:%d.%m.%Y}"


class Training(ParticipationRecord):
    """A course on mentoring that a mentor has completed (Klin checklist, item 4)."""

    course = models.CharField(_("course"), max_length=300)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"))
    in_regional_base = models.BooleanField(_("in the single regional base of mentors"), default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("course of a mentor")
        verbose_name_plural = _("courses of mentors")
        ordering = ["participation", "-completed_on", "id"]
        default_related_name = "trainings"

    def __str__(self):
        return self.course


class ContestEntry(ParticipationRecord):
    """A contest of professional skill that a mentee took part in (Klin checklist, item 11)."""

    title = models.CharField(_("contest"), max_length=300)
    held_on = models.DateField(_("date"))
    result = models.CharField(_("result"), max_length=250, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contest")
        verbose_name_plural = _("contests")
        ordering = ["participation", "-held_on", "id"]
        default_related_name = "contests"

    def __str__(self):
        return self.title


class Consent(models.Model):
    """A consent on paper: what for, who signed, until when (152-ФЗ art. 9 and 10.1; ТК РФ art. 351.8)."""

    person = models.ForeignKey(
        "mentors.Person", verbose_name=_("person"), on_delete=models.CASCADE, related_name="consents"
    )
    organization = models.ForeignKey(
        "orgs.Organization", verbose_name=_("organization"), on_delete=models.CASCADE, related_name="consents"
    )
    type = models.CharField(_("what for"), max_length=15, choices=ConsentType.choices)
    signer = models.CharField(_("who signed"), max_length=200)
    relation = models.CharField(_("relation to the person"), max_length=100, blank=True)
    signed_on = models.DateField(_("signed on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    number = models.CharField(_("number"), max_length=60, blank=True)
    file = models.FileField(_("file"), upload_to="consents/%Y/%m/", max_length=255, blank=True)

    org_lookup = "organization"
    person_lookups = ("person__user",)
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["person", "type", "-signed_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("signed_on")),
                name="consent_valid_after_signed",
                violation_error_message=_("The consent ends before it was signed."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("signed_on")),
                name="consent_withdrawn_after_signed",
                violation_error_message=_("The consent was withdrawn before it was signed."),
            ),
        ]

    def __str__(self):
        return f"{self.get_type_display()}, {self.signed_on:%d.%m.%Y}"


class DifferentPeople(models.Model):
    """Two people whom a curator has told apart, so that nobody is asked about them again."""

    first = models.ForeignKey("mentors.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("mentors.Person", on_delete=models.CASCADE, related_name="+")
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="different_people_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="different_people_in_order"),
        ]

    def __str__(self):
        return f"{self.first_id} ≠ {self.second_id}"

    @classmethod
    def keys_of(cls, person) -> set[int]:
        """Keys of the people who have been told apart from this one."""
        rows = cls._default_manager.filter(Q(first=person) | Q(second=person)).values_list("first", "second")
        return {key for row in rows for key in row} - {person.pk}
