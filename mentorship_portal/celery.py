"""The Celery application; tasks are thin entry points in each app's ``tasks.py``."""

import os

from celery import Celery, signals
from celery.platforms import set_pdeathsig

from mentorship_portal import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorship_portal.settings")

broker.install()
app = Celery("mentorship_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@signals.beat_embedded_init.connect
def end_with_the_worker(**kwargs) -> None:
    """A beat inside a worker ends with it even when the worker is killed; Celery's pool does so already."""
    set_pdeathsig("SIGKILL")


@signals.setup_logging.connect
def keep_logging(**kwargs) -> None:
    """Workers log like the web does: Celery leaves the configuration of Django alone."""
