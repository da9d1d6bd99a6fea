"""Definitions of indicators, their parameters by municipality, and targets."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.models import Dictionary
from monitoring.enums import Direction, Unit
from orgs.enums import STAFF_ROLES
from orgs.models import Municipality
from orgs.querysets import ScopedQuerySet


class Indicator(Dictionary):
    """What an indicator is called, where it comes from, and the parameters of its rule.

    The code holds the kinds of rules (``monitoring.registry``); this row holds the choices.
    """

    short_title = models.CharField(_("short title"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices, default=Unit.PERCENT)
    direction = models.CharField(
        _("direction"), max_length=5, choices=Direction.choices, default=Direction.UP
    )
    version = models.PositiveSmallIntegerField(_("version of the definition"), default=1)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)

    class Meta(Dictionary.Meta):
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")


class IndicatorSetting(models.Model):
    """A municipality's own parameters of an indicator, with the document that sets them."""

    municipality = models.ForeignKey(Municipality, verbose_name=_("municipality"), on_delete=models.CASCADE)
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.CASCADE, related_name="settings"
    )
    parameters = models.JSONField(_("parameters"), default=dict, blank=True)
    document = models.CharField(_("document"), max_length=250, blank=True)

    municipality_lookup = "municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("parameters of an indicator")
        verbose_name_plural = _("parameters of indicators")
        ordering = ["municipality", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "indicator"],
                name="indicator_setting_once",
                violation_error_message=_(
                    "The municipality already has its own parameters of this indicator."
                ),
            )
        ]

    def __str__(self):
        return f"{self.municipality}: {self.indicator}"


class Target(models.Model):
    """The value that a municipality's roadmap sets for a year."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), on_delete=models.CASCADE, related_name="targets"
    )
    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicator"), on_delete=models.PROTECT, related_name="targets"
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    value = models.DecimalField(
        _("target"), max_digits=9, decimal_places=2, validators=[MinValueValidator(0)]
    )
    document = models.CharField(_("document"), max_length=250, blank=True)
    is_demo = models.BooleanField(_("demo target"), default=False)

    municipality_lookup = "municipality"
    reader_roles = STAFF_ROLES
    objects = ScopedQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["municipality", "indicator", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "indicator", "year"],
                name="target_once_a_year",
                violation_error_message=_("There is already a target for this year."),
            ),
            models.CheckConstraint(
                condition=models.Q(value__gte=0),
                name="target_not_negative",
                violation_error_message=_("A target is not below zero."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.year}: {self.value}"
