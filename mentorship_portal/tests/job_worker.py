"""Imported by worker processes of tests at their start."""

from mentorship_portal.tests import job_kinds

job_kinds.register()
