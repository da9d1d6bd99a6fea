"""Settings of worker processes in tests: those of the portal, and kinds of jobs that can be killed."""

from mentorship_portal.settings import *  # noqa: F403

CELERY_INCLUDE = ["mentorship_portal.tests.job_worker"]
