"""Choices of the surveys app."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Wave(IntegerChoices):
    """The two surveys of МР-42/02: expectations before, facts after."""

    FIRST = 1, _("first survey")
    SECOND = 2, _("second survey")


class Respondent(TextChoices):
    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class QuestionType(TextChoices):
    YES_NO = "yes_no", _("yes or no")
    SCALE = "scale", _("from 1 to 10")
    TEXT = "text", _("free text")
    FREQUENCY = "frequency", _("how often, five steps")


class Measure(TextChoices):
    """Questions whose answers the satisfaction indicators use."""

    NONE = "", _("none")
    JOINT_WORK = "joint_work", _("satisfied with the joint work")
    RESULT = "result", _("satisfied with the result")
    ENJOYED = "enjoyed", _("liked to take part")
