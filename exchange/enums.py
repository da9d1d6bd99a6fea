"""States of runs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    """Life of a long job; it is a row of the database, the broker is only its bell."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class ImportStep(TextChoices):
    """Where an import stands; checking and writing are jobs, the rest waits for its owner."""

    CHECK = "check", _("check")
    CONFIRM = "confirm", _("waits for confirmation")
    WRITE = "write", _("write")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    UNDONE = "undone", _("undone")


UNFINISHED = (RunState.WAITING, RunState.RUNNING)
