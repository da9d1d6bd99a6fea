"""Choices of the monitoring app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unit(TextChoices):
    PERCENT = "percent", _("%")
    COUNT = "count", pgettext_lazy("unit", "number")


class Direction(TextChoices):
    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class FigureState(TextChoices):
    """Whether there is something to divide."""

    OK = "ok", _("computed")
    NO_DATA = "no_data", _("no data")
    EMPTY_BASE = "empty_base", _("empty base")


class TargetStatus(TextChoices):
    """The figure beside its target; thresholds: 100 %, 90 % and 75 % of the target."""

    REACHED = "reached", _("reached")
    CLOSE = "close", _("close")
    BEHIND = "behind", _("behind")
    FAR_BEHIND = "far_behind", _("far behind")
    NO_TARGET = "no_target", _("no target")
    NO_DATA = "no_data", _("no data")


class RoundStatus(TextChoices):
    OPEN = "open", pgettext_lazy("round", "open")
    CLOSED = "closed", pgettext_lazy("round", "closed")


class ActivityStatus(TextChoices):
    NOT_STARTED = "not_started", pgettext_lazy("activity", "not started")
    RUNNING = "running", pgettext_lazy("activity", "in progress")
    DONE = "done", pgettext_lazy("activity", "done")
    DROPPED = "dropped", _("dropped")
