"""Choices of the monitoring app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Unit(TextChoices):
    PERCENT = "percent", _("%")
    COUNT = "count", _("number")


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
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class ActivityStatus(TextChoices):
    NOT_STARTED = "not_started", _("not started")
    RUNNING = "running", _("in progress")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")
