"""Choices of the checklists app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AuditStatus(TextChoices):
    """Life of a self-audit; the words are fixed by the glossary."""

    NOT_STARTED = "not_started", _("not started")
    FILLING = "filling", _("being filled in")
    SUBMITTED = "submitted", _("under review")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")


class Achievement(TextChoices):
    """Answer to an item of the checklist."""

    ACHIEVED = "achieved", _("achieved")
    PARTLY = "partly", _("partly")
    NOT_ACHIEVED = "not_achieved", _("not achieved")


class Verdict(TextChoices):
    """The methodologist's verdict on an item."""

    NONE = "", _("not reviewed")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
