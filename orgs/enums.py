"""Choices of the orgs app that code decides on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Codes of roles; a role always holds from a date and for one place."""

    CURATOR = "curator", _("curator")
    HEAD = "head", _("head of the organization")
    METHODOLOGIST = "methodologist", _("methodologist")
    ANALYST = "analyst", _("specialist of the department")
    ADMINISTRATOR = "administrator", _("administrator")
    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


# Roles held at one school, and those held over many.
SCHOOL_ROLES = frozenset({Role.CURATOR, Role.HEAD, Role.MENTOR, Role.MENTEE})
OVERSIGHT_ROLES = frozenset({Role.METHODOLOGIST, Role.ANALYST, Role.ADMINISTRATOR})
# Who may read records about people; an administrator of accounts is not a reader of data.
READER_ROLES = frozenset({Role.CURATOR, Role.HEAD, Role.METHODOLOGIST, Role.ANALYST})
# Who may read about organizations themselves.
STAFF_ROLES = READER_ROLES | {Role.ADMINISTRATOR}
# Who keeps the facts of an organization, and who its numbers of pupils and teachers.
KEEPERS = frozenset({Role.CURATOR, Role.ADMINISTRATOR})
COUNTERS = KEEPERS | {Role.METHODOLOGIST}
PARTICIPANT_ROLES = frozenset({Role.MENTOR, Role.MENTEE})


class OrganizationStatus(TextChoices):
    ACTIVE = "active", _("works")
    CLOSED = "closed", _("closed")
